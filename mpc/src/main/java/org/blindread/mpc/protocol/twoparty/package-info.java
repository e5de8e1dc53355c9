/// `2pc`: vendor and hospital alone, on additive shares modulo 2^ℓ.
///
/// Read [org.blindread.mpc.protocol.twoparty.TwoParty], what the protocol claims, and
/// `TwoPartyEvaluation`, a plan's instructions one by one; then what these are made of: `Carries`
/// (the millionaires' protocol), on `SharedAnd`; `BitProduct` and `Multiplexer`; `Truncation`,
/// `Division`, `Rectifier`, `Sign` and `Larger`, which are applied to all elements of a value in
/// chunks, and `Tournament`, which finds the largest of a row; `LinearLayers` and the ways to
/// convolve, `HomomorphicLinear` and `ObliviousLinear`. `Script` tells what all of it costs before
/// it runs.
///
/// Depends on `protocol`, `plan`, `ot`, `rlwe`, `crypto`, `net`, `tensor`.
@NullMarked
package org.blindread.mpc.protocol.twoparty;

import org.jspecify.annotations.NullMarked;
