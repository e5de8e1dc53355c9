/// Oblivious transfer between two parties, semi-honest.
///
/// Read [org.blindread.mpc.ot.OtExtension], what a source of correlated OTs is, and
/// [org.blindread.mpc.ot.Iknp], the one to learn from; then what is made of them:
/// [org.blindread.mpc.ot.RandomOt], [org.blindread.mpc.ot.ChosenOt],
/// [org.blindread.mpc.ot.CorrelatedOt] (bit times ring element), [org.blindread.mpc.ot.OneOfManyOt]
/// (leaves of comparisons), [org.blindread.mpc.ot.BitTriples] (ANDs) and
/// [org.blindread.mpc.ot.ObliviousProduct] (linear layers, by `Gilboa`). A party's ends are
/// [org.blindread.mpc.ot.OtSender] and [org.blindread.mpc.ot.OtReceiver], both in
/// [org.blindread.mpc.ot.TwoWayOt], over a [org.blindread.mpc.ot.Wire]. To watch them at work:
/// [org.blindread.mpc.ot.Rehearsal].
///
/// Underneath: `BaseOt` (public keys); [org.blindread.mpc.ot.SoftSpoken] on `SeedTree`, the fast
/// source; [org.blindread.mpc.ot.Ferret] on `HalfTree` with [org.blindread.mpc.ot.LpnParameters],
/// the source that sends least.
///
/// ```java
/// var wire = new Wire(lane, Party.HOSPITAL, "run 7, lane 2", seed);
/// TwoWayOt ot = TwoWayOt.over(new SoftSpoken(), wire); // base OTs, both directions
/// BitTriples triples = BitTriples.make(ot, 10_000);
/// long[] share = CorrelatedOt.send(ot.sender(), factors, 32); // the peer receives with its bits
/// ```
///
/// Depends on `net`, `crypto` and the kernels of `tensor`.
@NullMarked
package org.blindread.mpc.ot;

import org.jspecify.annotations.NullMarked;
