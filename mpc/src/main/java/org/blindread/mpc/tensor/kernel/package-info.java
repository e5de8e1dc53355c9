/// Hot loops: convolution, bit slicing, transposition, sparse codes and the number-theoretic
/// transform, each in a scalar and a vector form with identical bits.
///
/// Read [org.blindread.mpc.tensor.kernel.RingConvolution],
/// [org.blindread.mpc.tensor.kernel.BitSlice] and [org.blindread.mpc.tensor.kernel.Ntt], the
/// facades; then `Kernels`, the interface of the two forms, `Walk` and `Panels`, which say where
/// the loops read, `ScalarKernels`, and one of the vector files, `VectorLongTiles` or `VectorBits`.
/// `KernelChoice` decides once a process; the system property `blindread.kernels` (`scalar`,
/// `vector`) overrides it.
///
/// ```java
/// var kernel = RingConvolution.prepare(weights, 14, 1, 1024, 1, 64); // a 14×1024 matrix
/// long[] y = new long[14];
/// RingConvolution.apply(kernel, x, List.of(1), Window.of(List.of(1), List.of(1)), y);
/// ```
///
/// The only package that uses `jdk.incubator.vector`. Depends on `tensor` and the JDK.
@NullMarked
package org.blindread.mpc.tensor.kernel;

import org.jspecify.annotations.NullMarked;
