/// What every secure protocol is: a descriptor, an engine for a session, an evaluation for an
/// image.
///
/// Read [org.blindread.mpc.protocol.Protocol], [org.blindread.mpc.protocol.Engine],
/// [org.blindread.mpc.protocol.Evaluation]; then the packages beside: `plain` (the cleartext twin,
/// the truth) and `masked` (`3pc`). A protocol may never use another protocol's package.
///
/// ```java
/// Protocol protocol = Protocols.of("3pc");
/// Engine<?> engine = protocol.engine(session, plan, terms);
/// ```
///
/// Depends on `tensor`, `net`, `crypto`, `plan`.
@NullMarked
package org.blindread.mpc.protocol;

import org.jspecify.annotations.NullMarked;
