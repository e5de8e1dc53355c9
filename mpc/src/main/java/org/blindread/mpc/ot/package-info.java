/// Oblivious transfer between two parties.
///
/// Read [org.blindread.mpc.ot.Wire] (the line to the peer) and `BaseOt` (public-key OTs, the seeds
/// of everything else).
///
/// Depends on `net`, `crypto` and the kernels of `tensor`.
@NullMarked
package org.blindread.mpc.ot;

import org.jspecify.annotations.NullMarked;
