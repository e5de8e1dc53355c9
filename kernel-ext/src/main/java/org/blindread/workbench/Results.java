package org.blindread.workbench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/// The file of scores a run writes, with the run's identity beside it. Thread-safe.
final class Results implements AutoCloseable {
  private final Worklist worklist;
  private final ScoresFile file;

  private Results(Worklist worklist, ScoresFile file) {
    this.worklist = worklist;
    this.file = file;
  }

  /// Opens the task's scores.
  ///
  /// @throws WorkbenchException if they exist and the run is not resumed, or are of another run
  static Results open(Task task, Map<String, Object> settings, Provenance provenance)
      throws WorkbenchException {
    Path out = task.out();
    if (!task.resume() && Files.exists(out)) {
      throw new WorkbenchException(
          out + " exists already; go on with that run by --resume, or name another --out");
    }
    identity(settings, provenance).settle(out, task.resume());
    return new Results(
        task.worklist(),
        task.resume()
            ? ScoresFile.resume(out, task.model().card().findings())
            : ScoresFile.create(out, task.model().card().findings()));
  }

  /// What must be equal to resume.
  static RunIdentity identity(Map<String, Object> settings, Provenance provenance) {
    Map<String, String> values = new TreeMap<>(provenance.sha256());
    for (String name :
        new String[] {"engine", "protocol", "mode", "reveal", "knobs", "bits", "scale", "run"}) {
      if (settings.containsKey(name)) {
        values.put(name, String.valueOf(settings.get(name)));
      }
    }
    return new RunIdentity(values);
  }

  synchronized BitSet done() {
    return ScoresKeeper.numbers(worklist, file.done());
  }

  synchronized void append(ScoreRow row) throws WorkbenchException {
    if (!file.done().contains(row.image())) {
      file.append(row);
    }
  }

  @Override
  public synchronized void close() throws WorkbenchException {
    file.close();
  }
}
