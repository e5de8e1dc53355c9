package org.blindread.jupyter.magic;

import java.util.Optional;
import org.blindread.jupyter.Cell;
import org.blindread.jupyter.CellFailure;
import org.blindread.jupyter.Magic;
import org.blindread.workbench.cli.NumberOptions;
import org.blindread.workbench.cli.PartyOptions;
import org.blindread.workbench.cli.ProtocolOption;
import org.blindread.workbench.cli.ReadOptions;
import org.blindread.workbench.cli.RunOrder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `%%secure`: a model reads images blind.
public final class SecureMagic implements Magic {
  /// For `ServiceLoader`.
  public SecureMagic() {}

  /// The words.
  @Command(
      name = "%%secure",
      description = "A model reads images blind: parties compute on shares.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  %%%%secure --model M.onnx --cohort images.csv --protocol 3pc --reveal hospital --out blind",
        "",
        "  %%%%secure --model M.onnx --cohort images --protocol 3pc --reveal hospital --out blind",
        "  var images = List.of(EmbeddedCohort.studies().getFirst().render());",
        "",
        "The Java below runs first. --cohort takes a file or a variable; without it the value of",
        "the last line is read. $name stands for a variable's text or number. Scores, report and",
        "threat card are kept under runs/notebook."
      })
  static final class Options {
    @Mixin private ReadOptions read = new ReadOptions();
    @Mixin private ProtocolOption protocol = new ProtocolOption();
    @Mixin private PartyOptions parties = new PartyOptions();
    @Mixin private NumberOptions numbers = new NumberOptions();

    @Mixin private OutcomeOptions outcome = new OutcomeOptions();
  }

  @Override
  public String name() {
    return "secure";
  }

  @Override
  public Place place() {
    return Place.CELL;
  }

  @Override
  public void run(Cell cell) throws Exception {
    Options options = new Options();
    if (!Words.fill("%%secure", options, cell)) {
      return;
    }
    if (options.protocol.name().isEmpty()) {
      throw new CellFailure("say by which protocol: --protocol 3pc (%protocols lists them)");
    }
    RunOrder order =
        new RunOrder(
            options.read,
            Optional.empty(),
            options.protocol.name(),
            options.parties,
            options.numbers);
    if (order.setting().isEmpty()) {
      throw new CellFailure("plain is not secure; use %%plaintext --protocol plain");
    }
    ReadingCell.run(cell, order, options.outcome);
  }
}
