package org.blindread.workbench.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.blindread.data.Cohort;
import org.blindread.data.DatasetException;
import org.blindread.workbench.Cohorts;
import org.blindread.workbench.ProgressSink;
import org.blindread.workbench.VendorModel;
import org.blindread.workbench.WorkbenchException;
import org.blindread.workbench.Worklist;
import picocli.CommandLine.Option;

/// What is read: a model and images. The command line and the cells of a notebook share it.
public final class ReadOptions {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "M.onnx",
      description = "An ONNX file, or builtin:NAME such as builtin:densenet121@224.")
  private String model = "";

  @Option(
      names = "--card",
      paramLabel = "C.json",
      description = "The model's card, if not beside it.")
  private Optional<Path> card = Optional.empty();

  @Option(
      names = {"--cohort", "--manifest"},
      paramLabel = "M.csv",
      description =
          "The images: a manifest, or embedded for the synthetic cohort; in a notebook also a"
              + " variable that holds them. Not needed for builtin models, which read seeded"
              + " inputs.")
  private Optional<String> cohort = Optional.empty();

  @Option(names = "--images", paramLabel = "N", description = "Only the first N images.")
  private Optional<Integer> images = Optional.empty();

  @Option(
      names = "--lanes",
      paramLabel = "K",
      description = "How many images are read at once. Default: 1.")
  private int lanes = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the inputs of a builtin model. Default: 1.")
  private long seed = 1;

  /// Options as yet unset.
  public ReadOptions() {}

  public String model() {
    return model;
  }

  /// What was given as images: a name that [Cohorts] knows, or in a notebook a variable's.
  public Optional<String> cohort() {
    return cohort;
  }

  public int lanes() {
    return lanes;
  }

  /// Whether the model is one of those built in, which need no images.
  public boolean builtin() {
    return model.startsWith(VendorModel.BUILTIN);
  }

  /// Refuses what cannot be.
  ///
  /// @param given whether there are images, from wherever
  void check(boolean given) throws WorkbenchException {
    if (builtin() == given) {
      throw new WorkbenchException(
          builtin()
              ? "a builtin model reads seeded inputs (--images, --seed); leave out --cohort"
              : "say which images are read: --cohort images.csv, or --cohort embedded");
    }
    if ((images.isPresent() && images.get() < 1) || lanes < 1 || lanes > 256) {
      throw new WorkbenchException("--images must be at least 1, --lanes 1 to 256");
    }
  }

  /// Loads the model.
  ///
  /// @param progress told how far measuring a builtin model's ranges is
  /// @throws Exception a checked exception of model or workbench
  public VendorModel load(ProgressSink progress) throws Exception {
    return VendorModel.load(model, card, progress);
  }

  /// The cohort of a name, in which the model's findings must hold labels where they exist.
  ///
  /// @param name as [Cohorts] knows it; empty for a builtin model
  /// @throws DatasetException naming file, row and column of up to ten faults
  public Optional<Cohort> cohort(VendorModel loaded, Optional<String> name)
      throws DatasetException {
    return name.isPresent()
        ? Optional.of(Cohorts.read(name.get(), loaded.card().findings()))
        : Optional.empty();
  }

  /// The images to be read.
  ///
  /// @param cohort empty for a builtin model
  /// @throws WorkbenchException if there are fewer images than were asked for
  public Worklist worklist(VendorModel loaded, Optional<Cohort> cohort) throws WorkbenchException {
    return cohort.isPresent()
        ? Worklist.of(
            cohort.get(),
            loaded.card().input(),
            images.isPresent() ? OptionalInt.of(images.get()) : OptionalInt.empty())
        : Worklist.seeded(loaded.image(), seed, images.orElse(1));
  }

  /// How the list of images is named in a run's records.
  public String listed(Optional<String> cohort) {
    return cohort.map(Cohorts::place).orElse(Worklist.SEEDED + seed);
  }
}
