/// Models in the clear, in floating point: what every secure run is compared with.
///
/// Read [org.blindread.plaintext.PlaintextEngine], then
/// [org.blindread.plaintext.OnnxRuntimeEngine].
///
/// ```java
/// try (PlaintextEngine engine = OnnxRuntimeEngine.load(Path.of("M.onnx"), 3, 128, 128)) {
///   float[] logits = engine.logits(pixels); // 3×128×128 in
/// }
/// ```
///
/// Depends on `mpc.graph`, `mpc.frontend`, `mpc.tensor` and ONNX Runtime.
@NullMarked
package org.blindread.plaintext;

import org.jspecify.annotations.NullMarked;
