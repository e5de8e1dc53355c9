package org.blindread.jupyter;

import java.util.List;
import java.util.ServiceLoader;
import org.blindread.workbench.cli.Failure;

/// The magics there are, and how one is run.
public final class Magics {
  private static final List<Magic> ALL =
      ServiceLoader.load(Magic.class, Magics.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  private Magics() {}

  public static List<Magic> all() {
    return ALL;
  }

  /// Runs a magic; whatever goes wrong becomes one sentence.
  ///
  /// @throws CellFailure with that sentence
  public static void run(Magic magic, Cell cell) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // Protocols are found by the thread's loader; a kernel's is not ours.
    thread.setContextClassLoader(Magics.class.getClassLoader());
    try {
      magic.run(cell);
    } catch (CellFailure e) {
      throw e;
    } catch (InterruptedException e) {
      throw new CellFailure("interrupted; every party has ended, run the cell again", e);
    } catch (OutOfMemoryError e) {
      throw new CellFailure(
          "out of memory; install the kernel with more, ./blindread kernel install --heap 8g", e);
    } catch (Exception e) {
      throw new CellFailure(Failure.sentence(e), e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
