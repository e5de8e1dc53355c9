/// Hot loops: convolution, bit slicing, element-wise arithmetic; each in scalar and vector form.
///
/// The only package that uses `jdk.incubator.vector`. Depends on `tensor` and the JDK.
@NullMarked
package org.blindread.mpc.tensor.kernel;

import org.jspecify.annotations.NullMarked;
