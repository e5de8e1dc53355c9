package org.blindread.plaintext;

import java.util.Map;
import java.util.Optional;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.graph.Reference;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;

/// Blindread's own evaluation of a graph, [Reference]: the same bits on every machine.
public final class ReferenceEngine implements PlaintextEngine {
  private final Reference reference;
  private final String input;
  private final Shape shape;

  /// @param graph a model with one input
  /// @throws IllegalArgumentException if it has another number of inputs
  public ReferenceEngine(Graph graph) {
    reference = new Reference(graph);
    Map.Entry<String, Shape> only = Logits.onlyInput(graph);
    input = only.getKey();
    shape = only.getValue();
  }

  @Override
  public String name() {
    return "reference";
  }

  /// The version of Blindread, as the jar's manifest has it; `development` outside a jar.
  @Override
  public String version() {
    return Optional.ofNullable(ReferenceEngine.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  @Override
  public float[] logits(float[] image) {
    RealTensor pixels = Logits.asTensor(image, shape);
    return Logits.joined(reference.run(Map.of(input, pixels)));
  }

  @Override
  public void close() {}
}
