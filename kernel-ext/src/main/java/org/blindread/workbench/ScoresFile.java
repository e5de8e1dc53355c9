package org.blindread.workbench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A file of scores being written: one row an image, in the file as soon as it is appended, so that
/// a run that was stopped goes on where it stood. One run writes it at a time. Only its owner may
/// read it: its rows name patients.
public final class ScoresFile implements AutoCloseable {
  private final AppendOnly out;
  private final int findings;
  private final Set<String> done;

  private ScoresFile(AppendOnly out, int findings, Set<String> done) {
    this.out = out;
    this.findings = findings;
    this.done = done;
  }

  /// Begins a new file.
  ///
  /// @throws WorkbenchException if the file exists or cannot be written
  public static ScoresFile create(Path file, List<String> findings) throws WorkbenchException {
    AppendOnly out = AppendOnly.create(file, true);
    out.append(bytes(Scores.header(findings)));
    return new ScoresFile(out, findings.size(), new LinkedHashSet<>());
  }

  /// Goes on with a file, or begins it if there is none. A last line without its end, left by a
  /// killed run, is cut off.
  ///
  /// @throws WorkbenchException if the file holds other columns or is damaged
  public static ScoresFile resume(Path file, List<String> findings) throws WorkbenchException {
    if (!Files.exists(file)) {
      return create(file, findings);
    }
    AppendOnly out = AppendOnly.resume(file, true);
    try {
      byte[] text = out.contents();
      byte[] header = bytes(Scores.header(findings));
      checkHeader(file, text, header);
      int whole = wholeLines(text);
      out.cut(whole);
      Set<String> done = new LinkedHashSet<>();
      if (whole == 0) {
        out.append(header);
      } else {
        Scores.parse(file.toString(), new String(text, 0, whole, StandardCharsets.UTF_8))
            .rows()
            .forEach(row -> done.add(row.image()));
      }
      return new ScoresFile(out, findings.size(), done);
    } catch (WorkbenchException e) {
      out.close();
      throw e;
    }
  }

  private static void checkHeader(Path file, byte[] text, byte[] header) throws WorkbenchException {
    int common = Math.min(text.length, header.length);
    if (!Arrays.equals(text, 0, common, header, 0, common)) {
      throw new WorkbenchException(
          "%s was not written by such a run: its header must be %s; name another file"
              .formatted(file, new String(header, StandardCharsets.UTF_8).strip()));
    }
  }

  /// Length up to the last line end. Cells hold no line ends, so that is the end of a row.
  private static int wholeLines(byte[] text) {
    int end = text.length;
    while (end > 0 && text[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private static byte[] bytes(String line) {
    return (line + "\n").getBytes(StandardCharsets.UTF_8);
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
    out.append(bytes(Scores.line(row)));
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
