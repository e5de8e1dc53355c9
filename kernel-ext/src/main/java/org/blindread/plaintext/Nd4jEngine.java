package org.blindread.plaintext;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.blindread.mpc.frontend.ModelException;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.graph.Node;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.Window;
import org.nd4j.linalg.api.ndarray.INDArray;

/// ND4J, operation by operation over the [Graph], on one thread an image.
///
/// The numbers are those of [org.blindread.mpc.graph.Reference] but for the order of sums and
/// roundings to single precision on the way, with one exception: NaN, which finite weights and
/// images give only after an overflow to infinity, is passed over by a maximum and lost in a clip
/// to a single value.
///
/// Values live in native memory and are freed after their last use. All of ND4J in this JVM is held
/// to one thread a caller, since its spinning threads stall on a busy machine; images side by side
/// (`--lanes`) use the cores.
public final class Nd4jEngine implements PlaintextEngine {
  private final Graph graph;
  private final Map<String, INDArray> constants = new HashMap<>();
  private final Map<String, Integer> lastUse = new HashMap<>();

  private Nd4jEngine(Graph graph) {
    this.graph = graph;
    for (int i = 0; i < graph.nodes().size(); i++) {
      for (String operand : graph.nodes().get(i).operands()) {
        lastUse.put(operand, i);
      }
    }
    graph.outputs().forEach(output -> lastUse.put(output, graph.nodes().size()));
  }

  /// Loads ND4J's native library, if this is the first time, and the model's weights.
  ///
  /// @param graph a model with one input
  /// @throws ModelException if the library does not load on this machine, or a pooling window of
  ///   the model covers nothing but padding
  /// @throws IllegalArgumentException if the model has another number of inputs
  public static Nd4jEngine load(Graph graph) throws ModelException {
    var _ = Logits.onlyInput(graph);
    return ofAnyInputs(graph);
  }

  /// As [#load], for a model with any number of inputs.
  static Nd4jEngine ofAnyInputs(Graph graph) throws ModelException {
    for (Node node : graph.nodes()) {
      checkWindow(graph, node);
    }
    Nd4jLibrary.load();
    Nd4jEngine engine = new Nd4jEngine(graph);
    try {
      graph.constants().forEach((name, tensor) -> engine.constants.put(name, toNative(tensor)));
    } catch (RuntimeException | Error e) {
      engine.close();
      throw e;
    }
    return engine;
  }

  private static void checkWindow(Graph graph, Node node) throws ModelException {
    switch (node.op()) {
      case Op.MaxPool pool -> checkWindow(graph, node, pool.window());
      case Op.AveragePool pool -> checkWindow(graph, node, pool.window());
      case Op.Conv _, Op.BatchNorm _, Op.Relu _, Op.LeakyRelu _, Op.Clip _, Op.Mean _ -> {}
      case Op.Add _, Op.Subtract _, Op.Multiply _, Op.Divide _, Op.MatMul _, Op.Concat _ -> {}
      case Op.Reshape _, Op.Transpose _, Op.Pad _, Op.Slice _, Op.Sigmoid _, Op.Softmax _ -> {}
      case Op.ArgMax _ -> {}
    }
  }

  private static void checkWindow(Graph graph, Node node, Window window) throws ModelException {
    Shape x = graph.shape(node.operands().getFirst());
    for (float count : Nd4jWindows.counts(window, x.extents().subList(2, x.rank()))) {
      if (count == 0) {
        throw new ModelException(
            "a pooling window covers padding only (node '%s', %s)".formatted(node.name(), window));
      }
    }
  }

  private static INDArray toNative(RealTensor tensor) {
    return Scratch.allocate(tensor.values(), Scratch.extents(tensor.shape()));
  }

  @Override
  public String name() {
    return "nd4j";
  }

  @Override
  public String version() {
    return Nd4jLibrary.version();
  }

  @Override
  public float[] logits(float[] image) throws ModelException {
    Map.Entry<String, Shape> input = Logits.onlyInput(graph);
    return Logits.joined(run(Map.of(input.getKey(), Logits.asTensor(image, input.getValue()))));
  }

  /// The outputs by name, in the model's order.
  ///
  /// @param inputs a tensor of the stated shape for every input
  Map<String, RealTensor> run(Map<String, RealTensor> inputs) throws ModelException {
    Map<String, INDArray> values = new HashMap<>();
    try {
      inputs.forEach((name, tensor) -> values.put(name, toNative(tensor)));
      for (int i = 0; i < graph.nodes().size(); i++) {
        Node node = graph.nodes().get(i);
        evaluate(node, values);
        for (String operand : node.operands()) {
          if (lastUse.get(operand) == i && values.containsKey(operand)) {
            values.remove(operand).close();
          }
        }
      }
      Map<String, RealTensor> outputs = new LinkedHashMap<>();
      for (String output : graph.outputs()) {
        outputs.put(
            output, new RealTensor(graph.shape(output), Scratch.read(value(output, values))));
      }
      return Collections.unmodifiableMap(outputs);
    } finally {
      values.values().forEach(INDArray::close);
    }
  }

  private void evaluate(Node node, Map<String, INDArray> values) throws ModelException {
    try (Scratch scratch = new Scratch()) {
      List<INDArray> operands =
          node.operands().stream().map(operand -> value(operand, values)).toList();
      INDArray result = Scratch.allocate(Scratch.extents(node.shape()));
      values.put(node.name(), result);
      Nd4jOperations.compute(node.op(), operands, result, scratch);
    } catch (RuntimeException e) {
      throw new ModelException(
          "ND4J cannot evaluate node '%s' (%s): %s"
              .formatted(node.name(), node.op(), e.getMessage()),
          e);
    }
  }

  private INDArray value(String name, Map<String, INDArray> values) {
    return values.containsKey(name) ? values.get(name) : constants.get(name);
  }

  @Override
  public void close() {
    constants.values().forEach(INDArray::close);
    constants.clear();
  }
}
