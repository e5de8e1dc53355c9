package org.blindread.workbench;

import org.blindread.mpc.compile.CompileException;
import org.blindread.mpc.compile.Compiled;
import org.blindread.mpc.compile.Compiler;
import org.blindread.mpc.compile.Options;
import org.blindread.mpc.compile.Profile;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.tensor.FixedPoint;

/// Ring width, scale and what goes with them: how exactly a model is computed. All of it public.
///
/// @param name `64/20`, or the profile's name
/// @param numbers ring width, scale and rounding
/// @param options the passes, and whether an unsafe range is allowed
public record Precision(String name, FixedPoint numbers, Options options) {

  /// Ring width and scale by number.
  ///
  /// @throws WorkbenchException if the scale does not fit the ring
  public static Precision of(int bits, int scale, boolean allowUnsafeRange)
      throws WorkbenchException {
    try {
      return new Precision(
          bits + "/" + scale, FixedPoint.of(bits, scale), options(true, allowUnsafeRange));
    } catch (IllegalArgumentException e) {
      throw new WorkbenchException(String.valueOf(e.getMessage()), e);
    }
  }

  /// A profile by name.
  ///
  /// @throws WorkbenchException listing the profiles, if there is none of the name
  public static Precision profile(String name, boolean allowUnsafeRange) throws WorkbenchException {
    try {
      Profile profile = Profile.named(name);
      return new Precision(name, profile.numbers(), options(profile.passes(), allowUnsafeRange));
    } catch (IllegalArgumentException e) {
      throw new WorkbenchException(e.getMessage() + ", auto", e);
    }
  }

  /// The largest scale that keeps the headroom in a ring of `bits`: reveals the order of magnitude
  /// of the model's largest value.
  ///
  /// @throws CompileException if not even scale 1 fits
  public static Precision widest(VendorModel model, int bits)
      throws CompileException, WorkbenchException {
    Options options = options(true, false);
    FixedPoint numbers = Compiler.widest(model.graph(), model.ranges(), bits, options);
    return new Precision("auto", numbers, options);
  }

  /// What made a plan with these numbers: the study's floor rounding goes without the passes that
  /// change rounding, and with exact averages.
  public static Precision ofPlan(FixedPoint numbers, boolean allowUnsafeRange) {
    boolean passes = numbers.rounding() == FixedPoint.Rounding.NEAREST;
    return new Precision(numbers.toString(), numbers, options(passes, allowUnsafeRange));
  }

  private static Options options(boolean passes, boolean allowUnsafeRange) {
    Options options = new Options(Party.HOSPITAL.name(), passes, passes, !passes, false);
    return allowUnsafeRange ? options.allowingUnsafeRange() : options;
  }

  /// Compiles a model.
  ///
  /// @throws CompileException if an operation has no secure form or a value does not fit
  /// @throws WorkbenchException if the model was never calibrated
  public Compiled compile(VendorModel model) throws CompileException, WorkbenchException {
    return Compiler.compile(model.graph(), model.ranges(), numbers, options);
  }
}
