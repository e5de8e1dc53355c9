package org.blindread.workbench.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.run.ImageRecord;
import org.blindread.mpc.run.Observer;
import org.blindread.workbench.PartyReport;
import org.blindread.workbench.Progress;
import org.blindread.workbench.Relay;
import org.blindread.workbench.StudyFile;
import org.blindread.workbench.StudyParty;
import org.blindread.workbench.ThreatCard;
import org.blindread.workbench.WorkbenchException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `party`: one real party of a study, on its own machine.
@Command(
    name = "party",
    description = "One real party of a study, on its own machine.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./blindread party --role helper   --config helper/STUDY.yml",
      "  ./blindread party --role vendor   --config vendor/STUDY.yml",
      "  ./blindread party --role hospital --config hospital/STUDY.yml",
      "",
      "STUDY.yml of all three, for example:",
      "  run: pilot-1",
      "  protocol: 3pc",
      "  reveal: hospital",
      "  images: 100",
      "  plan: M.plan",
      "  transport: tls",
      "  parties: {helper: h.example.org:7001, vendor: v.example.org:7001, hospital:"
          + " c.example.org:7001}",
      "and of the vendor:",
      "  certificates: {ca: ca.pem, certificate: vendor.pem, key: vendor.key}",
      "  model: M.onnx",
      "and of the hospital:",
      "  certificates: {ca: ca.pem, certificate: hospital.pem, key: hospital.key}",
      "  manifest: images.csv",
      "  card: M.public.json",
      "  out: scores.csv",
      "and of the helper:",
      "  certificates: {ca: ca.pem, certificate: helper.pem, key: helper.key}",
      "M.plan and M.public.json come from the vendor: ./blindread plan M.onnx --export M.plan",
      "Whoever learns the scores has out; with reveal: none, vendor and hospital have shares:"
          + " FILE.",
      "Optional: mode, knobs (such as {ot: ferret}), lanes, connectSeconds, report; at the vendor card and allowUnsafeRange.",
      "Beside its result (or, without one, beside M.plan) a party logs what each image took of it, in",
      "*.images.csv and *.layers.csv: seconds, rounds, bytes each way, peak memory.",
      "If it is stopped, all parties go on with --resume."
    })
final class PartyCommand implements Callable<Integer> {
  @Option(
      names = "--role",
      required = true,
      paramLabel = "ROLE",
      description = "helper, vendor or hospital.")
  private String role = "";

  @Option(
      names = "--config",
      required = true,
      paramLabel = "STUDY.yml",
      description = "The study's terms and this party's own part.")
  private Path config = Path.of("STUDY.yml");

  @Mixin private KnobOption knobs = new KnobOption();

  @Option(names = "--resume", description = "Keep the results that are there.")
  private boolean resume;

  @Option(
      names = "--relay",
      hidden = true,
      description = "Started by run: tell progress in lines, end when standard input ends.")
  private boolean relay;

  @Spec private CommandSpec spec;

  /// For picocli.
  PartyCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    if (relay) {
      endWithLauncher(Thread.currentThread());
    }
    StudyFile study = turned(StudyFile.read(config, party()), knobs.chosen());
    StudyParty prepared = StudyParty.prepare(study);
    if (relay) {
      var _ = prepared.run(resume, plan -> new Relay(plan, System.out));
      return 0;
    }
    PrintWriter console = spec.commandLine().getOut();
    console.println(ThreatCard.text(study.protocol(), study.mode(), study.reveal(), study.knobs()));
    prepared.statements().forEach(console::println);
    console.println(
        "this party has no cleartext twin: it cannot see whether values leave their range");
    console.flush();
    PartyReport report;
    try (Progress progress = Progress.of("images", study.images())) {
      report = prepared.run(resume, _ -> watcher(progress));
    }
    console.println(
        String.format(Locale.ROOT, "%s: %d images read", report.party(), report.images().size()));
    console.flush();
    return 0;
  }

  private static StudyFile turned(StudyFile study, Map<String, String> knobs)
      throws WorkbenchException {
    try {
      return study.with(knobs);
    } catch (IllegalArgumentException e) {
      throw new WorkbenchException(String.valueOf(e.getMessage()), e);
    }
  }

  private Party party() throws WorkbenchException {
    return switch (role) {
      case "helper" -> Party.HELPER;
      case "vendor" -> Party.VENDOR;
      case "hospital" -> Party.HOSPITAL;
      default ->
          throw new WorkbenchException(
              "--role must be helper, vendor or hospital, not '" + role + "'");
    };
  }

  private static Observer watcher(Progress progress) {
    return new Observer() {
      @Override
      public void step(long image, int step, int steps, String layer) {
        progress.tell(layer);
      }

      @Override
      public void done(ImageRecord record) {
        progress.step("");
      }
    };
  }

  /// A launcher that dies, even by force, closes our standard input.
  private static void endWithLauncher(Thread main) {
    var _ =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    while (System.in.read() >= 0) {
                      // Nothing is ever said there.
                    }
                  } catch (IOException e) {
                    // Closed is closed.
                  }
                  main.interrupt();
                });
  }
}
