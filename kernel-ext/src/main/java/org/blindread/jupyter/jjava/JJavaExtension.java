package org.blindread.jupyter.jjava;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.blindread.jupyter.Bundle;
import org.blindread.jupyter.Cell;
import org.blindread.jupyter.CellFailure;
import org.blindread.jupyter.Display;
import org.blindread.jupyter.Displays;
import org.blindread.jupyter.Host;
import org.blindread.jupyter.KernelParts;
import org.blindread.jupyter.Magic;
import org.blindread.jupyter.Magics;
import org.blindread.jupyter.Orphan;
import org.blindread.jupyter.interrupt.StoppableCells;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.jspecify.annotations.Nullable;

/// Blindread in the kernel JJava, which finds this class by `ServiceLoader`.
///
/// Compiled against 1.0-a6, run in 1.0a8: only calls that both have, see `docs/notebook.md`.
public final class JJavaExtension implements Extension {
  /// For `ServiceLoader`.
  public JJavaExtension() {}

  @Override
  public void install(BaseKernel kernel) {
    Orphan.watch();
    Host host = new Kernel(kernel);
    for (Magic magic : Magics.all()) {
      switch (magic.place()) {
        case CELL ->
            kernel
                .getMagicsRegistry()
                .registerCellMagic(
                    magic.name(),
                    (BaseKernel _, List<String> arguments, String body) ->
                        value(magic, new Cell(host, arguments, body)));
        case LINE ->
            kernel
                .getMagicsRegistry()
                .registerLineMagic(
                    magic.name(),
                    (BaseKernel _, List<String> arguments) ->
                        run(magic, new Cell(host, arguments, "")));
      }
    }
    KernelParts.part(kernel, "magicsResolver").ifPresent(KernelParts::acceptCellsWithoutBody);
    KernelParts.part(kernel, "evaluator")
        .flatMap(evaluator -> KernelParts.part(evaluator, "execControl"))
        .ifPresent(StoppableCells::in);
    KernelParts.part(kernel, "errorStyler")
        .ifPresent(styler -> KernelParts.replace(kernel, "errorStyler", Quiet.of(styler)));
    kernel
        .getRenderer()
        .createRegistration(Failed.class)
        .preferring(Bundle.TEXT)
        .register(
            (failed, _) -> {
              throw new CellFailed(failed.sentence());
            });
    Displays.all().forEach(display -> register(kernel.getRenderer(), display));
    Serving.instead(kernel);
  }

  /// Styles errors as the kernel does, but for the code it makes of a magic: nobody wrote that, and
  /// an interrupted cell would show it.
  private static final class Quiet extends StringStyler {
    private static final String MADE = "org.dflib.jjava.jupyter.kernel.BaseNotebookStatics.";

    private Quiet(
        String primary, String secondary, String highlight, Function<Integer, String> linePrefix) {
      super(primary, secondary, highlight, linePrefix);
    }

    static Quiet of(Object styler) {
      return new Quiet(
          style(styler, "primaryStyle"),
          style(styler, "secondaryStyle"),
          style(styler, "hlStyle"),
          _ -> "|   ");
    }

    private static String style(Object styler, String name) {
      return KernelParts.part(styler, name).map(String::valueOf).orElse("");
    }

    @Override
    public List<String> primaryLines(String source) {
      return source.startsWith(MADE) ? List.of() : super.primaryLines(source);
    }
  }

  /// What a failed cell has for a value: showing it fails. So the error that Jupyter gets, also the
  /// one in the reply that a headless run prints, is ours and not the kernel's wrapping of it.
  private record Failed(String sentence) {}

  /// Looks like its sentence wherever the kernel takes text from: message, stack trace, frames.
  private static final class CellFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    CellFailed(String sentence) {
      super(sentence);
      setStackTrace(
          new StackTraceElement[] {new StackTraceElement("blindread", "cell", sentence, -1)});
    }

    @Override
    public void printStackTrace(PrintWriter out) {
      out.println(getMessage());
    }
  }

  private static @Nullable Object value(Magic magic, Cell cell) {
    try {
      return run(magic, cell);
    } catch (CellFailure e) {
      return new Failed(String.valueOf(e.getMessage()));
    }
  }

  /// A magic has no value: null is the kernel's word for that.
  private static @Nullable Object run(Magic magic, Cell cell) {
    Magics.run(magic, cell);
    return null;
  }

  private static <T> void register(Renderer renderer, Display<T> display) {
    renderer
        .createRegistration(display.type())
        .preferring(Bundle.TEXT, Bundle.HTML, Bundle.PNG)
        .register(
            (value, context) ->
                display.bundle(value).data().forEach(context.getOutputContainer()::putData));
  }

  /// The kernel as a host.
  private record Kernel(BaseKernel kernel) implements Host {
    @Override
    public Optional<Object> evaluate(String code) {
      try {
        return Optional.ofNullable(kernel.evalRaw(code));
      } catch (RuntimeException e) {
        throw new CellFailure(why(e), e);
      }
    }

    private String why(RuntimeException e) {
      try {
        return KernelParts.call(kernel, "formatError", Throwable.class, e)
            .map(lines -> KernelParts.sentence((List<?>) lines))
            .orElse(String.valueOf(e.getMessage()));
      } catch (Exception _) {
        return String.valueOf(e.getMessage());
      }
    }

    @Override
    public void show(Bundle bundle) {
      kernel.getIO().display.display(data(bundle));
    }

    @Override
    public void show(String id, Bundle bundle) {
      DisplayData data = data(bundle);
      data.putTransientData("display_id", id);
      kernel.getIO().display.display(data);
    }

    @Override
    public void update(String id, Bundle bundle) {
      DisplayData data = data(bundle);
      data.putTransientData("display_id", id);
      kernel.getIO().display.updateDisplay(data);
    }

    private static DisplayData data(Bundle bundle) {
      DisplayData data = new DisplayData();
      bundle.data().forEach(data::putData);
      return data;
    }
  }
}
