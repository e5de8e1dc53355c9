/// Notebooks executed without a front end, for reports and tests.
///
/// Read [org.blindread.jupyter.headless.ReproduceCommand], `Reproduction`, then
/// [org.blindread.jupyter.headless.HeadlessNotebook] and the Python module it starts,
/// `blindread_jupyter.headless`.
///
/// Depends on `jupyter.spec`, `workbench` and picocli.
@NullMarked
package org.blindread.jupyter.headless;

import org.jspecify.annotations.NullMarked;
