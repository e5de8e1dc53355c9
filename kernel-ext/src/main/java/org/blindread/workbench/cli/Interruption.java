package org.blindread.workbench.cli;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;

/// Ctrl-C: the main thread is interrupted, which ends every party, and gets two seconds to leave a
/// state that `--resume` goes on with.
final class Interruption {
  static final int EXIT = 130;

  private static final long PATIENCE_MILLIS = 2000;
  private static final AtomicBoolean REQUESTED = new AtomicBoolean();

  private Interruption() {}

  /// Runs the program under guard. An error of the JVM, such as too little memory, is one sentence
  /// too, and is no interruption.
  ///
  /// @param err where that sentence goes
  /// @return its exit code
  static int guard(IntSupplier program, PrintStream err) {
    Thread main = Thread.currentThread();
    AtomicBoolean finished = new AtomicBoolean();
    Thread hook =
        new Thread(
            () -> {
              if (!finished.get()) {
                stop(main);
              }
            },
            "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
    int code;
    try {
      code = program.getAsInt();
    } catch (RuntimeException | Error e) {
      code = Failure.handle(e, err);
    }
    finished.set(true);
    if (REQUESTED.get()) {
      // The JVM is going down already: System.exit would wait for the hook that waits for us.
      return park();
    }
    return code;
  }

  private static void stop(Thread main) {
    REQUESTED.set(true);
    main.interrupt();
    try {
      main.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(EXIT);
  }

  private static int park() {
    Runtime.getRuntime().halt(EXIT);
    return EXIT;
  }

  /// Whether the user asked to stop.
  static boolean requested() {
    return REQUESTED.get();
  }
}
