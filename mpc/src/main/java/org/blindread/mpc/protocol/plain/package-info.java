/// The cleartext twin.
///
/// Read [org.blindread.mpc.protocol.plain.PlainEngine]; it evaluates one image at a time and
/// reports [org.blindread.mpc.protocol.plain.Overflow]s.
///
/// ```java
/// var engine = new PlainEngine(plan);
/// new Executor<>(plan, engine, Optional.of(weights)).read(lane, 0, inputs, Observer.none());
/// engine.overflows(0); // empty: every value was in range
/// ```
///
/// Depends on `protocol`, `plan`, `net`, `tensor`.
@NullMarked
package org.blindread.mpc.protocol.plain;

import org.jspecify.annotations.NullMarked;
