package org.blindread.mpc.protocol.plain;

/// A layer in which values left the range −2^(ℓ−2) … 2^(ℓ−2): there, and after it, fixed-point
/// numbers stand for nothing, and equality of a protocol with the twin is not claimed.
///
/// @param layer name of the layer
/// @param values how many values of it
/// @param extreme largest magnitude, as a real number
public record Overflow(String layer, int values, double extreme) {
  @Override
  public String toString() {
    return "%d values overflow in layer '%s', the largest %.4g".formatted(values, layer, extreme);
  }
}
