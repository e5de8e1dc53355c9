/// Figures of a report: what was compared, drawn for print and for notebooks.
///
/// Read [org.blindread.workbench.figure.Figure], then [org.blindread.workbench.figure.ForestPlot].
/// A figure is a function of what it draws: the same scores and truth give the same numbers, and on
/// one machine the same picture.
///
/// ```java
/// for (Figure figure : Figures.of(scores, comparison)) {
///   figure.write(folder); // forest.png, forest.svg, forest.csv, …
/// }
/// ```
///
/// Depends on `workbench`, `workbench.comparison`, `stats`, `data`, Tablesaw, XChart and
/// VectorGraphics2D.
@NullMarked
package org.blindread.workbench.figure;

import org.jspecify.annotations.NullMarked;
