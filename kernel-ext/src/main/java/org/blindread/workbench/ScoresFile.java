package org.blindread.workbench;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A file of scores being written: one row an image, in the file as soon as it is appended, so that
/// a run that was stopped goes on where it stood. One run writes it at a time. Only its owner may
/// read it: its rows name patients.
public final class ScoresFile implements AutoCloseable {
  private final GrowingCsv out;
  private final int findings;
  private final Set<String> done;

  private ScoresFile(GrowingCsv out, int findings, Set<String> done) {
    this.out = out;
    this.findings = findings;
    this.done = done;
  }

  /// Begins a new file.
  ///
  /// @throws WorkbenchException if the file exists or cannot be written
  public static ScoresFile create(Path file, List<String> findings) throws WorkbenchException {
    return new ScoresFile(
        GrowingCsv.create(file, Scores.header(findings)), findings.size(), new LinkedHashSet<>());
  }

  /// Goes on with a file, or begins it if there is none. A last line without its end, left by a
  /// killed run, is cut off.
  ///
  /// @throws WorkbenchException if the file holds other columns or is damaged
  public static ScoresFile resume(Path file, List<String> findings) throws WorkbenchException {
    GrowingCsv out = GrowingCsv.resume(file, Scores.header(findings));
    try {
      Set<String> done = new LinkedHashSet<>();
      Scores.parse(file.toString(), out.text()).rows().forEach(row -> done.add(row.image()));
      return new ScoresFile(out, findings.size(), done);
    } catch (WorkbenchException e) {
      out.close();
      throw e;
    }
  }

  /// Writes one image's scores.
  ///
  /// @throws WorkbenchException if the disk refuses, or a score is not a finite number
  /// @throws IllegalArgumentException if the number of scores is not that of the findings
  /// @throws IllegalStateException if the image has scores already
  public void append(ScoreRow row) throws WorkbenchException {
    if (row.values().length != findings) {
      throw new IllegalArgumentException(
          "%d scores for %d findings".formatted(row.values().length, findings));
    }
    for (double value : row.values()) {
      if (!Double.isFinite(value)) {
        throw new WorkbenchException(
            "the model gives image '" + row.image() + "' a score that is not a finite number");
      }
    }
    if (!done.add(row.image())) {
      throw new IllegalStateException("image '" + row.image() + "' has scores already");
    }
    out.append(Scores.line(row) + "\n");
  }

  /// The images whose scores stand in the file.
  public Set<String> done() {
    return Collections.unmodifiableSet(done);
  }

  @Override
  public void close() throws WorkbenchException {
    out.close();
  }
}
