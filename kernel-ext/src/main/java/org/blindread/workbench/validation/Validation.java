package org.blindread.workbench.validation;

import java.nio.file.Path;
import java.util.Optional;
import org.blindread.data.Cohort;
import org.blindread.data.DatasetException;
import org.blindread.data.Truth;
import org.blindread.data.Uncertain;
import org.blindread.mpc.protocol.Mode;
import org.blindread.stats.equivalence.Margin;
import org.blindread.workbench.Cohorts;
import org.blindread.workbench.Outcome;
import org.blindread.workbench.TwinCheck;
import org.blindread.workbench.WorkbenchException;
import org.blindread.workbench.comparison.Comparison;
import org.blindread.workbench.comparison.PairedScores;
import org.blindread.workbench.comparison.Settings;
import org.blindread.workbench.ledger.Ledger;

/// A multi-site validation study: a model reads a cohort in floating point and by the fixed-point
/// twin, all of it, and securely, a sample or all; then the statistics say whether the three
/// perform alike. The twin computes in the clear what the secure protocol computes on shares: where
/// the two are equal bit for bit, what is found of the twin holds of the protocol.
///
/// @param cohort the images
/// @param truth the reference standard
/// @param plain read in floating point
/// @param twin read by the fixed-point twin
/// @param secure read securely: some of the images, or all
/// @param declaration the margin of equivalence, and when it was declared
/// @param all floating point against the twin, on all images
/// @param sample floating point against the secure scores, on the images these cover; site by site
///   if they cover all
public record Validation(
    Cohort cohort,
    Truth truth,
    Outcome plain,
    Outcome twin,
    Outcome secure,
    Declaration declaration,
    Comparison all,
    Comparison sample) {
  /// The folders of the three runs, below the study's.
  public static final String PLAIN = "float";

  /// See [#PLAIN].
  public static final String TWIN = "twin";

  /// See [#PLAIN].
  public static final String SECURE = "secure";

  /// Compares what was read.
  ///
  /// @throws WorkbenchException if scores and cohort are not of the same images
  public static Validation of(
      Cohort cohort, Outcome plain, Outcome twin, Outcome secure, Declaration declaration)
      throws WorkbenchException {
    return of(cohort, cohort.truth(), plain, twin, secure, declaration);
  }

  private static Validation of(
      Cohort cohort,
      Truth truth,
      Outcome plain,
      Outcome twin,
      Outcome secure,
      Declaration declaration)
      throws WorkbenchException {
    Margin margin = declaration.margin();
    return new Validation(
        cohort,
        truth,
        plain,
        twin,
        secure,
        declaration,
        compared(cohort, truth, plain, twin, margin, false),
        compared(cohort, truth, plain, secure, margin, true));
  }

  private static Comparison compared(
      Cohort cohort, Truth truth, Outcome plain, Outcome other, Margin margin, boolean sampled)
      throws WorkbenchException {
    boolean uncertain =
        cohort.prevalences().stream().anyMatch(prevalence -> prevalence.uncertain() > 0);
    // Ten images of a site have no area of their own worth a line.
    boolean whole = other.scores().rows().size() == plain.scores().rows().size();
    Comparison comparison =
        Comparison.of(
            paired(plain, other, sampled),
            truth,
            new Settings(
                whole,
                Optional.of(margin),
                uncertain ? Optional.of(Uncertain.EXCLUDE) : Optional.empty()));
    return cohort.synthetic() ? comparison.noting(Cohorts.SYNTHETIC) : comparison;
  }

  private static PairedScores paired(Outcome plain, Outcome other, boolean common)
      throws WorkbenchException {
    return PairedScores.of(
        new PairedScores.Names(called(plain), called(other)),
        plain.scores(),
        other.scores(),
        common);
  }

  /// The scores that [#all] compares.
  PairedScores paired() throws WorkbenchException {
    return paired(plain, twin, false);
  }

  /// What a run is called in tables.
  static String called(Outcome outcome) {
    return switch (outcome.report().how()) {
      case "onnxruntime" -> "ONNX Runtime";
      case "plain" -> "fixed-point twin";
      case String other -> other;
    };
  }

  /// The study that a folder's ledger holds.
  ///
  /// @throws WorkbenchException if something of it is not there yet
  /// @throws DatasetException if its cohort cannot be read here
  public static Validation read(Path study) throws WorkbenchException, DatasetException {
    try (Ledger ledger = Ledger.existing(study)) {
      Outcome plain = outcome(ledger, PLAIN);
      Cohort cohort =
          Cohorts.read(
              plain.cohort().orElseThrow(() -> missing(study, "a cohort")),
              plain.scores().findings());
      return of(
          cohort,
          ledger.truth().orElseThrow(() -> missing(study, "a reference standard")),
          plain,
          outcome(ledger, TWIN),
          outcome(ledger, SECURE),
          Declaration.of(ledger).orElseThrow(() -> missing(study, "a declared margin")));
    }
  }

  private static Outcome outcome(Ledger ledger, String run) throws WorkbenchException {
    Optional<Outcome> outcome = ledger.outcome(run);
    return outcome.orElseThrow(() -> missing(ledger.folder(), "the run '" + run + "'"));
  }

  private static WorkbenchException missing(Path study, String what) {
    return new WorkbenchException(
        "the study in %s lacks %s; ./blindread reproduce goes on with it".formatted(study, what));
  }

  /// Whether secure scores were compared with the twin's, and all of these are equal bit for bit.
  /// Where no value left its range, the recorded scores must be equal, too.
  public boolean equal() {
    TwinCheck check =
        secure
            .report()
            .twin()
            .orElseThrow(() -> new IllegalStateException("the secure run was not compared"));
    boolean all = check.compared() == check.images();
    return check.equal() && (!all || ScoreDistance.largest(secure.scores(), twin.scores()) == 0);
  }

  /// Whether the secure run is what its mode promises: [#equal] in faithful mode; in fast mode,
  /// whose last places may differ, that it was compared at all.
  public boolean asPromised() {
    return equal() || (fast() && secure.report().twin().orElseThrow().compared() > 0);
  }

  /// Whether the secure run was in fast mode.
  boolean fast() {
    return secure.report().json().path("mode").asString("").equals(Mode.FAST.toString());
  }

  /// The sentence on which all rests: on how many images secure scores equal the twin's.
  public String equality() {
    return ValidationText.equality(this);
  }

  /// Its tables and figures.
  ///
  /// @throws DatasetException if the cohort's sites cannot be told apart
  /// @throws WorkbenchException if scores and truth are not of the same images
  public Exhibits exhibits() throws DatasetException, WorkbenchException {
    return Exhibits.of(this);
  }

  /// Writes tables and figures into a study's folder, and reference standard and hashes into its
  /// ledger.
  public void write(Path study) throws Exception {
    try (Ledger ledger = Ledger.open(study)) {
      ledger.record(truth);
      ledger.exhibit(exhibits().write(study));
    }
  }

  /// The study as a terminal shows it.
  @Override
  public String toString() {
    return ValidationText.of(this);
  }
}
