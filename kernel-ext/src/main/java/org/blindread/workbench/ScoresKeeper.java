package org.blindread.workbench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.run.ImageRecord;
import org.blindread.mpc.run.Reading;

/// Writes the scores a party learns as csv, a row when its image is done. Thread-safe.
public final class ScoresKeeper implements Keeper {
  private final Plan plan;
  private final Worklist worklist;
  private final ScoresFile file;

  private ScoresKeeper(Plan plan, Worklist worklist, ScoresFile file) {
    this.plan = plan;
    this.worklist = worklist;
    this.file = file;
  }

  /// Opens the file.
  ///
  /// @param resume whether an existing file is gone on with instead of refused
  /// @throws WorkbenchException if the file cannot be written, or holds other scores
  public static ScoresKeeper open(
      Path file, List<String> findings, Plan plan, Worklist worklist, boolean resume)
      throws WorkbenchException {
    return new ScoresKeeper(
        plan,
        worklist,
        resume ? ScoresFile.resume(file, findings) : ScoresFile.create(file, findings));
  }

  @Override
  public synchronized BitSet done() {
    return numbers(worklist, file.done());
  }

  /// The numbers of images named.
  static BitSet numbers(Worklist worklist, Set<String> images) {
    BitSet numbers = new BitSet();
    for (int i = 0; i < worklist.size(); i++) {
      numbers.set(i, images.contains(worklist.items().get(i).image()));
    }
    return numbers;
  }

  @Override
  public void step(long image, int step, int steps, String layer) {}

  @Override
  public void done(ImageRecord record) {
    Reading.elements(plan, record.opened()).ifPresent(all -> keep(record.image(), all));
  }

  /// Keeps an image's scores, unless they are kept already.
  ///
  /// @param elements as [Reading#elements] gives them
  public synchronized void keep(long image, long[] elements) {
    ScoreRow row = worklist.row(image, Reading.scores(plan, elements));
    if (file.done().contains(row.image())) {
      return; // a peer lost its copy; the result is the same
    }
    try {
      file.append(row);
    } catch (WorkbenchException e) {
      throw new UncheckedIOException(new IOException(e.getMessage(), e));
    }
  }

  @Override
  public synchronized void close() throws WorkbenchException {
    file.close();
  }
}
