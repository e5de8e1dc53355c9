package org.blindread.workbench.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.blindread.data.Cohort;
import org.blindread.mpc.compile.RangeAnalysis;
import org.blindread.workbench.CalibrationRun;
import org.blindread.workbench.ModelCard;
import org.blindread.workbench.VendorModel;
import org.blindread.workbench.WorkbenchException;
import org.blindread.workbench.Worklist;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `calibrate`: measures the ranges of a model on the vendor's images.
@Command(
    name = "calibrate",
    description =
        "Measures a model's ranges on images of the vendor and writes them into its card.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./blindread calibrate --model M.onnx --manifest training.csv",
      "  ./blindread calibrate --model M.onnx --manifest training.csv --images 64 --out C.json",
      "",
      "At least 32 images. The ranges are private to the vendor: they are never exported."
    })
final class CalibrateCommand implements Callable<Integer> {
  @Option(names = "--model", required = true, paramLabel = "M.onnx", description = "An ONNX file.")
  private String model = "";

  @Option(
      names = "--card",
      paramLabel = "C.json",
      description = "The model's card, if not beside it.")
  private Optional<Path> card = Optional.empty();

  @Option(
      names = "--manifest",
      required = true,
      paramLabel = "M.csv",
      description = "Images like those the model was trained on.")
  private Path manifest = Path.of("");

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "Only the first N images, at least 32. Default: all.")
  private Optional<Integer> images = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "CARD.json",
      description = "Where the card with ranges goes. Default: the card itself.")
  private Optional<Path> out = Optional.empty();

  @Spec private CommandSpec spec;

  /// For picocli.
  CalibrateCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    VendorModel loaded = VendorModel.load(model, card);
    Path target = out.orElse(loaded.cardFile().orElseThrow(() -> noCard(model)));
    if ((Files.exists(target) && !Files.isWritable(target))
        || !Files.isWritable(target.toAbsolutePath().getParent())) {
      throw new WorkbenchException(
          target
              + " cannot be written; name a copy with --out CARD.json and give it to run --card");
    }
    Worklist worklist =
        Worklist.of(
            Cohort.read(manifest),
            loaded.card().input(),
            images.isPresent() ? OptionalInt.of(images.get()) : OptionalInt.empty());
    if (worklist.size() < RangeAnalysis.IMAGES) {
      throw new WorkbenchException(
          "ranges come from at least %d images, not %d; add rows to %s"
              .formatted(RangeAnalysis.IMAGES, worklist.size(), manifest));
    }
    ModelCard calibrated = CalibrationRun.run(loaded, worklist);
    calibrated.write(target);
    PrintWriter console = spec.commandLine().getOut();
    console.println(
        "ranges of %d values on %d images: %s"
            .formatted(calibrated.ranges().values().size(), worklist.size(), target));
    console.flush();
    return 0;
  }

  private static WorkbenchException noCard(String model) {
    return new WorkbenchException(model + " is built in; its ranges are measured when it is run");
  }
}
