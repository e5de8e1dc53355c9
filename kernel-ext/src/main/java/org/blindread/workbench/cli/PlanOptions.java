package org.blindread.workbench.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.blindread.mpc.compile.Compiled;
import org.blindread.mpc.protocol.Knob;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.protocol.Protocol;
import org.blindread.mpc.protocol.Reveal;
import org.blindread.mpc.protocol.Terms;
import org.blindread.mpc.run.Protocols;
import org.blindread.workbench.PlanTable;
import org.blindread.workbench.Progress;
import org.blindread.workbench.ProgressSink;
import org.blindread.workbench.VendorModel;
import org.blindread.workbench.WorkbenchException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What is planned: a model and how it would be computed. The command line and the cells of a
/// notebook share it.
public final class PlanOptions {
  @Parameters(arity = "0..1", paramLabel = "M.onnx", description = "An ONNX file, or builtin:NAME.")
  private Optional<String> model = Optional.empty();

  @Option(names = "--model", paramLabel = "M.onnx", description = "The same, by name.")
  private Optional<String> named = Optional.empty();

  @Option(
      names = "--card",
      paramLabel = "C.json",
      description = "The model's card, if not beside it.")
  private Optional<Path> card = Optional.empty();

  @Option(names = "--protocol", paramLabel = "NAME", description = "Default: 3pc.")
  private String protocol = "3pc";

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = "faithful or fast. Default: faithful.")
  private String mode = "faithful";

  @Mixin private KnobOption knobs = new KnobOption();

  @Option(
      names = "--images",
      paramLabel = "N",
      description =
          "How many images the run will have, where a protocol's parameters depend on that."
              + " Default: 1.")
  private int images = 1;

  @Mixin private NumberOptions numbers = new NumberOptions();

  /// Options as yet unset.
  public PlanOptions() {}

  /// A model and its plan.
  ///
  /// @param model the vendor's
  /// @param compiled plan and weights
  /// @param table what the plan costs
  public record Planned(VendorModel model, Compiled compiled, PlanTable table) {}

  /// Compiles the model and adds up what its plan costs.
  ///
  /// @throws Exception a checked exception of model, compiler or workbench
  public Planned plan(ProgressSink sink) throws Exception {
    if (model.isPresent() == named.isPresent()) {
      throw new WorkbenchException("say which model is planned, once: M.onnx or --model M.onnx");
    }
    if (images < 1) {
      throw new WorkbenchException("--images must be at least 1, not " + images);
    }
    Map<String, String> chosen = knobs.chosen();
    Protocol found;
    Mode parsed;
    try {
      found = Protocols.of(protocol);
      parsed = Mode.parse(mode);
      Knob.check(found, chosen);
    } catch (IllegalArgumentException e) {
      throw new WorkbenchException(String.valueOf(e.getMessage()), e);
    }
    VendorModel loaded = VendorModel.load(model.or(() -> named).orElseThrow(), card, sink);
    Compiled compiled;
    try (Progress progress = Progress.of(sink, "plans", 1)) {
      progress.tell("ranges and layers");
      compiled = numbers.precision(loaded).compile(loaded);
      progress.step("");
    }
    // What an output costs depends on who learns it; the table shows the usual case.
    Terms terms = new Terms(compiled.plan().numbers(), parsed, Reveal.HOSPITAL, images, chosen);
    return new Planned(
        loaded, compiled, PlanTable.of(loaded.card().open().name(), compiled, found, terms));
  }
}
