package org.blindread.workbench.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.blindread.data.Cohort;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.protocol.Reveal;
import org.blindread.workbench.Cohorts;
import org.blindread.workbench.ConsoleProgress;
import org.blindread.workbench.ImageLog;
import org.blindread.workbench.Outcome;
import org.blindread.workbench.PlainRun;
import org.blindread.workbench.RunReport;
import org.blindread.workbench.SavedReport;
import org.blindread.workbench.Scores;
import org.blindread.workbench.SecureRun;
import org.blindread.workbench.Task;
import org.blindread.workbench.VendorModel;
import org.blindread.workbench.WorkbenchException;
import org.blindread.workbench.ledger.Ledger;
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
      "  ./blindread run --model M.onnx --cohort embedded --protocol plain --float float.csv \\",
      "      --out twin.csv",
      "  ./blindread run --model builtin:densenet121@224 --protocol 3pc --reveal hospital \\",
      "      --images 5 --out bench.csv",
      "",
      "A row is written when its image is done; --resume goes on with a run that was stopped.",
      "Beside the scores of a secure run, OUT.images.csv and OUT.layers.csv say what each image took",
      "at each party: seconds, rounds, bytes each way, peak memory."
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private ReadOptions read = new ReadOptions();

  @Option(
      names = "--card-template",
      description = "Print a card to correct for a model that has none, and end.")
  private boolean cardTemplate;

  @Mixin private EngineOption engine = new EngineOption();

  @Mixin private ProtocolOption protocol = new ProtocolOption();

  @Mixin private PartyOptions parties = new PartyOptions();

  @Mixin private NumberOptions numbers = new NumberOptions();

  @Option(
      names = "--resume",
      description = "Keep the scores that are there and read only the rest.")
  private boolean resume;

  @Option(names = "--out", paramLabel = "scores.csv", description = "Where the scores go.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--float",
      paramLabel = "float.csv",
      description =
          "Also read the images by ONNX Runtime in floating point, in the clear, and write these"
              + " scores here, for compare.")
  private Optional<Path> floating = Optional.empty();

  @Option(names = "--json", paramLabel = "FILE", description = "Write what the run took.")
  private Optional<Path> json = Optional.empty();

  @Option(
      names = "--ledger",
      paramLabel = "DIR",
      description =
          "Also record the run, with scores and provenance, in DIR/results.sqlite, as cells of a"
              + " notebook do.")
  private Optional<Path> ledger = Optional.empty();

  @Spec private CommandSpec spec;

  /// For picocli.
  RunCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter console = spec.commandLine().getOut();
    if (cardTemplate) {
      console.print(VendorModel.template(Path.of(read.model())).toJson());
      console.flush();
      return 0;
    }
    if (out.isEmpty()) {
      throw new WorkbenchException(
          "say where the scores go: --out scores.csv (with --reveal none the shares go to a folder"
              + " of that name)");
    }
    if (floating.isPresent() && protocol.name().isEmpty()) {
      throw new WorkbenchException(
          "--float stands beside a --protocol; an engine is floating point");
    }
    Optional<String> cohort = read.cohort();
    RunOrder order = new RunOrder(read, engine.name(), protocol.name(), parties, numbers);
    order.check(cohort.isPresent());
    Optional<SecureRun.Setting> secure = order.setting();
    VendorModel loaded = read.load(ConsoleProgress.standard());
    Optional<Cohort> images = read.cohort(loaded, cohort);
    if (images.filter(Cohort::synthetic).isPresent()) {
      console.println(Cohorts.SYNTHETIC);
    }
    Task task =
        new Task(
            loaded,
            read.worklist(loaded, images),
            read.listed(cohort),
            out.get(),
            resume,
            read.lanes());
    if (secure.isPresent()) {
      SecureRun.Setting setting = secure.get();
      console.println(setting.threatCard());
      console.println("simulation: this machine holds every share");
      console.flush();
    }
    if (floating.isPresent()) {
      Task beside =
          new Task(loaded, task.worklist(), task.manifest(), floating.get(), resume, read.lanes());
      PlainRun.engine(beside, "onnxruntime");
    }
    RunReport report = order.run(task, secure);
    if (json.isPresent()) {
      report.write(json.get());
    }
    if (ledger.isPresent()) {
      record(ledger.get(), task, order, secure, report);
    }
    summarize(console, report, secure);
    return report.twin().map(order::mayBeBelieved).orElse(true) ? 0 : Failure.RUN;
  }

  private void record(
      Path folder, Task task, RunOrder order, Optional<SecureRun.Setting> secure, RunReport report)
      throws WorkbenchException {
    String how = order.engine().or(order::protocol).orElseThrow();
    Scores scores =
        Files.exists(task.out())
            ? Scores.read(task.out())
            : new Scores(task.model().card().findings(), List.of());
    try (Ledger book = Ledger.open(folder)) {
      book.record(
          new Outcome(
              task.model().card().open().name() + ", " + how,
              scores,
              SavedReport.of(report),
              secure.map(SecureRun.Setting::threatCard),
              read.cohort().map(Cohorts::place),
              task.out()),
          ImageLog.beside(task.out()));
    }
  }

  private void summarize(
      PrintWriter console, RunReport report, Optional<SecureRun.Setting> secure) {
    report.warnings().forEach(warning -> console.println("UNSAFE RANGE: " + warning));
    report.overflows().forEach(layer -> console.println("overflow in " + layer));
    Mode mode = secure.map(SecureRun.Setting::mode).orElse(Mode.FAITHFUL);
    report.twin().ifPresent(twin -> console.println(twin.text(mode)));
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
    report.statements().forEach(console::println);
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
