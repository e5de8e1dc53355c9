/// Results that last: runs kept over several calls, and the database they are recorded in.
///
/// Read [org.blindread.workbench.ledger.Ledger] and its `ledger.sql`, then
/// [org.blindread.workbench.ledger.KeptRun].
///
/// ```java
/// KeptRun run = new KeptRun(folder);
/// SavedReport report = run.complete(task, cohort, identity, reader);
/// try (Ledger ledger = Ledger.open(folder.getParent())) {
///   ledger.record(outcome, run.log());
/// }
/// ```
///
/// Depends on `workbench`, `data` and SQLite.
@NullMarked
package org.blindread.workbench.ledger;

import org.jspecify.annotations.NullMarked;
