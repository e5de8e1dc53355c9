package org.blindread.workbench.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.blindread.data.Manifest;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.protocol.Protocol;
import org.blindread.mpc.protocol.Reveal;
import org.blindread.mpc.run.Protocols;
import org.blindread.workbench.PlainRun;
import org.blindread.workbench.RunReport;
import org.blindread.workbench.SecureRun;
import org.blindread.workbench.Task;
import org.blindread.workbench.ThreatCard;
import org.blindread.workbench.TwinCheck;
import org.blindread.workbench.VendorModel;
import org.blindread.workbench.WorkbenchException;
import org.blindread.workbench.Worklist;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `run`: a model reads images, in the clear or securely with every party on this machine.
@Command(
    name = "run",
    description = "A model reads images: in the clear, or securely with all parties started here.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./blindread run --model M.onnx --manifest images.csv --engine onnxruntime --out float.csv",
      "  ./blindread run --model M.onnx --manifest images.csv --protocol plain --out plain.csv",
      "  ./blindread run --model M.onnx --manifest images.csv --protocol 3pc --reveal hospital \\",
      "      --parties processes --transport tls --images 10 --out secure.csv --json secure.json",
      "  ./blindread run --model builtin:densenet121@224 --protocol 3pc --reveal hospital \\",
      "      --images 5 --out bench.csv",
      "",
      "A row is written when its image is done; --resume goes on with a run that was stopped."
    })
final class RunCommand implements Callable<Integer> {
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
      names = "--model",
      required = true,
      paramLabel = "M.onnx",
      description = "An ONNX file, or builtin:NAME such as builtin:densenet121@224.")
  private String model = "";

  @Option(
      names = "--card",
      paramLabel = "C.json",
      description = "The model's card, if not beside it.")
  private Optional<Path> card = Optional.empty();

  @Option(
      names = "--card-template",
      description = "Print a card to correct for a model that has none, and end.")
  private boolean cardTemplate;

  @Option(
      names = "--manifest",
      paramLabel = "M.csv",
      description = "The images. Not needed for builtin models, which read seeded inputs.")
  private Optional<Path> manifest = Optional.empty();

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description = "Floating point, in the clear: onnxruntime, nd4j or reference.")
  private Optional<String> engine = Optional.empty();

  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      description = "plain (the cleartext fixed-point twin) or 3pc.")
  private Optional<String> protocol = Optional.empty();

  @Option(
      names = "--reveal",
      paramLabel = "WHO",
      description =
          "Who learns the scores of a secure run: hospital, vendor, both or none. No default.")
  private Optional<String> reveal = Optional.empty();

  @Mixin private NumberOptions numbers = new NumberOptions();

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = "faithful (equal to the twin bit for bit) or fast. Default: faithful.")
  private Optional<String> mode = Optional.empty();

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

  @Option(names = "--images", paramLabel = "N", description = "Only the first N images.")
  private Optional<Integer> images = Optional.empty();

  @Option(
      names = "--lanes",
      paramLabel = "K",
      description = "How many images are read at once. Default: 1.")
  private int lanes = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the inputs of a builtin model. Default: 1.")
  private long seed = 1;

  @Option(
      names = "--resume",
      description = "Keep the scores that are there and read only the rest.")
  private boolean resume;

  @Option(names = "--out", paramLabel = "scores.csv", description = "Where the scores go.")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--json", paramLabel = "FILE", description = "Write what the run took.")
  private Optional<Path> json = Optional.empty();

  @Spec private CommandSpec spec;

  /// For picocli.
  RunCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter console = spec.commandLine().getOut();
    if (cardTemplate) {
      console.print(VendorModel.template(Path.of(model)).toJson());
      console.flush();
      return 0;
    }
    checkOptions();
    Optional<SecureRun.Setting> secure = secure();
    VendorModel loaded = VendorModel.load(model, card);
    Task task =
        new Task(loaded, worklist(loaded), manifestName(), out.orElseThrow(), resume, lanes);
    RunReport report;
    if (secure.isPresent()) {
      SecureRun.Setting setting = secure.get();
      console.println(ThreatCard.text(setting.protocol(), setting.mode(), setting.reveal()));
      console.println("simulation: this machine holds every share");
      console.flush();
      report = SecureRun.run(task, numbers.precision(loaded), setting);
    } else if (engine.isPresent()) {
      report = PlainRun.engine(task, engine.get());
    } else {
      report = PlainRun.twin(task, numbers.precision(loaded));
    }
    if (json.isPresent()) {
      report.write(json.get());
    }
    summarize(console, report, secure);
    return report.twin().map(this::mayBeBelieved).orElse(true) ? 0 : Failure.RUN;
  }

  /// In fast mode the last places may differ, but something must have been compared.
  private boolean mayBeBelieved(TwinCheck twin) {
    return twin.equal() || (twin.compared() > 0 && mode.equals(Optional.of("fast")));
  }

  private void checkOptions() throws WorkbenchException {
    if (engine.isPresent() == protocol.isPresent()) {
      throw new WorkbenchException(
          "say how the model is computed: either --engine onnxruntime|nd4j|reference or"
              + " --protocol plain|3pc");
    }
    if (out.isEmpty()) {
      throw new WorkbenchException(
          "say where the scores go: --out scores.csv (with --reveal none the shares go to a folder"
              + " of that name)");
    }
    boolean builtin = model.startsWith(VendorModel.BUILTIN);
    if (builtin == manifest.isPresent()) {
      throw new WorkbenchException(
          builtin
              ? "a builtin model reads seeded inputs (--images, --seed); leave out --manifest"
              : "say which images are read: --manifest images.csv");
    }
    if ((images.isPresent() && images.get() < 1) || lanes < 1 || lanes > 256) {
      throw new WorkbenchException("--images must be at least 1, --lanes 1 to 256");
    }
    if (heap.isPresent() && !heap.get().matches("[1-9][0-9]{0,6}[kmgKMG]")) {
      throw new WorkbenchException("--party-heap is a size such as 700m, not '" + heap.get() + "'");
    }
    checkEffect();
  }

  /// Refuses options that would change nothing.
  private void checkEffect() throws WorkbenchException {
    if (engine.isPresent() && numbers.given()) {
      throw new WorkbenchException(
          "--bits, --scale, --profile and --allow-unsafe-range need --protocol; an engine computes"
              + " in floating point");
    }
    Map<String, Boolean> secure = new LinkedHashMap<>();
    secure.put("--mode", mode.isPresent());
    secure.put("--reveal", reveal.isPresent());
    secure.put("--parties", parties.isPresent());
    secure.put("--transport", transport.isPresent());
    secure.put("--party-heap", heap.isPresent());
    for (Map.Entry<String, Boolean> option : secure.entrySet()) {
      if (option.getValue() && protocol.map("plain"::equals).orElse(true)) {
        throw new WorkbenchException(
            option.getKey() + " needs --protocol 3pc; a run in the clear has no parties");
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

  private Optional<SecureRun.Setting> secure() throws WorkbenchException {
    if (protocol.isEmpty()) {
      return Optional.empty();
    }
    try {
      Protocol found = Protocols.of(protocol.get());
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
              parties.equals(Optional.of(Parties.PROCESSES))
                  ? SecureRun.Parties.PROCESSES
                  : SecureRun.Parties.LOCAL,
              transport.equals(Optional.of(Transport.TLS)),
              heap.orElse("700m")));
    } catch (IllegalArgumentException e) {
      throw new WorkbenchException(String.valueOf(e.getMessage()), e);
    }
  }

  private Worklist worklist(VendorModel loaded) throws Exception {
    return manifest.isPresent()
        ? Worklist.of(
            Manifest.read(manifest.get()),
            loaded.card().input(),
            images.isPresent() ? OptionalInt.of(images.get()) : OptionalInt.empty())
        : Worklist.seeded(loaded.image(), seed, images.orElse(1));
  }

  private String manifestName() {
    return manifest.map(file -> file.toAbsolutePath().toString()).orElse(Worklist.SEEDED + seed);
  }

  private void summarize(
      PrintWriter console, RunReport report, Optional<SecureRun.Setting> secure) {
    report.warnings().forEach(warning -> console.println("UNSAFE RANGE: " + warning));
    report.overflows().forEach(layer -> console.println("overflow in " + layer));
    report.twin().ifPresent(twin -> console.println(twin));
    report
        .cold()
        .ifPresent(
            cold ->
                console.println(
                    report
                        .median()
                        .map(
                            median ->
                                seconds("first image %.2f s, then %.2f s (median)", cold, median))
                        .orElse(seconds("one image in %.2f s", cold))));
    if (!report.parties().isEmpty()) {
      for (Map.Entry<String, Long> link : report.bytes().entrySet()) {
        console.println(
            String.format(
                Locale.ROOT, "%s: %.1f MB an image", link.getKey(), link.getValue() * 1e-6));
      }
      report
          .peakMemoryBytes()
          .forEach(
              (party, peak) ->
                  console.println(
                      String.format(Locale.ROOT, "%s: peak memory %.0f MB", party, peak * 1e-6)));
    }
    Path path = out.orElseThrow();
    console.println(
        secure.map(SecureRun.Setting::reveal).filter(who -> who == Reveal.NONE).isPresent()
            ? "nobody learnt a score: the shares are in %s.parties/{vendor,hospital}/shares"
                .formatted(path)
            : "scores: " + path);
    console.flush();
  }

  private static String seconds(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
