package org.blindread.workbench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// A csv file with a fixed header that grows by whole rows, so that a run that was stopped goes on
/// where it stood. One run writes it at a time. Only its owner may read it: rows name images.
///
/// Cells hold no line ends.
final class GrowingCsv implements AutoCloseable {
  private final AppendOnly out;

  private GrowingCsv(AppendOnly out) {
    this.out = out;
  }

  /// Begins a new file.
  ///
  /// @param header the first line, without its end
  /// @throws WorkbenchException if the file exists or cannot be written
  static GrowingCsv create(Path file, String header) throws WorkbenchException {
    GrowingCsv csv = new GrowingCsv(AppendOnly.create(file, true));
    csv.append(header + "\n");
    return csv;
  }

  /// Goes on with a file, or begins it if there is none. A last line without its end, left by a
  /// killed run, is cut off.
  ///
  /// @throws WorkbenchException if the file has another header
  static GrowingCsv resume(Path file, String header) throws WorkbenchException {
    if (!Files.exists(file)) {
      return create(file, header);
    }
    GrowingCsv csv = new GrowingCsv(AppendOnly.resume(file, true));
    try {
      csv.goOn(file, bytes(header + "\n"));
      return csv;
    } catch (WorkbenchException e) {
      csv.close();
      throw e;
    }
  }

  private void goOn(Path file, byte[] header) throws WorkbenchException {
    byte[] text = out.contents();
    int common = Math.min(text.length, header.length);
    if (!Arrays.equals(text, 0, common, header, 0, common)) {
      throw new WorkbenchException(
          "%s was not written by such a run: its header must be %s; name another file"
              .formatted(file, new String(header, StandardCharsets.UTF_8).strip()));
    }
    int whole = text.length;
    while (whole > 0 && text[whole - 1] != '\n') {
      whole--;
    }
    out.cut(whole);
    if (whole == 0) {
      out.append(header);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// Everything that stands in the file, its header first.
  String text() throws WorkbenchException {
    return new String(out.contents(), StandardCharsets.UTF_8);
  }

  /// Writes rows, each with its line end.
  void append(String rows) throws WorkbenchException {
    out.append(bytes(rows));
  }

  @Override
  public void close() throws WorkbenchException {
    out.close();
  }
}
