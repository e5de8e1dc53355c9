package org.blindread.workbench.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.blindread.workbench.ImageLog;
import org.blindread.workbench.SavedReport;
import org.blindread.workbench.WorkbenchException;

/// One stretch of a [KeptRun]: images that were begun together, under one run name.
///
/// @param folder of the run's parts
/// @param number from 1
record Part(Path folder, int number) {
  /// What a part reads.
  ///
  /// @param place where the images are listed, as a task names it
  /// @param images the first so many of them
  record Extent(String place, int images) {}

  /// The parts in a folder, in order; the last may not be whole.
  static List<Part> in(Path folder) {
    List<Part> parts = new ArrayList<>();
    for (Part part = new Part(folder, 1); Files.exists(part.extentFile()); part = part.next()) {
      parts.add(part);
    }
    return parts;
  }

  Part next() {
    return new Part(folder, number + 1);
  }

  /// Where its scores are written.
  Path scores() {
    return folder.resolve(number + ".csv");
  }

  /// Where it stands what its images took.
  ImageLog log() {
    return ImageLog.beside(scores());
  }

  /// Where its report stands once it is whole.
  Path report() {
    return folder.resolve(number + ".json");
  }

  private Path extentFile() {
    return folder.resolve(number + ".extent");
  }

  boolean whole() {
    return Files.exists(report());
  }

  /// Writes down what it reads, before it reads.
  void begin(Extent extent) throws IOException {
    Files.writeString(extentFile(), extent.images() + "\n" + extent.place() + "\n");
  }

  /// What it reads.
  Extent extent() throws IOException, WorkbenchException {
    List<String> lines = Files.readAllLines(extentFile());
    if (lines.size() != 2 || !lines.getFirst().matches("[0-9]{1,9}")) {
      throw new WorkbenchException(
          extentFile() + " is damaged; remove the folder above it, or keep the run in another");
    }
    return new Extent(lines.get(1), Integer.parseInt(lines.getFirst()));
  }

  /// What it took.
  SavedReport saved() throws IOException {
    return SavedReport.parse(Files.readString(report()));
  }
}
