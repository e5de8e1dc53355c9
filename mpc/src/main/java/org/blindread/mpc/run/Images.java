package org.blindread.mpc.run;

import java.io.IOException;
import org.blindread.mpc.tensor.RealTensor;

/// The hospital's images, preprocessed: what the model's input expects. Thread-safe.
public interface Images {
  /// One image, C×spatial.
  ///
  /// @param image 0 … count−1
  /// @throws IOException if it cannot be read; the text names file and row
  RealTensor read(long image) throws IOException;
}
