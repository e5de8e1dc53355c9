package org.blindread.workbench.reproduction;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.function.Consumer;
import org.blindread.workbench.ReportParts;
import org.blindread.workbench.RunReport;
import org.blindread.workbench.Scores;
import org.blindread.workbench.Task;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Makes each run of a reproduction once: what is found whole in the folder is not made again.
///
/// @param folder where results are kept
/// @param console told what is being done
record Stage(Path folder, PrintWriter console) {
  /// A run to be made.
  interface Run {
    /// Makes it.
    ///
    /// @param partial told what stays if the run does not end
    RunReport run(Consumer<RunReport> partial) throws Exception;
  }

  /// The report of a run: found, if the run is whole, else made.
  JsonNode once(Task task, String what, Run run) throws Exception {
    Path report = task.out().resolveSibling(task.out().getFileName() + ".json");
    boolean whole =
        Files.exists(report)
            && Files.exists(task.out())
            && Scores.read(task.out()).rows().size() == task.worklist().size();
    if (whole) {
      say(
          "%s: found in %s of %s"
              .formatted(
                  what,
                  report,
                  LocalDate.ofInstant(
                      Files.getLastModifiedTime(report).toInstant(), ZoneId.systemDefault())));
    } else {
      say("%s, %d images".formatted(what, task.worklist().size()));
      ReportParts parts = ReportParts.beside(report);
      Files.writeString(report, parts.with(run.run(parts::keep).toJson()) + "\n");
      parts.remove();
    }
    return JsonMapper.shared().readTree(Files.readString(report));
  }

  void say(String line) {
    console.println(line);
    console.flush();
  }
}
