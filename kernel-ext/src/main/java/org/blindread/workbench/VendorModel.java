package org.blindread.workbench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.blindread.data.transform.Preprocessing;
import org.blindread.mpc.compile.Ranges;
import org.blindread.mpc.frontend.ModelException;
import org.blindread.mpc.frontend.onnx.OnnxReader;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.tensor.Shape;

/// A model as its vendor has it: operations, weights, card.
///
/// @param source as the user named it: a file, or `builtin:NAME`
/// @param graph operations and weights
/// @param card what the vendor says of it
/// @param file where it lies; empty for a built-in network
/// @param cardFile where the card lies; empty for a built-in network
/// @param sha256 hash by role: `model`, `card`
public record VendorModel(
    String source,
    Graph graph,
    ModelCard card,
    Optional<Path> file,
    Optional<Path> cardFile,
    Map<String, String> sha256) {
  /// How a built-in network is named: `builtin:densenet121@224`.
  public static final String BUILTIN = "builtin:";

  public VendorModel {
    sha256 = Map.copyOf(sha256);
  }

  /// Loads a model and its card.
  ///
  /// @param source a file, or `builtin:NAME`
  /// @param card where the card lies, if not beside the model
  /// @throws ModelException if the file is missing, damaged or not supported
  /// @throws WorkbenchException if the card is missing, faulty or of another model
  public static VendorModel load(String source, Optional<Path> card)
      throws ModelException, WorkbenchException {
    return load(source, card, ConsoleProgress.standard());
  }

  /// Loads a model and its card.
  ///
  /// @param progress told how far work is with a built-in network whose ranges are not known yet
  /// @throws ModelException if the file is missing, damaged or not supported
  /// @throws WorkbenchException if the card is missing, faulty or of another model
  public static VendorModel load(String source, Optional<Path> card, ProgressSink progress)
      throws ModelException, WorkbenchException {
    if (source.startsWith(BUILTIN)) {
      return BuiltinModel.load(source, progress);
    }
    Path file = Path.of(source);
    Graph graph = OnnxReader.read(file);
    Path place = card.orElse(ModelCard.pathFor(file));
    if (!Files.exists(place)) {
      throw new WorkbenchException(
          card.isPresent()
              ? "no model card " + place
              : ModelCard.missing(file)
                  + "; ./blindread run --model %s --card-template > %s prints it"
                      .formatted(file, ModelCard.pathFor(file)));
    }
    VendorModel model =
        new VendorModel(
            source,
            graph,
            ModelCard.read(place),
            Optional.of(file.toAbsolutePath()),
            Optional.of(place.toAbsolutePath()),
            Map.of("model", Sha256.of(file), "card", Sha256.of(place)));
    model.checkCard(place);
    return model;
  }

  /// A card to correct, for a model that has none.
  ///
  /// @throws ModelException if the file is missing, damaged or not supported
  /// @throws WorkbenchException if its input is no image
  public static ModelCard template(Path file) throws ModelException, WorkbenchException {
    Graph graph = OnnxReader.read(file);
    Shape input = image(file.toString(), graph);
    return ModelCard.template(
        graph.name(), input.extent(1), input.extent(2), input.extent(3), outputs(graph));
  }

  private void checkCard(Path place) throws WorkbenchException {
    Shape expected = image(source, graph);
    Preprocessing input = card.input();
    Shape stated = Shape.of(1, input.channels(), input.height(), input.width());
    if (!expected.equals(stated)) {
      throw new WorkbenchException(
          "%s: input is %s, but the model reads %s; correct channels, height and width"
              .formatted(place, stated, expected));
    }
    int outputs = outputs(graph);
    if (outputs != card.findings().size()) {
      throw new WorkbenchException(
          "%s: outputs names %d findings, but the model puts out %d numbers"
              .formatted(place, card.findings().size(), outputs));
    }
  }

  private static Shape image(String source, Graph graph) throws WorkbenchException {
    if (graph.inputs().size() != 1 || inputShape(graph).rank() != 4) {
      throw new WorkbenchException(
          "%s reads %s; one image 1×C×H×W is what a run puts in"
              .formatted(source, graph.inputs().values()));
    }
    return inputShape(graph);
  }

  private static Shape inputShape(Graph graph) {
    return graph.inputs().values().iterator().next();
  }

  private static int outputs(Graph graph) {
    return graph.outputs().stream().mapToInt(output -> graph.shape(output).size()).sum();
  }

  /// The shape of an image, C×H×W.
  public Shape image() {
    Shape shape = inputShape(graph);
    return Shape.of(shape.extent(1), shape.extent(2), shape.extent(3));
  }

  /// What calibration measured.
  ///
  /// @throws WorkbenchException if the card has no ranges
  public Ranges ranges() throws WorkbenchException {
    if (card.ranges().images() == 0) {
      throw new WorkbenchException(
          ("the card of %s has no ranges, so nobody knows which numbers fit; measure them with"
                  + " ./blindread calibrate --model %s --manifest IMAGES.csv")
              .formatted(source, source));
    }
    return card.ranges();
  }

  @Override
  public String toString() {
    return "VendorModel[" + source + "]";
  }
}
