package org.blindread.workbench;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import org.blindread.mpc.net.Party;

/// Certificates and ports made for one run on this machine.
final class OccasionalTls {
  private OccasionalTls() {}

  static Map<Party, Study.Transport> of(Path folder, Collection<Party> parties)
      throws WorkbenchException {
    throw new WorkbenchException("transport tls is not there yet " + folder + parties);
  }
}
