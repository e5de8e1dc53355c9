/// From a vendor's model file to a [org.blindread.mpc.graph.Graph].
///
/// [org.blindread.mpc.frontend.onnx.OnnxReader] reads ONNX; every reader refuses what it cannot
/// represent with a [org.blindread.mpc.frontend.ModelException], one sentence that names the place
/// and the way out.
///
/// ```java
/// Graph graph = OnnxReader.read(Path.of("densenet121.onnx"));
/// ```
///
/// Depends on `graph`, `tensor` and protobuf.
@NullMarked
package org.blindread.mpc.frontend;

import org.jspecify.annotations.NullMarked;
