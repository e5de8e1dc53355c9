/// The bench itself: what a run reads, writes and remembers. No Jupyter, no command line.
///
/// Read [org.blindread.workbench.ModelCard] (what a vendor says of a model) and
/// [org.blindread.workbench.PublicCard] (what of it the others may know), then
/// [org.blindread.workbench.ScoresFile] and [org.blindread.workbench.Scores],
/// [org.blindread.workbench.ShareFile] and [org.blindread.workbench.ShareTable] for scores nobody
/// learns, [org.blindread.workbench.ImageLog] for what each image took,
/// [org.blindread.workbench.Provenance], [org.blindread.workbench.PeakMemory] and
/// [org.blindread.workbench.Progress].
///
/// ```java
/// ModelCard card = ModelCard.beside(Path.of("M.onnx")).orElseThrow();
/// try (var out = ScoresFile.create(Path.of("scores.csv"), card.findings())) {
///   out.append(new ScoreRow("image-1", "site-a", "", new double[] {-1.25}));
/// }
/// ```
///
/// Depends on `plaintext`, `data`, `stats`, everything in `mpc`, and Jackson.
@NullMarked
package org.blindread.workbench;

import org.jspecify.annotations.NullMarked;
