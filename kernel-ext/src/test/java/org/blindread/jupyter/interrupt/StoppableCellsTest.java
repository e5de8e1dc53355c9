package org.blindread.jupyter.interrupt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.classfile.ClassHierarchyResolver;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Classes of cells with checks, without a kernel.
final class StoppableCellsTest {
  private static final String LOOP =
      """
      public class Cell {
        public static final java.util.concurrent.CountDownLatch BEGUN =
            new java.util.concurrent.CountDownLatch(1);
        static volatile long n;
        static int level(int d) { return d == 0 ? 0 : level(d - 1) + level(d - 1) + 1; }
        public static Object do_it$() {
          BEGUN.countDown();
          %s
        }
      }
      """;

  /// Whatever the verifier wants frames for: types that meet, patterns, handlers, labels.
  private static final String RICH =
      """
      import java.util.*;
      public class Cell {
        sealed interface Shape permits Square, Disc {}
        record Square(int a) implements Shape {}
        record Disc(int r) implements Shape {}
        static abstract class Base {
          final int n;
          Base(int n) { this.n = n; }
          abstract int twice();
        }
        static class One extends Base { One() { super(1); } int twice() { return 2 * n; } }
        static class Two extends Base { Two() { super(2); } int twice() { return 2 * n; } }
        static int area(Shape shape) {
          return switch (shape) {
            case Square(int a) when a > 3 -> -a;
            case Square(int a) -> a * a;
            case Disc d -> 3 * d.r() * d.r();
          };
        }
        static int words(String text) {
          int sum = 0;
          for (String word : text.split(" ")) {
            switch (word) {
              case "one": sum += 1;
              case "two": sum += 2; continue;
              default: sum++;
            }
            sum *= 10;
          }
          return sum;
        }
        public static Object do_it$() throws Exception {
          long sum = 0;
          outer:
          for (int i = 0; i < 20; i++) {
            int j = i;
            do {
              if (j % 7 == 6) { continue outer; }
              if (i == 17) { break outer; }
              try { sum += 10 / (j % 3); }
              catch (ArithmeticException e) { sum -= 1; }
              finally { sum *= 3; }
            } while (j++ < 30);
          }
          Base either = sum % 2 == 0 ? new One() : new Two();
          while (sum > 1000) { sum = sum / 2 + either.twice(); }
          List<Integer> areas = new ArrayList<>();
          for (var shape : List.of(new Square(2), new Disc(1), new Square(9))) {
            areas.add(area(shape));
          }
          synchronized (areas) { for (int x : areas) sum += x; }
          try (var numbers = new Scanner("1 2 3")) {
            while (numbers.hasNextInt()) sum += numbers.nextInt();
          }
          sum += java.util.stream.IntStream.range(0, 10).map(x -> x * x).sum();
          return sum + " " + words("one three two") + " " + either.twice() + " " + areas;
        }
      }
      """;

  @TempDir private Path folder;

  /// Defines classes on demand, as the JDK's own does.
  private static final class Loader extends ClassLoader implements LoaderDelegate {
    private final Map<String, byte[]> declared = new HashMap<>();

    Loader() {
      super(StoppableCellsTest.class.getClassLoader());
    }

    @Override
    public void load(ClassBytecodes[] classes) {
      for (ClassBytecodes each : classes) {
        declared.put(each.name(), each.bytecodes());
      }
    }

    @Override
    public void classesRedefined(ClassBytecodes[] classes) {
      load(classes);
    }

    @Override
    public void addToClasspath(String path) {
      throw new UnsupportedOperationException(path);
    }

    @Override
    public Class<?> findClass(String name) throws ClassNotFoundException {
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      byte[] bytes = declared.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }
  }

  private ClassBytecodes[] compiled(String source) throws Exception {
    Path file = Files.writeString(folder.resolve("Cell.java"), source);
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "-proc:none",
                "-d",
                folder.toString(),
                file.toString());
    assertEquals(0, result, source);
    List<ClassBytecodes> classes = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path each : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        String name = String.valueOf(each.getFileName()).replace(".class", "");
        classes.add(new ClassBytecodes(name, Files.readAllBytes(each)));
      }
    }
    return classes.toArray(ClassBytecodes[]::new);
  }

  private static Object run(LoaderDelegate loader) throws Exception {
    try {
      return loader.findClass("Cell").getMethod("do_it$").invoke(null);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof CellInterrupt interrupt) {
        throw interrupt;
      }
      throw e;
    }
  }

  private LoaderDelegate stoppable(String source) throws Exception {
    LoaderDelegate cells = new StoppableCells(new Loader());
    cells.load(compiled(source));
    return cells;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while (true) n++;",
        "for (;;) { for (int i = 0; i < 3; i++) n += i; }",
        "do { n++; } while (n >= 0); return n;",
        "while (true) { try { n = 1 / (n % 2); } catch (ArithmeticException e) { n += 2; } }",
        "while (true) { try { n++; throw new Exception(); } catch (Exception e) { continue; } }",
        "while (true) { switch ((int) (n % 4)) { case 0: n++; continue; case 1: n += 2; default: n++; } }",
        "return level(60);",
        "return java.util.stream.LongStream.iterate(0, x -> x + 1).filter(x -> x < 0).findFirst();",
        "new Object() { void run() { while (true) n++; } }.run(); return n;",
        "try { while (true) n++; } finally { while (true) n--; }",
        "try { while (true) n++; } catch (Throwable t) { while (true) n--; }",
      })
  void anInterruptEnds(String loop) throws Exception {
    LoaderDelegate cells = stoppable(LOOP.formatted(loop));
    FutureTask<Throwable> outcome =
        new FutureTask<>(() -> assertThrows(Throwable.class, () -> run(cells)));
    Thread thread = Thread.ofPlatform().daemon().start(outcome);
    ((CountDownLatch) cells.findClass("Cell").getField("BEGUN").get(null)).await();
    thread.interrupt();
    assertInstanceOf(CellInterrupt.class, outcome.get(60, TimeUnit.SECONDS));
  }

  @Test
  void aStatementAfterAnInterruptDoesNotBegin() throws Exception {
    LoaderDelegate cells = stoppable(LOOP.formatted("return n;"));
    CellInterrupt.ask();
    try {
      assertThrows(CellInterrupt.class, () -> run(cells));
    } finally {
      CellInterrupt.forget();
    }
    assertEquals(0L, run(cells));
  }

  @Test
  void whatACellComputesDoesNotChange() throws Exception {
    Loader untouched = new Loader();
    untouched.load(compiled(RICH));
    assertEquals(run(untouched), run(stoppable(RICH)));
  }

  @Test
  void aThreadThatRunsNoCellGoesOnWhenInterrupted() throws Exception {
    String source = LOOP.formatted("return level(5);");
    Class<?> cell = stoppable(source.replace("do_it$", "task")).findClass("Cell");
    FutureTask<Object> task =
        new FutureTask<>(
            () -> {
              Thread.currentThread().interrupt();
              return cell.getMethod("task").invoke(null);
            });
    Thread.ofPlatform().daemon().start(task);
    assertEquals(31, task.get(60, TimeUnit.SECONDS));
  }

  @Test
  void aMethodThatHasNoRoomForChecksRunsWithout() throws Exception {
    String filler = "while (n < 0) { n++; } ".repeat(3200);
    String source = LOOP.formatted(filler + " return 5;");
    ClassBytecodes[] classes = compiled(source);
    StopChecks checks = new StopChecks(ClassHierarchyResolver.defaultResolver());
    assertThrows(IllegalArgumentException.class, () -> checks.into(classes[0].bytecodes()));
    Loader loader = new Loader();
    new StoppableCells(loader).load(classes);
    assertEquals(5, run(loader));
  }

  @Test
  void whatIsNoExecutionControlIsLeftAlone() {
    assertFalse(StoppableCells.in("no execution control"));
  }
}
