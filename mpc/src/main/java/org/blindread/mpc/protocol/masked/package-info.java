/// `3pc`: masked shares with a live helper.
///
/// Read [org.blindread.mpc.protocol.masked.MaskedEvaluation] (one method an instruction, with its
/// formula), then [org.blindread.mpc.protocol.masked.Form] (how values are held),
/// [org.blindread.mpc.protocol.masked.Comparison] with
/// [org.blindread.mpc.protocol.masked.BorrowTree] (sign and borrow),
/// [org.blindread.mpc.protocol.masked.Correlations] (where randomness comes from) and
/// [org.blindread.mpc.protocol.masked.StepCost] (what it costs).
///
/// ```java
/// var tree = BorrowTree.of(62, 20); // ReLU at ℓ = 64, f = 20
/// tree.levels().size() + 1; // 3 rounds
/// ```
///
/// Depends on `protocol`, `plan`, `net`, `crypto`, `tensor`.
@NullMarked
package org.blindread.mpc.protocol.masked;

import org.jspecify.annotations.NullMarked;
