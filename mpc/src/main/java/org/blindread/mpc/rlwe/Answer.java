package org.blindread.mpc.rlwe;

/// The vendor's result of a layer.
///
/// @param message for the hospital, which finishes it to W·x − r
/// @param share r, uniform modulo 2^ℓ, one element an output, channels last: the vendor's own
public record Answer(byte[] message, long[] share) {
  @Override
  public String toString() {
    return "Answer[" + message.length + " bytes]";
  }
}
