package org.blindread.workbench.cli;

import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.blindread.mpc.compile.CompileException;
import org.blindread.mpc.compile.Compiled;
import org.blindread.mpc.plan.PlanText;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.protocol.Protocol;
import org.blindread.mpc.protocol.Reveal;
import org.blindread.mpc.protocol.Terms;
import org.blindread.mpc.run.Protocols;
import org.blindread.workbench.ModelCard;
import org.blindread.workbench.PlanTable;
import org.blindread.workbench.Progress;
import org.blindread.workbench.VendorModel;
import org.blindread.workbench.WorkbenchException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `plan`: what a model costs before anything runs, and the plan for the other parties.
@Command(
    name = "plan",
    description = "Layers with shapes, ranges, scale, bytes and rounds; exports the plan.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./blindread plan M.onnx",
      "  ./blindread plan M.onnx --bits 32 --scale 11",
      "  ./blindread plan M.onnx --export M.plan     (and M.public.json beside it)",
      "",
      "The other parties of a study get M.plan and M.public.json, nothing else of the model."
    })
final class PlanCommand implements Callable<Integer> {
  @Parameters(paramLabel = "M.onnx", description = "An ONNX file, or builtin:NAME.")
  private String model = "";

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

  @Mixin private NumberOptions numbers = new NumberOptions();

  @Option(
      names = "--export",
      paramLabel = "M.plan",
      description = "Write the plan, and the public part of the card beside it.")
  private Optional<Path> export = Optional.empty();

  @Spec private CommandSpec spec;

  /// For picocli.
  PlanCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    Protocol found;
    Mode parsed;
    try {
      found = Protocols.of(protocol);
      parsed = Mode.parse(mode);
    } catch (IllegalArgumentException e) {
      throw new WorkbenchException(String.valueOf(e.getMessage()), e);
    }
    VendorModel loaded = VendorModel.load(model, card);
    Compiled compiled = compiled(loaded);
    // What an output costs depends on who learns it; the table shows the usual case.
    Terms terms = new Terms(compiled.plan().numbers(), parsed, Reveal.HOSPITAL);
    PrintWriter console = spec.commandLine().getOut();
    console.println(PlanTable.text(compiled, found, terms));
    if (export.isPresent()) {
      Path open = publicCard(export.get());
      write(export.get(), PlanText.print(compiled.plan()));
      write(open, loaded.card().open().toJson());
      console.println("plan: %s, public card: %s".formatted(export.get(), open));
    }
    console.flush();
    return 0;
  }

  private Compiled compiled(VendorModel loaded) throws CompileException, WorkbenchException {
    try (Progress progress = Progress.of("plans", 1)) {
      progress.tell("ranges and layers");
      Compiled compiled = numbers.precision(loaded).compile(loaded);
      progress.step("");
      return compiled;
    }
  }

  private static Path publicCard(Path plan) {
    String card = String.valueOf(ModelCard.pathFor(plan).getFileName());
    return plan.resolveSibling(card.replaceAll("\\.json$", ".public.json"));
  }

  private static void write(Path file, String text) throws Exception {
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      if (!Files.readString(file).equals(text)) {
        throw new WorkbenchException(
            file + " exists already and differs; name another --export, or remove it", e);
      }
    }
  }
}
