package org.blindread.mpc.tensor.kernel;

import java.lang.System.Logger.Level;

/// Chooses the form of the loops once a process: vector where the JVM has the Vector API and the
/// machine registers of at least 128 bits, else scalar.
///
/// The system property `blindread.kernels` (`scalar` or `vector`) overrides the choice for tests.
final class KernelChoice {
  private static final String PROPERTY = "blindread.kernels";
  private static final String MODULE = "jdk.incubator.vector";
  private static final int LEAST_BITS = 128;

  static final Kernels CHOSEN = choose();

  private KernelChoice() {}

  private static Kernels choose() {
    return switch (System.getProperty(PROPERTY, "")) {
      case "scalar" -> fallBack(Level.INFO, "system property " + PROPERTY + "=scalar");
      case "vector" -> new VectorKernels();
      case "" -> best();
      case String other ->
          throw new IllegalArgumentException(
              "system property %s must be scalar or vector, not '%s'".formatted(PROPERTY, other));
    };
  }

  private static Kernels best() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return fallBack(
          Level.WARNING,
          "this JVM runs without the Vector API; start it with --add-modules " + MODULE);
    }
    int bits = VectorKernels.registerBits();
    if (bits < LEAST_BITS) {
      return fallBack(Level.WARNING, "this machine has vector registers of " + bits + " bits only");
    }
    return new VectorKernels();
  }

  private static Kernels fallBack(Level level, String reason) {
    System.getLogger(KernelChoice.class.getName())
        .log(level, "scalar kernels (about 10 times slower): {0}", reason);
    return new ScalarKernels();
  }
}
