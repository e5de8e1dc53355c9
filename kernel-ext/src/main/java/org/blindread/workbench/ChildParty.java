package org.blindread.workbench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.blindread.mpc.net.Party;

/// A party in a process of its own, started by this one with the same JVM, class path and flags:
/// the real `party` command. It ends when this process ends, however that happens, since its
/// standard input closes then.
final class ChildParty {
  /// What an error begins with on standard error; [#failure] looks for it.
  static final String PREFIX = "blindread: ";

  private static final String MAIN = "org.blindread.workbench.cli.Blindread";

  private final Party party;
  private final Process process;
  private final List<String> errors = new ArrayList<>();
  private final List<Thread> readers;

  private ChildParty(Party party, Process process, BiConsumer<Party, Relay.Line> listener) {
    this.party = party;
    this.process = process;
    this.readers =
        List.of(
            reader(
                process.getInputStream(),
                line -> Relay.parse(line).ifPresent(known -> listener.accept(party, known))),
            reader(process.getErrorStream(), this::note));
  }

  /// Starts a party.
  ///
  /// @param study its `STUDY.yml`
  /// @param heap its largest heap, as `-Xmx` takes it
  /// @param listener told what it relays
  static ChildParty start(
      Party party, Path study, boolean resume, String heap, BiConsumer<Party, Relay.Line> listener)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (!flag.startsWith("-Xmx")
          && !flag.startsWith("-agent")
          && !flag.startsWith("-javaagent")) {
        command.add(flag);
      }
    }
    command.addAll(
        List.of("-Xmx" + heap, "-cp", System.getProperty("java.class.path"), MAIN, "party"));
    command.addAll(List.of("--role", party.name(), "--config", study.toString(), "--relay"));
    if (resume) {
      command.add("--resume");
    }
    Process process =
        new ProcessBuilder(command).directory(study.toAbsolutePath().getParent().toFile()).start();
    return new ChildParty(party, process, listener);
  }

  private static Thread reader(InputStream stream, java.util.function.Consumer<String> take) {
    return Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try (var lines =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  take.accept(line);
                }
              } catch (IOException e) {
                // The process ended; its exit code tells more.
              }
            });
  }

  private void note(String line) {
    synchronized (errors) {
      errors.add(line);
    }
  }

  Process process() {
    return process;
  }

  boolean failed() {
    return !process.isAlive() && process.exitValue() != 0;
  }

  /// How likely this failure is the cause of the others: 0 most.
  int rank() {
    return switch (process.exitValue()) {
      case 2 -> 0;
      case 1 -> failure().contains("the connection to") ? 3 : 1;
      default -> process.exitValue() > 128 ? 1 : 2;
    };
  }

  /// Why it failed, in one sentence that names it.
  String failure() {
    int exit = process.exitValue();
    List<String> said;
    synchronized (errors) {
      said = List.copyOf(errors);
    }
    for (String line : said.reversed()) {
      if (line.startsWith(PREFIX)) {
        return party + ": " + line.substring(PREFIX.length());
      }
    }
    String last =
        said.stream()
            .filter(line -> !line.startsWith("WARNING: "))
            .findFirst()
            .orElse("no message");
    return exit > 128
        ? "%s: its process was ended by signal %d; --resume goes on where the run stopped"
            .formatted(party, exit - 128)
        : "%s: its process ended with code %d: %s".formatted(party, exit, last);
  }

  /// Waits until everything it said was read.
  void drain() throws InterruptedException {
    for (Thread reader : readers) {
      reader.join(2000);
    }
  }

  /// Ends it, kindly if it listens.
  void end() {
    process.destroy();
  }
}
