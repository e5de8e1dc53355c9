/// Cryptography that protocols share.
///
/// Read [org.blindread.mpc.crypto.Seed] (a secret) and [org.blindread.mpc.crypto.Prg] (a stream
/// expanded from it); then [org.blindread.mpc.crypto.PublicCoins] (randomness of a run that all may
/// know), [org.blindread.mpc.crypto.Block] (128 bits) and [org.blindread.mpc.crypto.TweakedHash]
/// (what breaks the correlation of OTs). [org.blindread.mpc.crypto.Streams] and
/// [org.blindread.mpc.crypto.TreeHash] expand seeds in bulk; [org.blindread.mpc.crypto.P256] is the
/// group of public keys.
///
/// ```java
/// var prg = new Prg(Seed.fresh().derive("masks", image));
/// long[] masks = prg.words(1024);
/// ```
///
/// Depends on the JDK (`javax.crypto`) and, for `P256` alone, on Bouncy Castle.
@NullMarked
package org.blindread.mpc.crypto;

import org.jspecify.annotations.NullMarked;
