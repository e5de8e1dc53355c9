package org.blindread.jupyter.magic;

import java.util.Optional;
import org.blindread.jupyter.Cell;
import org.blindread.jupyter.CellFailure;
import org.blindread.jupyter.Magic;
import org.blindread.workbench.cli.EngineOption;
import org.blindread.workbench.cli.NumberOptions;
import org.blindread.workbench.cli.PartyOptions;
import org.blindread.workbench.cli.ProtocolOption;
import org.blindread.workbench.cli.ReadOptions;
import org.blindread.workbench.cli.RunOrder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `%%plaintext`: a model reads images in the clear.
public final class PlaintextMagic implements Magic {
  /// For `ServiceLoader`.
  public PlaintextMagic() {}

  /// The words.
  @Command(
      name = "%%plaintext",
      description = "A model reads images in the clear: floating point, or the fixed-point twin.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  %%%%plaintext --model M.onnx --cohort images.csv --out plain",
        "  %%%%plaintext --model M.onnx --cohort images.csv --protocol plain --out twin",
        "",
        "  %%%%plaintext --model M.onnx --cohort images --out plain",
        "  var images = List.of(EmbeddedCohort.studies().getFirst().render());",
        "",
        "Without --engine and --protocol: onnxruntime for a file, reference for a builtin model."
      })
  static final class Options {
    @Mixin private ReadOptions read = new ReadOptions();
    @Mixin private EngineOption engine = new EngineOption();
    @Mixin private ProtocolOption protocol = new ProtocolOption();
    @Mixin private NumberOptions numbers = new NumberOptions();

    @Mixin private OutcomeOptions outcome = new OutcomeOptions();
  }

  @Override
  public String name() {
    return "plaintext";
  }

  @Override
  public Place place() {
    return Place.CELL;
  }

  @Override
  public void run(Cell cell) throws Exception {
    Options options = new Options();
    if (!Words.fill("%%plaintext", options, cell)) {
      return;
    }
    Optional<String> protocol = options.protocol.name();
    if (protocol.isPresent() && !protocol.get().equals("plain")) {
      throw new CellFailure(
          "%s is not in the clear; use %%%%secure --protocol %s"
              .formatted(protocol.get(), protocol.get()));
    }
    Optional<String> engine =
        options
            .engine
            .name()
            .or(
                () ->
                    protocol.isPresent()
                        ? Optional.empty()
                        : Optional.of(options.read.builtin() ? "reference" : "onnxruntime"));
    ReadingCell.run(
        cell,
        new RunOrder(options.read, engine, protocol, new PartyOptions(), options.numbers),
        options.outcome);
  }
}
