/// The cleartext twin.
///
/// Read [org.blindread.mpc.protocol.plain.PlainEngine]; it evaluates one image at a time and
/// reports [org.blindread.mpc.protocol.plain.Overflow]s.
///
/// Depends on `protocol`, `plan`, `net`, `tensor`.
@NullMarked
package org.blindread.mpc.protocol.plain;

import org.jspecify.annotations.NullMarked;
