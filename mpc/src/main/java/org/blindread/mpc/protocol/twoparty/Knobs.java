package org.blindread.mpc.protocol.twoparty;

import java.util.List;
import org.blindread.mpc.ot.Ferret;
import org.blindread.mpc.ot.Iknp;
import org.blindread.mpc.ot.LpnParameters;
import org.blindread.mpc.ot.OtExtension;
import org.blindread.mpc.ot.SoftSpoken;
import org.blindread.mpc.protocol.Knob;
import org.blindread.mpc.protocol.Terms;
import org.blindread.mpc.rlwe.Flooding;

/// The choices `2pc` offers, all of them public.
final class Knobs {
  private static final String SOFT_SPOKEN = "softspoken";
  private static final String FERRET = "ferret";
  private static final String IKNP = "iknp";
  private static final String RLWE = "rlwe";
  private static final String OBLIVIOUS = "ot";
  private static final String DEFAULT = "default";
  private static final String STRICT = "strict";
  private static final String OFF = "off";
  private static final String ON = "on";
  private static final String HEADROOM = "headroom";
  private static final String FULL = "full";

  private static final Knob OT =
      new Knob(
          "ot",
          List.of(SOFT_SPOKEN, FERRET, IKNP),
          "where OTs come from: softspoken is fastest on fast links, ferret sends a third of the bytes in more time and rests on LPN, iknp is the one to learn from");
  private static final Knob LINEAR =
      new Knob(
          "linear",
          List.of(RLWE, OBLIVIOUS),
          "how linear layers are computed: rlwe by homomorphic encryption, ot by OTs alone, for small shapes");
  private static final Knob FLOODING =
      new Knob(
          "flooding",
          List.of(DEFAULT, STRICT),
          "how well the replies of a cohort hide the weights: divergence (default) or statistical distance (strict) at most 2^-40");

  private static final Knob RANGE =
      new Knob(
          "range",
          List.of(HEADROOM, FULL),
          "what truncations rely on: headroom, that values keep to a quarter of the ring, as the plan's ranges promise; full, on nothing, as CrypTFlow2, by a longer comparison");

  private static final Knob PREPARE =
      new Knob(
          "prepare",
          List.of(OFF, ON),
          "when linear layers are computed: off, with the image; on, on random masks before the image is asked for, so that it then waits for comparisons alone");

  static final List<Knob> ALL = List.of(OT, LINEAR, FLOODING, RANGE, PREPARE);

  /// What a byte costs against a nanosecond of computing where the line is fast, 5 Gbit/s, and
  /// where it is thin, 1 Gbit/s.
  private static final double FAST_LINE = 1.5;

  private static final double THIN_LINE = 8;

  private Knobs() {}

  static OtExtension extension(Terms terms) {
    return switch (terms.value(OT)) {
      case FERRET -> new Ferret(LpnParameters.B11);
      case IKNP -> new Iknp();
      default -> new SoftSpoken();
    };
  }

  static boolean homomorphic(Terms terms) {
    return terms.value(LINEAR).equals(RLWE);
  }

  static Flooding flooding(Terms terms) {
    return terms.value(FLOODING).equals(STRICT) ? Flooding.STRICT : Flooding.DEFAULT;
  }

  static boolean prepared(Terms terms) {
    return terms.value(PREPARE).equals(ON);
  }

  static Range range(Terms terms) {
    return terms.value(RANGE).equals(FULL) ? Range.FULL : Range.HEADROOM;
  }

  /// By which tilings are weighed: who takes ferret saves bytes.
  static double nanosPerByte(Terms terms) {
    return terms.value(OT).equals(FERRET) ? THIN_LINE : FAST_LINE;
  }

  static LinearLayers layers(org.blindread.mpc.plan.Plan plan, Terms terms) {
    return LinearLayers.of(plan, terms.images(), flooding(terms), nanosPerByte(terms));
  }
}
