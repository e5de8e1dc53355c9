package org.blindread.jupyter.magic;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.blindread.data.Cohort;
import org.blindread.jupyter.Cell;
import org.blindread.jupyter.CellFailure;
import org.blindread.jupyter.CellProgress;
import org.blindread.workbench.ImageLog;
import org.blindread.workbench.Outcome;
import org.blindread.workbench.SavedReport;
import org.blindread.workbench.SecureRun;
import org.blindread.workbench.Task;
import org.blindread.workbench.TwinCheck;
import org.blindread.workbench.VendorModel;
import org.blindread.workbench.cli.ReadOptions;
import org.blindread.workbench.cli.RunOrder;
import org.blindread.workbench.ledger.KeptRun;
import org.blindread.workbench.ledger.Ledger;

/// What every cell does that lets a model read images: run its Java, find the images, read what is
/// not read yet, record and show the outcome.
final class ReadingCell {
  private ReadingCell() {}

  /// Runs an order.
  static void run(Cell cell, RunOrder order, OutcomeOptions options) throws Exception {
    options.out().ifPresent(Cell::checkName);
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
    KeptRun kept =
        new KeptRun(options.keep().isPresent() ? options.keep().get() : RunFolder.fresh(how));
    Optional<String> place =
        images.isPresent() ? Optional.of(GivenImages.name(images.get(), kept)) : Optional.empty();
    Optional<Cohort> cohort = read.cohort(model, place);
    Task wanted =
        new Task(
            model,
            read.worklist(model, cohort),
            read.listed(place),
            kept.scoresFile(),
            true,
            read.lanes(),
            progress);
    SavedReport report =
        kept.complete(
            wanted,
            cohort,
            order.identity(model, secure),
            (task, stopped) -> order.run(task, secure, stopped));
    Optional<String> card = secure.map(SecureRun.Setting::threatCard);
    if (card.isPresent()) {
      Files.writeString(kept.folder().resolve("threat-card.txt"), card.get() + "\n");
    }
    Outcome outcome =
        new Outcome(
            model.card().open().name() + ", " + how,
            kept.scores(model.card().findings()),
            report,
            card,
            place,
            kept.folder());
    record(outcome, kept.log());
    if (options.out().isPresent()) {
      cell.bind(options.out().get(), Outcome.class, outcome);
    }
    cell.show(outcome);
    Optional<TwinCheck> twin = report.twin();
    if (twin.isPresent() && !order.mayBeBelieved(twin.get())) {
      throw new CellFailure(twin.get() + "; do not use these scores, and please report this");
    }
  }

  /// Into the ledger beside the run's folder.
  private static void record(Outcome outcome, ImageLog log) throws Exception {
    Path beside =
        Optional.ofNullable(outcome.folder().toAbsolutePath().normalize().getParent())
            .orElseThrow(() -> new CellFailure("--keep names a folder below another"));
    try (Ledger ledger = Ledger.open(beside)) {
      ledger.record(outcome, log);
    }
  }
}
