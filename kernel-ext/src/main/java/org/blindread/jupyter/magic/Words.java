package org.blindread.jupyter.magic;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.blindread.jupyter.Bundle;
import org.blindread.jupyter.Cell;
import org.blindread.jupyter.CellFailure;
import picocli.CommandLine;

/// The words of a magic, understood by picocli as the command line understands its own.
final class Words {
  private Words() {}

  /// Fills in options from a cell's words. A word `$name` stands for the text, number or path in
  /// the notebook's variable of that name, `$name/rest` for a place below the path in it.
  ///
  /// @param name with per cent signs
  /// @param options an object with picocli's annotations
  /// @return false if the cell only asked for help, which it got
  /// @throws CellFailure if a word is not understood
  static boolean fill(String name, Object options, Cell cell) {
    CommandLine command = new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true);
    command.setCommandName(name);
    command.setUsageHelpWidth(100);
    try {
      CommandLine.ParseResult parsed = command.parseArgs(replaced(cell).toArray(String[]::new));
      if (parsed.isUsageHelpRequested()) {
        cell.host().show(Bundle.text(command.getUsageMessage(CommandLine.Help.Ansi.OFF)));
        return false;
      }
      return true;
    } catch (CommandLine.ParameterException e) {
      throw new CellFailure("%s (%s --help)".formatted(e.getMessage(), name), e);
    }
  }

  private static List<String> replaced(Cell cell) {
    List<String> words = new ArrayList<>();
    for (String word : cell.arguments()) {
      int end = word.indexOf('/') < 0 ? word.length() : word.indexOf('/');
      String name = word.startsWith("$") ? word.substring(1, end) : "";
      words.add(Cell.isName(name) ? text(name, cell.variable(name)) + word.substring(end) : word);
    }
    return words;
  }

  private static String text(String name, Optional<Object> value) {
    return switch (value.orElseThrow(() -> new CellFailure("'" + name + "' holds nothing"))) {
      case String text -> text;
      case Number number -> number.toString();
      case Path path -> path.toString();
      case Object other ->
          throw new CellFailure(
              "$%s stands for a text, number or path; '%s' is a %s"
                  .formatted(name, name, other.getClass().getSimpleName()));
    };
  }
}
