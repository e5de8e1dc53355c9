package org.blindread.workbench.cli;

import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.blindread.mpc.plan.PlanText;
import org.blindread.workbench.ConsoleProgress;
import org.blindread.workbench.ModelCard;
import org.blindread.workbench.WorkbenchException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
  @Mixin private PlanOptions options = new PlanOptions();

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
    PlanOptions.Planned planned = options.plan(ConsoleProgress.standard());
    PrintWriter console = spec.commandLine().getOut();
    console.println(planned.table().text());
    if (export.isPresent()) {
      Path open = publicCard(export.get());
      write(export.get(), PlanText.print(planned.compiled().plan()));
      write(open, planned.model().card().open().toJson());
      console.println("plan: %s, public card: %s".formatted(export.get(), open));
    }
    console.flush();
    return 0;
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
