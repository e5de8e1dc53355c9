package org.blindread.workbench.cli;

import java.util.Optional;
import org.blindread.mpc.compile.CompileException;
import org.blindread.workbench.Precision;
import org.blindread.workbench.VendorModel;
import org.blindread.workbench.WorkbenchException;
import picocli.CommandLine.Option;

/// How exactly a model is computed. The command line and the cells of a notebook share it.
public final class NumberOptions {
  @Option(names = "--bits", paramLabel = "N", description = "Ring width, 16 to 64. Default: 64.")
  private Optional<Integer> bits = Optional.empty();

  @Option(names = "--scale", paramLabel = "N", description = "Fraction bits. Default: 20.")
  private Optional<Integer> scale = Optional.empty();

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description =
          "Numbers under a name: soin2021, sqnet, resnet50, densenet121, athos, porthos, default;"
              + " auto takes the largest scale that fits --bits, which reveals the size of the"
              + " model's largest value.")
  private Optional<String> profile = Optional.empty();

  @Option(
      names = "--allow-unsafe-range",
      description = "Run even if values may leave the range; every report says so.")
  private boolean allowUnsafeRange;

  /// Options as yet unset.
  public NumberOptions() {}

  /// Whether any was given.
  boolean given() {
    return bits.isPresent() || scale.isPresent() || profile.isPresent() || allowUnsafeRange;
  }

  /// The precision they stand for.
  ///
  /// @throws WorkbenchException if they contradict one another
  /// @throws CompileException if no scale fits
  public Precision precision(VendorModel model) throws WorkbenchException, CompileException {
    if (profile.isPresent() && profile.get().equals("auto") && scale.isEmpty()) {
      return Precision.widest(model, bits.orElse(64));
    }
    if (profile.isPresent()) {
      if (bits.isPresent() || scale.isPresent()) {
        throw new WorkbenchException("a profile has its own numbers; leave out --bits and --scale");
      }
      return Precision.profile(profile.get(), allowUnsafeRange);
    }
    return Precision.of(bits.orElse(64), scale.orElse(20), allowUnsafeRange);
  }
}
