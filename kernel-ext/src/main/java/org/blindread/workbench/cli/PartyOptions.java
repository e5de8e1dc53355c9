package org.blindread.workbench.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.protocol.Protocol;
import org.blindread.mpc.protocol.Reveal;
import org.blindread.mpc.run.Protocols;
import org.blindread.workbench.SecureRun;
import org.blindread.workbench.WorkbenchException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How parties compute securely, and who learns the result. The command line and the cells of a
/// notebook share it.
public final class PartyOptions {
  /// Where the parties live.
  enum Parties {
    LOCAL,
    PROCESSES
  }

  /// How processes reach each other.
  enum Transport {
    TLS,
    SAMEHOST
  }

  @Option(
      names = "--reveal",
      paramLabel = "WHO",
      description =
          "Who learns the scores of a secure run: hospital, vendor, both or none. No default.")
  private Optional<String> reveal = Optional.empty();

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = "faithful (equal to the twin bit for bit) or fast. Default: faithful.")
  private Optional<String> mode = Optional.empty();

  @Mixin private KnobOption knobs = new KnobOption();

  @Option(
      names = "--parties",
      description = "Threads of this process, or processes: local, processes. Default: local.")
  private Optional<Parties> parties = Optional.empty();

  @Option(
      names = "--transport",
      description = "Between processes: tls, samehost. Default: samehost.")
  private Optional<Transport> transport = Optional.empty();

  @Option(
      names = "--party-heap",
      paramLabel = "SIZE",
      description = "Largest heap of a party's process. Default: 700m.")
  private Optional<String> heap = Optional.empty();

  /// Options as yet unset.
  public PartyOptions() {}

  /// Whether results may differ from the twin's in the last places.
  boolean fast() {
    return mode.equals(Optional.of("fast"));
  }

  /// Refuses options that would change nothing, and a heap that is no size.
  ///
  /// @param secure whether parties compute at all
  void check(boolean secure) throws WorkbenchException {
    if (heap.isPresent() && !heap.get().matches("[1-9][0-9]{0,6}[kmgKMG]")) {
      throw new WorkbenchException("--party-heap is a size such as 700m, not '" + heap.get() + "'");
    }
    Map<String, Boolean> given = new LinkedHashMap<>();
    given.put("--mode", mode.isPresent());
    given.put("--with", knobs.given());
    given.put("--reveal", reveal.isPresent());
    given.put("--parties", parties.isPresent());
    given.put("--transport", transport.isPresent());
    given.put("--party-heap", heap.isPresent());
    for (Map.Entry<String, Boolean> option : given.entrySet()) {
      if (option.getValue() && !secure) {
        throw new WorkbenchException(
            option.getKey()
                + " needs a protocol with parties, such as --protocol 3pc; a run in the clear has"
                + " none");
      }
    }
    if (!parties.equals(Optional.of(Parties.PROCESSES))) {
      if (transport.isPresent()) {
        throw new WorkbenchException("--transport needs --parties processes");
      }
      if (heap.isPresent()) {
        throw new WorkbenchException("--party-heap needs --parties processes");
      }
    }
  }

  /// The setting of a secure run.
  ///
  /// @return empty if the protocol has no parties
  /// @throws WorkbenchException if there is no such protocol or knob, or nobody was named to learn
  ///   the scores
  public Optional<SecureRun.Setting> setting(String protocol) throws WorkbenchException {
    try {
      Protocol found = Protocols.of(protocol);
      if (found.parties().isEmpty()) {
        return Optional.empty();
      }
      if (reveal.isEmpty()) {
        throw new WorkbenchException(
            "say who learns the scores: --reveal hospital, vendor, both or none; there is no"
                + " default, because a wrong one could not be taken back");
      }
      return Optional.of(
          new SecureRun.Setting(
              found,
              Mode.parse(mode.orElse("faithful")),
              Reveal.parse(reveal.get()),
              knobs.chosen(),
              parties.equals(Optional.of(Parties.PROCESSES))
                  ? SecureRun.Parties.PROCESSES
                  : SecureRun.Parties.LOCAL,
              transport.equals(Optional.of(Transport.TLS)),
              heap.orElse("700m")));
    } catch (IllegalArgumentException e) {
      throw new WorkbenchException(String.valueOf(e.getMessage()), e);
    }
  }
}
