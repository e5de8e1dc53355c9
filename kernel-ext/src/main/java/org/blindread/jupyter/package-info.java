/// The notebook, as far as it knows no kernel: what a cell is, what it shows, what it hands back.
///
/// Read [org.blindread.jupyter.Host] (what a kernel must offer: one small interface), then
/// [org.blindread.jupyter.Magic] and [org.blindread.jupyter.Cell] (what happens when a cell runs),
/// then [org.blindread.jupyter.Display] (what a value looks like). A magic is one file in
/// `org.blindread.jupyter.magic`, a display one file in `org.blindread.jupyter.render`; each stands
/// in `META-INF/services`, which is where a new one is added.
///
/// ```
/// %%secure --model M.onnx --manifest images --protocol 3pc --reveal hospital --out secure
/// var images = EmbeddedCohort.studies().getFirst().render();
/// ```
///
/// Depends on `workbench` only; the adapters `jjava` and `ijava` alone know a kernel's classes.
@NullMarked
package org.blindread.jupyter;

import org.jspecify.annotations.NullMarked;
