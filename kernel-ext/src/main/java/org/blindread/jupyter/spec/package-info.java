/// What tells Jupyter how to start the kernel: the kernelspec `blindread`, the command that
/// installs it, and what `doctor` asks of it.
///
/// Read [org.blindread.jupyter.spec.KernelSpec], then [org.blindread.jupyter.spec.KernelCommand].
///
/// ```
/// ./blindread kernel install --user
/// ```
///
/// Depends on `workbench`, `workbench.cli`, picocli and Jackson; no kernel's classes.
@NullMarked
package org.blindread.jupyter.spec;

import org.jspecify.annotations.NullMarked;
