package org.blindread.workbench.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// The commands that README.md and the help texts show are commands that exist. They are parsed,
/// not run.
final class CommandsInWritingTest {
  private static final Path README = Path.of("..", "README.md");

  /// What the script does without the program.
  private static final Set<String> SCRIPT = Set.of("test", "bench", "lab");

  /// The command lines of a text, continued lines joined, comments dropped.
  private static List<String> commands(String text) {
    List<String> commands = new ArrayList<>();
    for (String line : text.replaceAll("\\\\\\R\\s*", "").lines().toList()) {
      String command = line.strip();
      if (command.startsWith("./blindread ")) {
        commands.add(command.replaceAll("\\s+(#|\\(and ).*", "").replaceAll("\\s+", " "));
      }
    }
    return commands;
  }

  static List<String> readme() throws Exception {
    return commands(Files.readString(README));
  }

  private static void parse(String command) {
    List<String> words = List.of(command.split(" "));
    if (!SCRIPT.contains(words.get(1))) {
      Blindread.commandLine().parseArgs(words.subList(1, words.size()).toArray(String[]::new));
    }
  }

  @ParameterizedTest
  @MethodSource("readme")
  void theReadmeShowsCommandsThatExist(String command) {
    assertDoesNotThrow(() -> parse(command), command);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "certificates init --folder ca --study chest-2026",
        "certificates issue --folder ca hospital --host read.hospital.example",
        "plan model.onnx --export M.plan",
        "party --role hospital --config STUDY.yml",
        "run --model builtin:squeezenet1.1@64 --images 2 --protocol 3pc --parties processes"
            + " --reveal hospital --out scores.csv",
        "run --model X.onnx --card-template"
      })
  void theCommandsOfAStudyExist(String command) {
    assertDoesNotThrow(() -> parse("./blindread " + command), command);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "compare",
        "cohort",
        "party",
        "plan",
        "calibrate",
        "certificates",
        "doctor",
        "reproduce"
      })
  void theHelpShowsCommandsThatExist(String name) {
    CommandLine command = Blindread.commandLine().getSubcommands().get(name);
    String[] footer = command.getCommandSpec().usageMessage().footer();
    List<String> shown = commands(String.join("\n", footer));
    assertFalse(shown.isEmpty());
    shown.forEach(line -> assertDoesNotThrow(() -> parse(line), line));
  }

  @Test
  void aWrongCommandWouldBeNoticed() {
    assertThrows(
        CommandLine.ParameterException.class,
        () -> parse("./blindread certificates init --out ca --study s"));
    assertEquals(
        List.of("./blindread run --model M --images 3"),
        commands("text\n  ./blindread run --model M \\\n      --images 3   # why\n"));
  }

  @Test
  void theVersionIsThatOfTheBuild() {
    String version = TinyStudy.Result.of("--version").out.strip();
    assertTrue(version.matches("blindread (development|\\d+\\.\\d+\\.\\d+.*)"), version);
  }
}
