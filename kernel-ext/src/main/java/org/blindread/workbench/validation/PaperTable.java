package org.blindread.workbench.validation;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.blindread.stats.equivalence.Decision;
import org.blindread.workbench.comparison.Comparison;
import org.blindread.workbench.comparison.FindingResult;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tools.jackson.databind.JsonNode;

/// This study beside the one it reproduces: Soin et al., Multi-institution encrypted medical
/// imaging AI validation without data sharing, arXiv 2107.10230. Of the paper only its abstract and
/// the authors' repository arjunsoin/cryptflow-chexpert (`experiment/server/config.json`, commit
/// 72e12d3) could be read; what they do not say is "not available offline".
final class PaperTable {
  private static final String UNKNOWN = "not available offline";

  private PaperTable() {}

  static Table of(Validation study) {
    Table table =
        Table.create(
            "the study reproduced, and this one",
            StringColumn.create("what"),
            StringColumn.create("Soin et al. 2021"),
            StringColumn.create("this run"));
    String made = study.cohort().synthetic() ? ", SYNTHETIC" : "";
    JsonNode run = study.secure().report().json();
    row(
        table,
        "images",
        "1,149 chest X-rays",
        String.format(Locale.ROOT, "%,d%s", study.cohort().size(), made));
    row(
        table,
        "sites",
        "seven, across the US and India",
        study.cohort().sites().size() + (made.isEmpty() ? "" : " virtual" + made));
    row(table, "model", "DenseNet-121, 14 outputs", model(study));
    row(
        table,
        "protocol",
        "CrypTFlow2 (SCI, HE), two parties",
        "%s between %d processes"
            .formatted(
                study.secure().report().how(), study.secure().report().peakMemoryBytes().size()));
    row(
        table,
        "bit width, scale",
        "35, 15",
        run.path("bits").asString() + ", " + run.path("scale").asString());
    row(
        table,
        "images read securely",
        "1,149",
        String.valueOf(study.secure().scores().rows().size()));
    row(
        table,
        "difference of AUROC",
        "\"no significant difference in AUROC for all diagnoses\"",
        difference(study.all()));
    row(
        table,
        "outputs",
        "\"distributionally equivalent\"",
        "largest deviation of a logit "
            + ScoreDistance.power(
                ScoreDistance.largest(study.secure().scores(), study.plain().scores())));
    row(table, "AUROC by finding and site", UNKNOWN, "table 'auroc'");
    row(
        table,
        "test and margin used",
        UNKNOWN,
        "two one-sided tests, " + study.declaration().margin());
    row(
        table,
        "seconds an image, median",
        UNKNOWN,
        study
            .secure()
            .report()
            .medianSeconds()
            .map(s -> String.format(Locale.ROOT, "%.2f", s))
            .orElse("one image only"));
    return table;
  }

  private static String model(Validation study) {
    String name = study.secure().name();
    int findings = study.secure().scores().findings().size();
    return "%s, %d output%s"
        .formatted(
            name.substring(0, Math.max(0, name.lastIndexOf(','))),
            findings,
            findings == 1 ? "" : "s");
  }

  private static String difference(Comparison comparison) {
    List<FindingResult> findings = comparison.findings();
    long equivalent =
        findings.stream()
            .flatMap(finding -> finding.all().equivalence().stream())
            .filter(verdict -> verdict.decision() == Decision.EQUIVALENT)
            .count();
    OptionalDouble smallest =
        findings.stream()
            .map(FindingResult::holm)
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .min();
    return "equivalent for %d of %d%s"
        .formatted(
            equivalent,
            findings.size(),
            smallest.isPresent()
                ? String.format(Locale.ROOT, "; smallest p (Holm) %.3g", smallest.getAsDouble())
                : "");
  }

  private static void row(Table table, String what, String paper, String here) {
    table.stringColumn(0).append(what);
    table.stringColumn(1).append(paper);
    table.stringColumn(2).append(here);
  }
}
