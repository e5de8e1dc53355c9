package org.blindread.jupyter.magic;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.blindread.jupyter.Cell;
import org.blindread.jupyter.CellFailure;
import org.blindread.jupyter.CellProgress;
import org.blindread.mpc.protocol.Reveal;
import org.blindread.workbench.Outcome;
import org.blindread.workbench.RunReport;
import org.blindread.workbench.Scores;
import org.blindread.workbench.SecureRun;
import org.blindread.workbench.Task;
import org.blindread.workbench.ThreatCard;
import org.blindread.workbench.VendorModel;
import org.blindread.workbench.cli.ReadOptions;
import org.blindread.workbench.cli.RunOrder;

/// What every cell does that lets a model read images: run its Java, find the images, run the
/// order, keep and show the outcome.
final class ReadingCell {
  private ReadingCell() {}

  /// Runs an order.
  ///
  /// @param out the variable that gets the outcome, if any
  static void run(Cell cell, RunOrder order, Optional<String> out) throws Exception {
    out.ifPresent(Cell::checkName);
    ReadOptions read = order.read();
    Optional<Object> made = cell.evaluateBody();
    Optional<Object> images =
        read.builtin() && read.cohort().isEmpty()
            ? Optional.empty()
            : GivenImages.find(cell, read.cohort(), made);
    order.check(images.isPresent());
    Optional<SecureRun.Setting> secure = order.setting();
    CellProgress progress = new CellProgress(cell.host());
    VendorModel model = read.load(progress);
    String how = order.engine().or(order::protocol).orElseThrow();
    Path folder = RunFolder.fresh(how);
    Optional<String> cohort = Optional.empty();
    if (images.isPresent()) {
      cohort = Optional.of(GivenImages.name(images.get(), folder));
    }
    Path scores = folder.resolve("scores.csv");
    Task task =
        new Task(
            model,
            read.worklist(model, read.cohort(model, cohort)),
            read.listed(cohort),
            scores,
            false,
            read.lanes(),
            progress);
    RunReport report = order.run(task, secure);
    report.write(folder.resolve("run.json"));
    Optional<String> card =
        secure.map(
            setting -> ThreatCard.text(setting.protocol(), setting.mode(), setting.reveal()));
    if (card.isPresent()) {
      Files.writeString(folder.resolve("threat-card.txt"), card.get() + "\n");
    }
    boolean hidden = secure.map(SecureRun.Setting::reveal).equals(Optional.of(Reveal.NONE));
    Outcome outcome =
        new Outcome(
            model.card().open().name() + ", " + how,
            hidden ? new Scores(model.card().findings(), List.of()) : Scores.read(scores),
            report,
            card,
            cohort,
            folder);
    if (out.isPresent()) {
      cell.bind(out.get(), Outcome.class, outcome);
    }
    cell.show(outcome);
    if (!report.twin().map(order::mayBeBelieved).orElse(true)) {
      throw new CellFailure(
          report.twin().get() + "; do not use these scores, and please report this");
    }
  }
}
