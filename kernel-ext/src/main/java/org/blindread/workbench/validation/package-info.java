/// A multi-site validation study from its scores to its tables and figures, and their verification.
///
/// Read [org.blindread.workbench.validation.Validation], then
/// [org.blindread.workbench.validation.Exhibits] and
/// [org.blindread.workbench.validation.Verification].
///
/// ```java
/// Declaration declared = Declaration.make(folder, 0.01, "half of what sites differ by");
/// Validation study = Validation.of(cohort, plain, twin, secure, declared);
/// study.write(folder);
/// boolean well = Verification.of(folder).well();
/// ```
///
/// Depends on `workbench`, its `comparison`, `table`, `figure` and `ledger`, on `stats`, `data` and
/// Tablesaw.
@NullMarked
package org.blindread.workbench.validation;

import org.jspecify.annotations.NullMarked;
