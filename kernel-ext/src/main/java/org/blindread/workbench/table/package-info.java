/// Results as Tablesaw tables.
///
/// ```java
/// Table table = Tables.of(comparison);
/// table.where(table.stringColumn("site").isEqualTo("all")).print();
/// ```
///
/// Depends on `workbench`, `workbench.comparison`, `data`, `stats` and Tablesaw.
@NullMarked
package org.blindread.workbench.table;

import org.jspecify.annotations.NullMarked;
