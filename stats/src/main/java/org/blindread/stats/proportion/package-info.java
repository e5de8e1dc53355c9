/// Shares of cases, with exact intervals.
///
/// Read [org.blindread.stats.proportion.ClopperPearson].
///
/// ```java
/// ClopperPearson.of(26, 41, 0.95).interval();  // 95 % CI 0.469363 … 0.778772
/// ClopperPearson.upper(0, 1149, 0.95);         // 0.0026: none seen in 1,149
/// ```
///
/// Depends on `stats.estimate` and Apache Commons Statistics.
@NullMarked
package org.blindread.stats.proportion;

import org.jspecify.annotations.NullMarked;
