/// The magics, one file each: `%%plaintext`, `%%secure`, `%%compare`, `%%cohort`, `%%plan`,
/// `%protocols`, `%models`.
///
/// Read [org.blindread.jupyter.magic.SecureMagic], then [org.blindread.jupyter.magic.ReadingCell],
/// which all cells that read images share. Options are those of the command line, by the same
/// classes. A new magic is one class here and one line in
/// `META-INF/services/org.blindread.jupyter.Magic`.
///
/// Depends on `jupyter`, `jupyter.render`, `data`, `workbench` and the packages in it, and picocli.
@NullMarked
package org.blindread.jupyter.magic;

import org.jspecify.annotations.NullMarked;
