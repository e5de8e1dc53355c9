/// Models on real numbers: what a vendor's file says, before any ring or protocol.
///
/// Read [org.blindread.mpc.graph.Op] (the closed set of operations), then
/// [org.blindread.mpc.graph.Graph], [org.blindread.mpc.graph.ShapeRule] and
/// [org.blindread.mpc.graph.Reference], which evaluates a graph in float and is what lowering is
/// tested against.
///
/// ```java
/// Graph graph = OnnxReader.read(Path.of("model.onnx"));
/// Map<String, RealTensor> logits = new Reference(graph).run(Map.of("image", image));
/// ```
///
/// Depends on `tensor` only.
@NullMarked
package org.blindread.mpc.graph;

import org.jspecify.annotations.NullMarked;
