/// The adapter to the kernel JJava, the default host: one class, see
/// [org.blindread.jupyter.jjava.JJavaExtension].
///
/// Depends on `jupyter` and, provided by the kernel, `jjava-jupyter`.
@NullMarked
package org.blindread.jupyter.jjava;

import org.jspecify.annotations.NullMarked;
