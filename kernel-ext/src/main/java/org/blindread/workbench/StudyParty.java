package org.blindread.workbench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import org.blindread.data.DatasetException;
import org.blindread.mpc.compile.CompileException;
import org.blindread.mpc.compile.Compiled;
import org.blindread.mpc.frontend.ModelException;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.net.Session;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.PlanText;
import org.blindread.mpc.protocol.Knob;
import org.blindread.mpc.protocol.Reveal;
import org.blindread.mpc.protocol.Terms;
import org.blindread.mpc.run.Images;
import org.blindread.mpc.run.Observer;
import org.blindread.mpc.run.Reading;
import org.blindread.mpc.tensor.RingTensor;
import org.blindread.mpc.tensor.Shape;

/// One real party of a study: reads what is its own, meets the others, runs, keeps its result.
///
/// A party has no twin: it cannot see whether values left their range.
public final class StudyParty {
  private final StudyFile study;
  private final Plan plan;
  private final Optional<Map<String, RingTensor>> weights;
  private final Optional<Worklist> worklist;
  private final List<String> findings;
  private final Map<String, String> sha256;

  /// @param sha256 hashes by role of what this party brings
  private StudyParty(
      StudyFile study,
      Plan plan,
      Optional<Map<String, RingTensor>> weights,
      Optional<Worklist> worklist,
      List<String> findings,
      Map<String, String> sha256) {
    this.study = study;
    this.plan = plan;
    this.weights = weights;
    this.worklist = worklist;
    this.findings = findings;
    this.sha256 = sha256;
  }

  /// Loads everything this party brings and checks that it fits the plan.
  ///
  /// @throws WorkbenchException if plan, card or images do not fit
  /// @throws ModelException if the model cannot be read
  /// @throws CompileException if it does not compile to the plan's numbers
  /// @throws DatasetException if the manifest is faulty
  public static StudyParty prepare(StudyFile study)
      throws WorkbenchException, ModelException, CompileException, DatasetException {
    Plan plan = plan(study.plan());
    return switch (study.site()) {
      case StudyFile.Site.Helping _ ->
          new StudyParty(study, plan, Optional.empty(), Optional.empty(), List.of(), Map.of());
      case StudyFile.Site.Vending vendor -> {
        VendorModel model = VendorModel.load(vendor.model(), vendor.card());
        yield new StudyParty(
            study,
            plan,
            Optional.of(compiled(study, plan, model, vendor).weights()),
            Optional.of(Worklist.anonymous(study.images())),
            model.card().findings(),
            model.sha256());
      }
      case StudyFile.Site.Imaging hospital -> {
        PublicCard card = card(hospital.card());
        checkCard(hospital.card(), card, plan);
        Worklist worklist = worklist(hospital, card, study.images());
        yield new StudyParty(
            study,
            plan,
            Optional.empty(),
            Optional.of(worklist),
            card.findings(),
            Map.of("manifest", worklist.sha256()));
      }
    };
  }

  /// Reads an exported plan.
  ///
  /// @throws WorkbenchException if it is missing or malformed
  public static Plan plan(Path file) throws WorkbenchException {
    try {
      return PlanText.parse(Files.readString(file));
    } catch (IOException e) {
      throw new WorkbenchException(
          "cannot read the plan "
              + file
              + ": no such file, or not utf-8 text; it comes from the vendor"
              + " (./blindread plan M.onnx --export M.plan)",
          e);
    } catch (IllegalArgumentException e) {
      throw new WorkbenchException(file + " is no valid plan: " + e.getMessage(), e);
    }
  }

  private static Compiled compiled(
      StudyFile study, Plan plan, VendorModel model, StudyFile.Site.Vending vendor)
      throws CompileException, WorkbenchException {
    Compiled compiled = Precision.ofPlan(plan.numbers(), vendor.allowUnsafeRange()).compile(model);
    if (!PlanText.print(compiled.plan()).equals(PlanText.print(plan))) {
      throw new WorkbenchException(
          "%s does not give the plan %s: the model or this program changed since; export it again and send it to the others"
              .formatted(model.source(), study.plan()));
    }
    return compiled;
  }

  private static PublicCard card(Path file) throws WorkbenchException {
    try {
      return PublicCard.parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new WorkbenchException(
          "cannot read the public card " + file + ": it comes from the vendor with the plan", e);
    }
  }

  private static void checkCard(Path file, PublicCard card, Plan plan) throws WorkbenchException {
    Shape stated = Shape.of(card.input().height(), card.input().width(), card.input().channels());
    for (var step : plan.steps()) {
      if (step.instruction() instanceof Instruction.Input && !step.shape().equals(stated)) {
        throw new WorkbenchException(
            "%s prepares images of %s, but the plan reads %s; plan and card belong to different models"
                .formatted(file, stated, step.shape()));
      }
    }
    if (card.findings().size() != Reading.size(plan)) {
      throw new WorkbenchException(
          "%s names %d findings, but the plan puts out %d numbers; plan and card belong to different models"
              .formatted(file, card.findings().size(), Reading.size(plan)));
    }
  }

  private static Worklist worklist(StudyFile.Site.Imaging hospital, PublicCard card, int images)
      throws WorkbenchException, DatasetException {
    String manifest = hospital.manifest();
    if (manifest.startsWith(Worklist.SEEDED)) {
      Shape shape = Shape.of(card.input().channels(), card.input().height(), card.input().width());
      return Worklist.seeded(shape, seed(manifest), images);
    }
    return Worklist.of(
        Cohorts.read(manifest, card.findings()), card.input(), OptionalInt.of(images));
  }

  private static long seed(String manifest) throws WorkbenchException {
    try {
      return Long.parseLong(manifest.substring(Worklist.SEEDED.length()));
    } catch (NumberFormatException e) {
      throw new WorkbenchException(
          "manifest must be a csv or seeded:NUMBER, not '" + manifest + "'", e);
    }
  }

  public Plan plan() {
    return plan;
  }

  private Terms terms() {
    return new Terms(plan.numbers(), study.mode(), study.reveal(), study.images(), study.knobs());
  }

  /// What the protocol states of the plan, one sentence each.
  public List<String> statements() {
    return study.protocol().statements(plan, terms());
  }

  /// Meets the others and runs to the end.
  ///
  /// @param resume whether results on disk are kept and not computed again
  /// @param watcher made once it is known what is left to watch; told after each result is durable
  /// @throws ProtocolException naming the peer that was lost, differs or deviates
  /// @throws IOException if an image cannot be read or a result not be written
  public PartyReport run(boolean resume, Function<Plan, Observer> watcher)
      throws WorkbenchException, ProtocolException, IOException {
    Party self = study.site().party();
    SecureJob job = new SecureJob(study.run(), study.protocol(), terms(), plan, study.lanes());
    Measurements measurements = new Measurements(plan);
    Observer begun = begun(resume);
    try (Keeper keeper = keeper(job, self, resume);
        ImageLogFile log = log(resume)) {
      Session session =
          Wire.network(
                  study.transport(),
                  self,
                  study.protocol().parties(),
                  Duration.ofSeconds(study.connectSeconds()))
              .connect(study.lanes());
      Optional<Images> pixels =
          self.equals(Party.HOSPITAL) ? worklist.map(Worklist::images) : Optional.empty();
      job.at(
              weights,
              pixels,
              keeper.done(),
              Observers.of(
                  begun,
                  log.at(self, plan, names(), PeakMemory::bytes),
                  keeper,
                  measurements,
                  watcher.apply(plan)))
          .run(session);
      PartyReport report =
          new PartyReport(
              self.name(),
              measurements.images(),
              measurements.steps(),
              session.control().traffic().bytes(),
              PeakMemory.bytes());
      if (study.report().isPresent()) {
        report.write(study.report().get());
      }
      return report;
    } catch (UncheckedIOException e) {
      throw new IOException(e.getCause().getMessage(), e);
    }
  }

  /// A vendor that gets no result cannot know whether the others begin or resume: what it brings
  /// stays the same for every call of a run, which it remembers beside the plan. The helper brings
  /// nothing.
  private Observer begun(boolean resume) throws WorkbenchException {
    if (study.site() instanceof StudyFile.Site.Helping) {
      return Observer.none();
    }
    Map<String, String> values = new TreeMap<>(sha256);
    values.put("run", study.run());
    values.put("protocol", study.protocol().name());
    values.put("plan", PlanText.hash(plan));
    values.put("mode", study.mode().toString());
    values.put("reveal", study.reveal().toString());
    String knobs = Knob.text(study.protocol().knobs(), study.knobs());
    if (!knobs.isEmpty()) {
      values.put("knobs", knobs);
    }
    return BegunWith.check(new RunIdentity(values), study.place(), anew(resume));
  }

  /// Whether the run begins, as far as this party knows: one without a result of its own cannot
  /// tell, and goes on with what is there.
  private boolean anew(boolean resume) {
    return study.result().isPresent() && !resume;
  }

  private ImageLogFile log(boolean resume) throws WorkbenchException {
    return ImageLogFile.open(
        ImageLog.beside(study.place()),
        LinkColumns.between(study.protocol().parties()),
        !anew(resume));
  }

  /// The images as this party knows them.
  private Worklist names() {
    return worklist.orElseGet(() -> Worklist.anonymous(study.images()));
  }

  private Keeper keeper(SecureJob job, Party self, boolean resume) throws WorkbenchException {
    Optional<Path> result = study.result();
    if (result.isEmpty()) {
      return Keeper.nothing();
    }
    return study.reveal() == Reveal.NONE
        ? SharesKeeper.open(result.get(), job.shares(self, findings), plan, resume)
        : ScoresKeeper.open(result.get(), findings, plan, worklist.orElseThrow(), resume);
  }
}
