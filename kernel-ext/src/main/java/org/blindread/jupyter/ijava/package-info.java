/// The adapter to the kernel IJava 1.3.0: one class, see
/// [org.blindread.jupyter.ijava.IJavaExtension].
///
/// Depends on `jupyter` and, provided by the kernel, `jupyter-jvm-basekernel`.
@NullMarked
package org.blindread.jupyter.ijava;

import org.jspecify.annotations.NullMarked;
