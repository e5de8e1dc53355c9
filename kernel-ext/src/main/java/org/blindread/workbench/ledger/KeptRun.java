package org.blindread.workbench.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.blindread.data.Cohort;
import org.blindread.data.DatasetException;
import org.blindread.workbench.Cohorts;
import org.blindread.workbench.ImageLog;
import org.blindread.workbench.PrivateFolder;
import org.blindread.workbench.ReportParts;
import org.blindread.workbench.RunIdentity;
import org.blindread.workbench.RunReport;
import org.blindread.workbench.SavedReport;
import org.blindread.workbench.ScoreRow;
import org.blindread.workbench.Scores;
import org.blindread.workbench.Task;
import org.blindread.workbench.WorkbenchException;
import org.blindread.workbench.Worklist;

/// A run that a folder keeps: an image whose score is there is not read again, and what is missing,
/// because a call was stopped or now wants more images, is read by one more [Part]. So the same
/// call gives the same scores however often it was interrupted.
///
/// Each part is a run of its own with a name and randomness of its own; a stopped one goes on under
/// its name, by the rules of `--resume`.
///
/// @param folder where it lies; `scores.csv`, `run.json` and the log of the images last asked for
///   are there
public record KeptRun(Path folder) {
  /// Reads images.
  public interface Reader {
    /// Runs a task to its end.
    ///
    /// @param stopped told what a run took that does not end
    RunReport read(Task task, Consumer<RunReport> stopped) throws Exception;
  }

  /// Reads what is not there yet.
  ///
  /// @param wanted model and images; its `out` and `resume` do not count
  /// @param cohort the images; empty for a builtin model's seeded ones
  /// @param identity what must not change from call to call
  /// @return what all parts took together
  /// @throws WorkbenchException if the folder keeps a run of another identity
  /// @throws Exception what the reader throws; what was read stays
  public SavedReport complete(
      Task wanted, Optional<Cohort> cohort, RunIdentity identity, Reader reader) throws Exception {
    Path place = PrivateFolder.make(folder.resolve("parts"));
    identity.settle(scoresFile(), true);
    List<Part> parts = new ArrayList<>(Part.in(place));
    if (parts.isEmpty()) {
      parts.add(
          begun(new Part(place, 1), new Part.Extent(wanted.manifest(), wanted.worklist().size())));
    }
    if (!parts.getLast().whole()) {
      read(parts.getLast(), wanted, cohort, reader);
    }
    Optional<Cohort> rest = rest(wanted, cohort, parts);
    if (rest.isPresent()) {
      Path manifest = copy(rest.get());
      Part more =
          begun(
              parts.getLast().next(),
              new Part.Extent(manifest.toAbsolutePath().toString(), rest.get().size()));
      read(more, wanted, rest, reader);
      parts.add(more);
    }
    SavedReport report = together(parts).ofImages(wanted.worklist().sha256());
    Scores scores = all(wanted, parts);
    if (!scores.rows().isEmpty()) {
      scores.of(names(wanted.worklist())).write(scoresFile());
    }
    log().gather(parts.stream().map(Part::log).toList(), Set.copyOf(names(wanted.worklist())));
    Files.writeString(folder.resolve("run.json"), report.toJson() + "\n");
    return report;
  }

  /// A manifest that lists a part of a cohort, kept here for the parties that read by it.
  public Path copy(Cohort cohort) throws DatasetException, IOException {
    return CohortCopy.manifest(
        cohort, folder.resolve("images-" + cohort.sha256().substring(0, 12)));
  }

  /// Where it stands what each of the images last asked for took.
  public ImageLog log() {
    return ImageLog.in(folder);
  }

  /// Where the scores of the images last asked for lie.
  public Path scoresFile() {
    return folder.resolve("scores.csv");
  }

  /// The scores of the images last asked for; none where nobody learns them.
  public Scores scores(List<String> findings) throws WorkbenchException {
    return Files.exists(scoresFile()) ? Scores.read(scoresFile()) : new Scores(findings, List.of());
  }

  private static Part begun(Part part, Part.Extent extent) throws IOException {
    part.begin(extent);
    return part;
  }

  private static void read(Part part, Task wanted, Optional<Cohort> cohort, Reader reader)
      throws Exception {
    Part.Extent extent = part.extent();
    boolean begun = Files.exists(RunIdentity.pathFor(part.scores()));
    Task task =
        new Task(
            wanted.model(),
            worklist(extent, wanted, cohort),
            extent.place(),
            part.scores(),
            begun,
            wanted.lanes(),
            wanted.progress());
    ReportParts kept = ReportParts.beside(part.report());
    String report = kept.with(reader.read(task, kept::keep).toJson());
    Files.writeString(part.report(), report + "\n");
    kept.remove();
  }

  private static Worklist worklist(Part.Extent extent, Task wanted, Optional<Cohort> cohort)
      throws DatasetException, WorkbenchException {
    if (extent.equals(new Part.Extent(wanted.manifest(), wanted.worklist().size()))) {
      return wanted.worklist();
    }
    if (cohort.isEmpty()) {
      throw other(extent);
    }
    return Worklist.of(
        Cohorts.read(extent.place(), wanted.model().card().findings()),
        wanted.model().card().input(),
        OptionalInt.of(extent.images()));
  }

  private static WorkbenchException other(Part.Extent extent) {
    return new WorkbenchException(
        "the kept run read %d images of %s; keep other ones in another folder"
            .formatted(extent.images(), extent.place()));
  }

  /// The wanted images that no part reads.
  private static Optional<Cohort> rest(Task wanted, Optional<Cohort> cohort, List<Part> parts)
      throws Exception {
    Set<String> missing = new HashSet<>(names(wanted.worklist()));
    for (Part part : parts) {
      names(worklist(part.extent(), wanted, cohort)).forEach(missing::remove);
    }
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    if (cohort.isEmpty()) {
      throw other(parts.getFirst().extent());
    }
    return Optional.of(cohort.get().where(study -> missing.contains(study.image())));
  }

  private static List<String> names(Worklist worklist) {
    return worklist.items().stream().map(Worklist.Item::image).toList();
  }

  private static SavedReport together(List<Part> parts) throws IOException {
    SavedReport report = parts.getFirst().saved();
    for (Part part : parts.subList(1, parts.size())) {
      report = report.and(part.saved());
    }
    return report;
  }

  /// The scores of all parts; none where nobody learns them.
  private static Scores all(Task wanted, List<Part> parts) throws WorkbenchException {
    List<ScoreRow> rows = new ArrayList<>();
    for (Part part : parts) {
      if (Files.exists(part.scores())) {
        rows.addAll(Scores.read(part.scores()).rows());
      }
    }
    return new Scores(wanted.model().card().findings(), rows);
  }
}
