package org.blindread.mpc.compile;

import java.util.List;
import java.util.stream.Collectors;
import org.blindread.mpc.tensor.FixedPoint;
import org.blindread.mpc.tensor.FixedPoint.Rounding;

/// Numbers under a name. The name is public; `auto` is not a profile but
/// [Compiler#widest(org.blindread.mpc.graph.Graph, Ranges, int, Options)], since it reveals what it
/// found.
///
/// @param name the name
/// @param numbers ring width, scale and rounding
/// @param passes whether the passes that change rounding (forward fold and equalisation) run, and
///   averages multiply by rounded reciprocals; else averages divide exactly
/// @param origin where the numbers come from
public record Profile(String name, FixedPoint numbers, boolean passes, String origin) {
  /// All profiles. `soin2021` is the study's: ℓ=35 leaves no headroom to DenseNet-121 and needs
  /// [Options#allowingUnsafeRange()]. The study's homomorphic runs worked modulo the prime
  /// 34359214081 instead of 2^35, which is the same while nothing overflows.
  public static final List<Profile> ALL =
      List.of(
          new Profile("default", FixedPoint.of(64, 20), true, "64-bit ring"),
          new Profile(
              "soin2021", new FixedPoint(35, 15, Rounding.FLOOR), false, "Soin et al. 2021"),
          new Profile("sqnet", FixedPoint.of(32, 9), true, "CrypTFlow2, SqueezeNet"),
          new Profile("resnet50", FixedPoint.of(37, 12), true, "CrypTFlow2, ResNet-50"),
          new Profile("densenet121", FixedPoint.of(32, 11), true, "CrypTFlow2, DenseNet-121"),
          new Profile("athos", FixedPoint.of(41, 12), true, "CrypTFlow, 2PC"),
          new Profile("porthos", FixedPoint.of(64, 12), true, "CrypTFlow, 3PC"));

  /// The profile of a name.
  ///
  /// @throws IllegalArgumentException listing the names, if there is no such profile
  public static Profile named(String name) {
    return ALL.stream()
        .filter(profile -> profile.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no profile '%s'; there are %s"
                        .formatted(
                            name,
                            ALL.stream().map(Profile::name).collect(Collectors.joining(", ")))));
  }

  /// The options that go with the profile.
  public Options options(String inputOwner) {
    return new Options(inputOwner, passes, passes, !passes, false);
  }
}
