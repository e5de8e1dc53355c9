package org.blindread.workbench.reproduction;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.blindread.data.Cohort;
import org.blindread.data.Truth;
import org.blindread.data.Uncertain;
import org.blindread.mpc.compile.Compiled;
import org.blindread.mpc.plan.PlanText;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.protocol.Reveal;
import org.blindread.mpc.run.Protocols;
import org.blindread.stats.equivalence.Margin;
import org.blindread.workbench.Cohorts;
import org.blindread.workbench.PlainRun;
import org.blindread.workbench.Precision;
import org.blindread.workbench.PrivateFolder;
import org.blindread.workbench.Provenance;
import org.blindread.workbench.Scores;
import org.blindread.workbench.SecureRun;
import org.blindread.workbench.Sha256;
import org.blindread.workbench.Task;
import org.blindread.workbench.VendorModel;
import org.blindread.workbench.Worklist;
import org.blindread.workbench.comparison.Comparison;
import org.blindread.workbench.comparison.PairedScores;
import org.blindread.workbench.comparison.Settings;
import org.blindread.workbench.table.Tables;
import tools.jackson.databind.JsonNode;

/// The main job: a model reads a cohort of several sites in floating point and by the fixed-point
/// twin, all of it, and by `3pc` between three processes, a sample; then the statistics decide
/// whether the three perform alike.
///
/// Scores and reports stay in `runs/` under a key made of the program's version and the hashes of
/// model, card, plan and cohort: a second call finds them there, a stopped one goes on.
///
/// @param folder where everything lies
/// @param cohort the images
/// @param floating scores of ONNX Runtime
/// @param twin scores of the fixed-point twin
/// @param secure scores of the sample, by `3pc`
/// @param comparison floating point against the twin, on all images
/// @param reports what each of the three took, by name, as `run --json` writes it
public record Reproduction(
    Path folder,
    Cohort cohort,
    Scores floating,
    Scores twin,
    Scores secure,
    Comparison comparison,
    Map<String, JsonNode> reports) {
  private static final String PARTY_HEAP = "700m";
  private static final long SAMPLE_SEED = 1;

  public Reproduction {
    reports = Map.copyOf(reports);
  }

  /// What is to be reproduced.
  ///
  /// @param runs the folder that keeps results
  /// @param cohort a name that [Cohorts] knows
  /// @param model the vendor's file; its card lies beside it
  /// @param sample how many images are read securely in all; empty for [#A_SITE] of each site
  /// @param margin largest difference of two AUROCs that does not matter
  public record Order(Path runs, String cohort, Path model, OptionalInt sample, Margin margin) {
    /// Images of each site in the secure sample.
    public static final int A_SITE = 10;
  }

  /// Does what is not done yet.
  ///
  /// @param console told what is being done
  /// @throws Exception as [SecureRun#run]
  public static Reproduction run(Order order, PrintWriter console) throws Exception {
    VendorModel model = VendorModel.load(order.model().toString(), Optional.empty());
    List<String> findings = model.card().findings();
    Cohort cohort = Cohorts.read(order.cohort(), findings);
    Worklist all = Worklist.of(cohort, model.card().input(), OptionalInt.empty());
    Compiled compiled = Precision.of(64, 20, false).compile(model);
    Path folder = order.runs().resolve(key(model, compiled, all));
    PrivateFolder.make(folder);
    Stage stage = new Stage(folder, console);
    stage.say("%s reads %s".formatted(model.card().open().name(), cohort));
    String listed = Cohorts.place(order.cohort());
    Map<String, JsonNode> reports = new LinkedHashMap<>();

    Task floating = new Task(model, all, listed, folder.resolve("float.csv"), true, 1);
    reports.put(
        "float",
        stage.once(
            floating, "ONNX Runtime", kept -> PlainRun.engine(floating, "onnxruntime", kept)));

    int threads = Runtime.getRuntime().availableProcessors();
    Task plain = new Task(model, all, listed, folder.resolve("plain.csv"), true, threads);
    reports.put(
        "plain",
        stage.once(plain, "the fixed-point twin", kept -> PlainRun.twin(plain, compiled, kept)));

    Cohort sample = sample(cohort, order.sample());
    Path manifest = SampleFolder.manifest(sample, folder.resolve("sample-" + sample.size()));
    Worklist some =
        Worklist.of(
            Cohorts.read(manifest.toString(), findings), model.card().input(), OptionalInt.empty());
    Path out = folder.resolve("3pc-" + sample.size() + ".csv");
    Task secure = new Task(model, some, manifest.toString(), out, true, 1);
    SecureRun.Setting setting =
        new SecureRun.Setting(
            Protocols.of("3pc"),
            Mode.FAITHFUL,
            Reveal.HOSPITAL,
            SecureRun.Parties.PROCESSES,
            false,
            PARTY_HEAP);
    reports.put(
        "3pc",
        stage.once(
            secure,
            "3pc between three processes",
            kept -> SecureRun.run(secure, compiled, setting, kept)));

    Reproduction done =
        reproduced(folder, cohort, order.margin(), List.of(floating, plain, secure), reports);
    done.write();
    return done;
  }

  private static Cohort sample(Cohort cohort, OptionalInt images) {
    return images.isPresent()
        ? cohort.sample(Math.min(images.getAsInt(), cohort.size()), SAMPLE_SEED)
        : cohort.samplePerSite(Order.A_SITE, SAMPLE_SEED);
  }

  private static Reproduction reproduced(
      Path folder, Cohort cohort, Margin margin, List<Task> tasks, Map<String, JsonNode> reports)
      throws Exception {
    Scores floating = Scores.read(tasks.get(0).out());
    Scores twin = Scores.read(tasks.get(1).out());
    Truth truth = cohort.truth();
    boolean uncertain =
        cohort.prevalences().stream().anyMatch(prevalence -> prevalence.uncertain() > 0);
    Settings settings =
        new Settings(
            true,
            Optional.of(margin),
            uncertain ? Optional.of(Uncertain.EXCLUDE) : Optional.empty());
    PairedScores.Names names = new PairedScores.Names("ONNX Runtime", "fixed-point twin");
    Comparison comparison =
        Comparison.of(PairedScores.of(names, floating, twin, false), truth, settings);
    return new Reproduction(
        folder,
        cohort,
        floating,
        twin,
        Scores.read(tasks.get(2).out()),
        cohort.synthetic() ? comparison.noting(Cohorts.SYNTHETIC) : comparison,
        reports);
  }

  private static String key(VendorModel model, Compiled compiled, Worklist worklist) {
    String all =
        String.join(
            " ",
            Provenance.version(),
            model.sha256().get("model"),
            model.sha256().get("card"),
            PlanText.hash(compiled.plan()),
            worklist.sha256());
    return Sha256.of(all.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }

  private void write() throws Exception {
    Files.writeString(folder.resolve("comparison.json"), comparison.toJson() + "\n");
    Tables.of(comparison).write().csv(folder.resolve("comparison.csv").toFile());
    cohort.truth().write(folder.resolve("truth.csv"));
    Files.writeString(folder.resolve("report.txt"), this + "\n");
  }

  /// Whether secure scores were compared with the twin's, and all of these are equal bit for bit.
  /// Where none overflowed, the scores in the files must be equal, too.
  public boolean equal() {
    JsonNode check = reports.get("3pc").path("twin");
    boolean all = check.path("compared").asInt() == check.path("images").asInt();
    return check.path("equal").asBoolean()
        && check.path("compared").asInt() > 0
        && (!all || ResourceTable.largestDifference(secure, twin) == 0);
  }

  /// The report as a terminal shows it.
  @Override
  public String toString() {
    return ReproductionText.of(this);
  }
}
