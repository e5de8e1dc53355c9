package org.blindread.workbench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A model to be run on images, and where the scores go.
///
/// @param model the vendor's
/// @param worklist the hospital's
/// @param manifest where the images are listed: a csv, or `seeded:NUMBER`
/// @param out where the scores go; where nobody learns them, what the folders of the parties are
///   named after
/// @param resume whether scores in `out` are kept and only the rest is read
/// @param lanes how many images are read at once
/// @param progress where progress is told
public record Task(
    VendorModel model,
    Worklist worklist,
    String manifest,
    Path out,
    boolean resume,
    int lanes,
    ProgressSink progress) {

  /// A task whose progress is told on standard error.
  public Task(
      VendorModel model, Worklist worklist, String manifest, Path out, boolean resume, int lanes) {
    this(model, worklist, manifest, out, resume, lanes, ConsoleProgress.standard());
  }

  /// The hashes of what goes in.
  Map<String, String> sha256() {
    Map<String, String> hashes = new TreeMap<>(model.sha256());
    hashes.put("manifest", worklist.sha256());
    return hashes;
  }

  /// The images whose scores are not there yet.
  static List<Long> missing(Worklist worklist, java.util.BitSet done) {
    List<Long> missing = new java.util.ArrayList<>();
    for (long i = 0; i < worklist.size(); i++) {
      if (!done.get((int) i)) {
        missing.add(i);
      }
    }
    return missing;
  }
}
