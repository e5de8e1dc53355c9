package org.blindread.mpc.protocol;

import org.blindread.mpc.tensor.FixedPoint;

/// What the parties agree on and what every engine needs to know of a run.
///
/// @param numbers ring and scale of the plan
/// @param mode faithful or fast
/// @param reveal who learns the scores
public record Terms(FixedPoint numbers, Mode mode, Reveal reveal) {}
