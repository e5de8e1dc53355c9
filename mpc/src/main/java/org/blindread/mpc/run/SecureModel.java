package org.blindread.mpc.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.blindread.mpc.compile.Calibration;
import org.blindread.mpc.compile.CompileException;
import org.blindread.mpc.compile.Compiled;
import org.blindread.mpc.compile.Compiler;
import org.blindread.mpc.compile.Profile;
import org.blindread.mpc.compile.Ranges;
import org.blindread.mpc.frontend.ModelException;
import org.blindread.mpc.frontend.onnx.OnnxReader;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.protocol.Reveal;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;

/// A model that reads images under a protocol, all parties being threads of this process: the way
/// in for programs and for learning. It is a simulation, for this process holds every share; real
/// parties run [PartyRun] each at home.
///
/// ```java
/// SecureModel model = SecureModel.load(Path.of("model.onnx")).calibrate(trainingImages);
/// Outcome outcome = model.with("3pc", Reveal.HOSPITAL).predict(images);
/// double[] scores = outcome.scores(Party.HOSPITAL).orElseThrow().getFirst();
/// ```
///
/// An image is an array of C×H×W numbers, preprocessed as the model wants it.
///
/// @param graph operations and weights
/// @param ranges what the values reach, measured by [#calibrate]; of no image for a model that was
///   never calibrated
/// @param profile ring width and scale
public record SecureModel(Graph graph, Ranges ranges, Profile profile) {

  /// Reads an ONNX file; its batch is bound to 1. To be calibrated before it reads images.
  ///
  /// @throws ModelException if the file is missing, damaged or not supported
  public static SecureModel load(Path file) throws ModelException {
    return of(OnnxReader.read(file), new Ranges(0, Map.of()));
  }

  /// A graph of one input, with known ranges, at 64 bits of which 20 are fraction.
  public static SecureModel of(Graph graph, Ranges ranges) {
    if (graph.inputs().size() != 1) {
      throw new IllegalArgumentException(
          "a model that reads images has one input, not " + graph.inputs().keySet());
    }
    return new SecureModel(graph, ranges, Profile.named("default"));
  }

  /// The same model with ranges measured on at least 32 images of its vendor.
  public SecureModel calibrate(List<float[]> images) {
    String input = graph.inputs().keySet().iterator().next();
    Shape shape = graph.inputs().get(input);
    List<Map<String, RealTensor>> batch = new ArrayList<>();
    images.forEach(image -> batch.add(Map.of(input, new RealTensor(shape, image))));
    return new SecureModel(graph, Calibration.measure(graph, batch), profile);
  }

  /// The same model at the ring and scale of a profile such as `densenet121`.
  public SecureModel at(String name) {
    return new SecureModel(graph, ranges, Profile.named(name));
  }

  /// The model compiled for a protocol, in faithful mode and with every knob at its default;
  /// [BlindReader#in] and [BlindReader#with] change that.
  ///
  /// @param protocol a name such as `3pc`, or `plain` for the cleartext twin
  /// @param reveal who learns the scores; no default
  /// @throws CompileException if an operation has no secure form, a value does not fit the profile,
  ///   or the model was never calibrated
  public BlindReader with(String protocol, Reveal reveal) throws CompileException {
    Compiled compiled =
        Compiler.compile(graph, ranges, profile.numbers(), profile.options(Party.HOSPITAL.name()));
    return new BlindReader(
        Protocols.of(protocol), Mode.FAITHFUL, reveal, Map.of(), compiled, imageShape());
  }

  private Shape imageShape() {
    Shape input = graph.inputs().values().iterator().next();
    return new Shape(input.extents().subList(1, input.rank()));
  }

  @Override
  public String toString() {
    return "SecureModel[%s, %s, %s]".formatted(graph.name(), profile.name(), ranges);
  }
}
