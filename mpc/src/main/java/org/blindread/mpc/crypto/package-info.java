/// Randomness: [org.blindread.mpc.crypto.Seed] (a secret) and [org.blindread.mpc.crypto.Prg] (a
/// stream expanded from it).
///
/// ```java
/// var prg = new Prg(Seed.fresh().derive("masks", image));
/// long[] masks = prg.words(1024);
/// ```
///
/// Depends on the JDK only (`javax.crypto`).
@NullMarked
package org.blindread.mpc.crypto;

import org.jspecify.annotations.NullMarked;
