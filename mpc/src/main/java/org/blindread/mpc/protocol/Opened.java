package org.blindread.mpc.protocol;

import java.util.Optional;
import org.blindread.mpc.tensor.RingTensor;

/// What one party holds of an output: the value where it learns it, its additive share where nobody
/// does, else nothing.
///
/// @param value the opened value (canonical, at the output's scale), for those who learn it
/// @param share this party's additive share mod 2^ℓ, under [Reveal#NONE] for an evaluating party
public record Opened(Optional<RingTensor> value, Optional<RingTensor> share) {
  public static Opened nothing() {
    return new Opened(Optional.empty(), Optional.empty());
  }

  public static Opened value(RingTensor value) {
    return new Opened(Optional.of(value), Optional.empty());
  }

  public static Opened share(RingTensor share) {
    return new Opened(Optional.empty(), Optional.of(share));
  }

  @Override
  public String toString() {
    return value.isPresent() ? "Opened[value]" : share.isPresent() ? "Opened[share]" : "Opened[]";
  }
}
