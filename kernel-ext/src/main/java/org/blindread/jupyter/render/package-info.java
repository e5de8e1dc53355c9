/// What values look like in a notebook, one file a type.
///
/// Read [org.blindread.jupyter.render.OutcomeDisplay]. HTML and plain text, pictures as PNG; no
/// script, nothing from outside, no colour of its own. A new display is one class here and one line
/// in `META-INF/services/org.blindread.jupyter.Display`.
///
/// Depends on `jupyter`, `workbench` with its comparisons, tables and figures, `stats`, `data`,
/// Tablesaw and XChart.
@NullMarked
package org.blindread.jupyter.render;

import org.jspecify.annotations.NullMarked;
