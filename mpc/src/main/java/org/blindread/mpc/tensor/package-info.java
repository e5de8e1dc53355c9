/// Tensors: the one language that all other packages share.
///
/// Read [org.blindread.mpc.tensor.Shape], then [org.blindread.mpc.tensor.RealTensor] and
/// [org.blindread.mpc.tensor.RingTensor], then [org.blindread.mpc.tensor.FixedPoint], which carries
/// reals into the ring and back, [org.blindread.mpc.tensor.Window], and
/// [org.blindread.mpc.tensor.Patches], which makes matrix products of convolutions.
///
/// ```java
/// var numbers = FixedPoint.of(64, 20);
/// long half = numbers.encode(0.5, 20); // 2^19
/// numbers.decode(half, 20); // 0.5
/// ```
///
/// Depends on the JDK only.
@NullMarked
package org.blindread.mpc.tensor;

import org.jspecify.annotations.NullMarked;
