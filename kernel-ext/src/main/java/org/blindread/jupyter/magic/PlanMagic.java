package org.blindread.jupyter.magic;

import java.util.Optional;
import org.blindread.jupyter.Cell;
import org.blindread.jupyter.CellProgress;
import org.blindread.jupyter.Magic;
import org.blindread.workbench.PlanTable;
import org.blindread.workbench.cli.PlanOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `%%plan`: what a model costs before anything runs.
public final class PlanMagic implements Magic {
  /// For `ServiceLoader`.
  public PlanMagic() {}

  /// The words.
  @Command(
      name = "%%plan",
      description = "Layers with shapes, ranges, scale, bytes and rounds, before anything runs.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  %%%%plan --model M.onnx",
        "  %%%%plan --model builtin:squeezenet1.1@64 --bits 32 --scale 11 --out plan"
      })
  static final class Options {
    @Mixin private PlanOptions plan = new PlanOptions();

    @Option(
        names = "--out",
        paramLabel = "NAME",
        description = "The variable that gets the table, a PlanTable.")
    private Optional<String> out = Optional.empty();
  }

  @Override
  public String name() {
    return "plan";
  }

  @Override
  public Place place() {
    return Place.CELL;
  }

  @Override
  public void run(Cell cell) throws Exception {
    Options options = new Options();
    if (!Words.fill("%%plan", options, cell)) {
      return;
    }
    options.out.ifPresent(Cell::checkName);
    var _ = cell.evaluateBody();
    PlanTable table = options.plan.plan(new CellProgress(cell.host())).table();
    if (options.out.isPresent()) {
      cell.bind(options.out.get(), PlanTable.class, table);
    }
    cell.show(table);
  }
}
