/// The main job of `./blindread reproduce`: three ways of reading one cohort, and whether they
/// perform alike.
///
/// Read [org.blindread.workbench.reproduction.Reproduction], then
/// [org.blindread.workbench.reproduction.Stage].
///
/// ```java
/// Reproduction done = Reproduction.run(order, console);
/// done.equal(); // the secure sample has the twin's scores, bit for bit
/// ```
///
/// Depends on `workbench`, `workbench.comparison` and `workbench.table`.
@NullMarked
package org.blindread.workbench.reproduction;

import org.jspecify.annotations.NullMarked;
