package org.blindread.plaintext;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.blindread.mpc.frontend.ModelException;
import org.nd4j.linalg.factory.Nd4j;

/// ND4J's native library, loaded when first asked for.
final class Nd4jLibrary {
  private static final String PROPERTIES = "/META-INF/maven/org.nd4j/nd4j-api/pom.properties";

  private Nd4jLibrary() {}

  /// Loads the library, which takes seconds and unpacks it below `~/.javacpp` the first time, and
  /// holds it to one thread a caller.
  ///
  /// By itself it takes a thread a core, both in its own loops and in OpenBLAS, and they wait for
  /// each other spinning: on a busy machine an image then takes ten times as long. Images side by
  /// side (`--lanes`) use the cores better. `OMP_NUM_THREADS` would do the same, but only from
  /// outside the JVM. The setting holds for everything in this JVM that uses ND4J.
  ///
  /// @throws ModelException if the library does not load on this machine
  static void load() throws ModelException {
    try {
      Nd4j.getEnvironment().setVerbose(false);
      Nd4j.getEnvironment().setMaxMasterThreads(1);
      Nd4j.factory().blas().setMaxThreads(1);
    } catch (LinkageError | RuntimeException e) {
      throw new ModelException(
          "the native library of ND4J does not load on %s %s (%s); use --engine onnxruntime or reference"
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), root(e)),
          e);
    }
  }

  /// The innermost cause, in one line.
  private static String root(Throwable thrown) {
    Throwable cause = thrown;
    for (Throwable next = cause.getCause(); next != null; next = cause.getCause()) {
      cause = next;
    }
    return cause.toString().lines().findFirst().orElse("no reason given");
  }

  /// The version of the Java side, as its jar has it.
  static String version() {
    Properties properties = new Properties();
    try (InputStream in = Nd4j.class.getResourceAsStream(PROPERTIES)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + PROPERTIES, e);
    }
    return properties.getProperty("version", "unknown");
  }
}
