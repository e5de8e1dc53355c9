package org.blindread.jupyter.ijava;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blindread.jupyter.Bundle;
import org.blindread.jupyter.Cell;
import org.blindread.jupyter.CellFailure;
import org.blindread.jupyter.Display;
import org.blindread.jupyter.Displays;
import org.blindread.jupyter.Host;
import org.blindread.jupyter.KernelParts;
import org.blindread.jupyter.Magic;
import org.blindread.jupyter.Orphan;
import org.blindread.jupyter.interrupt.StoppableCells;
import org.jspecify.annotations.Nullable;

/// Blindread in the kernel IJava, installed by [Serving].
///
/// IJava's own classes are in no library: what is wanted of them is found by name.
final class IJavaExtension {
  private IJavaExtension() {}

  /// Installs magics and displays.
  ///
  /// @param kernel IJava's `JavaKernel`, before its first cell
  static void install(BaseKernel kernel) {
    Magics registry =
        KernelParts.part(kernel, "magics")
            .map(Magics.class::cast)
            .orElseThrow(() -> new IllegalStateException("this kernel is not IJava 1.3.0"));
    Orphan.watch();
    Host host = new Kernel(kernel);
    for (Magic magic : org.blindread.jupyter.Magics.all()) {
      switch (magic.place()) {
        case CELL ->
            registry.registerCellMagic(
                magic.name(),
                (List<String> arguments, String body) ->
                    run(magic, new Cell(host, arguments, body)));
        case LINE ->
            registry.registerLineMagic(
                magic.name(),
                (List<String> arguments) -> run(magic, new Cell(host, arguments, "")));
      }
    }
    KernelParts.part(kernel, "magicsTransformer")
        .flatMap(transformer -> KernelParts.part(transformer, "parser"))
        .ifPresent(KernelParts::acceptCellsWithoutBody);
    KernelParts.part(kernel, "evaluator")
        .flatMap(evaluator -> KernelParts.part(evaluator, "executionControlProvider"))
        .flatMap(provider -> KernelParts.part(provider, "controllers"))
        .ifPresent(controls -> ((Map<?, ?>) controls).values().forEach(StoppableCells::in));
    Displays.all().forEach(display -> register(kernel.getRenderer(), display));
  }

  /// A magic has no value: null is the kernel's word for that. The kernel's reply to a failed cell
  /// holds nothing but its own frames; what a cell prints reaches a headless run, too.
  private static @Nullable Object run(Magic magic, Cell cell) {
    try {
      org.blindread.jupyter.Magics.run(magic, cell);
      return null;
    } catch (CellFailure e) {
      System.err.println(e.getMessage());
      throw e;
    }
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
        return KernelParts.call(kernel, "evalRaw", String.class, code);
      } catch (Exception e) {
        throw new CellFailure(KernelParts.sentence(kernel.formatError(e)), e);
      }
    }

    @Override
    public void show(Bundle bundle) {
      kernel.getIO().display.display(data(bundle));
    }

    @Override
    public void show(String id, Bundle bundle) {
      DisplayData data = data(bundle);
      data.setDisplayId(id);
      kernel.getIO().display.display(data);
    }

    @Override
    public void update(String id, Bundle bundle) {
      DisplayData data = data(bundle);
      data.setDisplayId(id);
      kernel.getIO().display.updateDisplay(data);
    }

    private static DisplayData data(Bundle bundle) {
      DisplayData data = new DisplayData();
      bundle.data().forEach(data::putData);
      return data;
    }
  }
}
