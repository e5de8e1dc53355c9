package org.blindread.jupyter.magic;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.blindread.jupyter.Cell;
import org.blindread.jupyter.CellFailure;
import org.blindread.workbench.Outcome;
import org.blindread.workbench.ScoreRow;
import org.blindread.workbench.Scores;
import org.blindread.workbench.WorkbenchException;
import org.blindread.workbench.cli.CompareOptions;

/// Scores a cell was given: in a variable, or in a file.
///
/// @param name what they are called in tables
/// @param scores at least one row
/// @param cohort what was read, as [org.blindread.workbench.Cohorts] knows it, if that is known
record GivenScores(String name, Scores scores, Optional<String> cohort) {

  /// The scores that a word names.
  ///
  /// @throws WorkbenchException if a file holds none
  /// @throws CellFailure if a variable holds none
  static GivenScores find(Cell cell, String word) throws WorkbenchException {
    if (!Cell.isName(word) || Files.exists(Path.of(word))) {
      return read(Path.of(word));
    }
    Object value =
        cell.variable(word).orElseThrow(() -> new CellFailure("'" + word + "' holds nothing"));
    return switch (value) {
      case Outcome outcome when outcome.scores().rows().isEmpty() ->
          throw new CellFailure(
              "nobody learnt the scores of '%s'; let somebody: --reveal hospital".formatted(word));
      case Outcome outcome -> new GivenScores(word, outcome.scores(), outcome.cohort());
      case Scores scores -> new GivenScores(word, scores, Optional.empty());
      case Path file -> read(file);
      case String file -> read(Path.of(file));
      case Object other ->
          throw new CellFailure(
              "scores are an Outcome, Scores or the path of their file; '%s' is a %s"
                  .formatted(word, other.getClass().getSimpleName()));
    };
  }

  private static GivenScores read(Path file) throws WorkbenchException {
    return new GivenScores(CompareOptions.name(file), Scores.read(file), Optional.empty());
  }

  /// Says so if these are scores of a part of the others' images, as those of a secure run are that
  /// read a sample.
  ///
  /// @throws CellFailure if it is so
  void refuseAPartOf(GivenScores others) {
    Set<String> theirs = new HashSet<>();
    others.scores.rows().forEach(row -> theirs.add(row.image()));
    int mine = scores.rows().size();
    if (mine < theirs.size()
        && scores.rows().stream().map(ScoreRow::image).allMatch(theirs::contains)) {
      throw new CellFailure(
          "'%s' read %d of the %d images of '%s'; compare these by --common"
              .formatted(name, mine, theirs.size(), others.name));
    }
  }
}
