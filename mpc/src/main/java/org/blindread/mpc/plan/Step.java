package org.blindread.mpc.plan;

import org.blindread.mpc.tensor.Shape;

/// One line of a [Plan].
///
/// @param layer name of the graph node it comes from; reports sum by it
/// @param instruction what is done
/// @param shape shape of the value, channels last, no batch axis
/// @param scale fraction bits of the value
public record Step(String layer, Instruction instruction, Shape shape, int scale) {}
