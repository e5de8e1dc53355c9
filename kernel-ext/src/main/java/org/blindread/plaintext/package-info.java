/// Models in the clear, in floating point: what every secure run is compared with.
///
/// Read [org.blindread.plaintext.PlaintextEngine], then [org.blindread.plaintext.PlaintextEngines],
/// then the engines: [org.blindread.plaintext.OnnxRuntimeEngine], which all others are measured by,
/// [org.blindread.plaintext.ReferenceEngine] and [org.blindread.plaintext.Nd4jEngine], whose
/// operations are `Nd4jOperations`, `Nd4jWindows` and `Scratch`.
///
/// ```java
/// try (PlaintextEngine engine = OnnxRuntimeEngine.load(Path.of("M.onnx"), 3, 128, 128)) {
///   float[] logits = engine.logits(pixels); // 3×128×128 in
/// }
/// ```
///
/// Depends on `mpc.graph`, `mpc.frontend`, `mpc.tensor`, ONNX Runtime and ND4J.
@NullMarked
package org.blindread.plaintext;

import org.jspecify.annotations.NullMarked;
