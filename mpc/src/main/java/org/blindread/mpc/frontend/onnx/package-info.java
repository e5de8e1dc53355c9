/// Reads ONNX files, opset 7 to 21 of the domain `ai.onnx`.
///
/// Reading order: [org.blindread.mpc.frontend.onnx.OnnxReader] (the file, its inputs and outputs),
/// [org.blindread.mpc.frontend.onnx.OnnxOperators] (the table of operators, from which
/// `docs/operators.md` is generated), then `OnnxNode` (what a rule sees of a node), `OnnxScope`
/// (what is known while nodes are translated) and the rules: `Convolution`, `Pooling`,
/// `Arithmetic`, `Layout`, `Folding`. `TensorReader` and `ExternalData` turn stored tensors into
/// numbers.
///
/// Shapes are static, so integer arithmetic on shapes has a known value and vanishes while reading;
/// only what depends on an input becomes a node of the graph.
///
/// ```java
/// var limits = OnnxReader.Limits.defaults().with("height", 224).with("width", 224);
/// Graph graph = OnnxReader.read(Path.of("model.onnx"), limits);
/// ```
///
/// Depends on `frontend`, `graph`, `tensor` and protobuf.
@NullMarked
package org.blindread.mpc.frontend.onnx;

import org.jspecify.annotations.NullMarked;
