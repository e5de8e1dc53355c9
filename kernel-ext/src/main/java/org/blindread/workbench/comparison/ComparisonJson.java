package org.blindread.workbench.comparison;

import java.util.Optional;
import java.util.OptionalDouble;
import org.blindread.stats.equivalence.Equivalence;
import org.blindread.stats.estimate.Estimate;
import org.blindread.stats.estimate.Interval;
import org.blindread.stats.roc.AurocDifference;
import org.blindread.stats.roc.Cases;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A comparison as `compare --json` writes it: every number at full precision, names stable. What a
/// degenerate case does not have is absent, never null.
final class ComparisonJson {
  private ComparisonJson() {}

  static String of(Comparison comparison) {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    root.putObject("names")
        .put("plain", comparison.names().plain())
        .put("secure", comparison.names().secure());
    ArrayNode results = root.putArray("results");
    for (SiteResult line : comparison.lines()) {
      write(results.addObject(), line);
    }
    ArrayNode agreements = root.putArray("agreement");
    for (FindingResult finding : comparison.findings()) {
      ObjectNode node = agreements.addObject();
      node.put("finding", finding.finding());
      finding.holm().ifPresent(p -> node.put("holm", p));
      node.put("uncertain", finding.reference().uncertain());
      node.put("unlabelled", finding.reference().unlabelled());
      AgreementJson.write(node, finding.agreement());
    }
    ArrayNode notices = root.putArray("notices");
    comparison.notices().forEach(notices::add);
    return root.toPrettyString();
  }

  private static void write(ObjectNode node, SiteResult line) {
    node.put("finding", line.finding());
    node.put("site", line.site());
    node.put("n", line.cases().size());
    node.put("positives", line.cases().positives());
    node.put("patients", line.cases().patients());
    write(node.putObject("plain"), line.areas().plain().estimate());
    write(node.putObject("secure"), line.areas().secure().estimate());
    write(node.putObject("difference"), line.areas().difference());
    line.equivalence().ifPresent(verdict -> write(node.putObject("equivalence"), verdict));
    ObjectNode certificate = node.putObject("certificate");
    put(certificate, "bound", line.certificate().bound());
    put(certificate, "actual", line.certificate().actual());
    node.put("outcome", line.outcome());
    ObjectNode unclustered = node.putObject("unclustered");
    write(unclustered.putObject("plain"), line.areas().plain().unclustered());
    write(unclustered.putObject("secure"), line.areas().secure().unclustered());
    write(unclustered.putObject("difference"), line.areas().unclustered());
    if (!line.cases().leftOut().isEmpty()) {
      ArrayNode out = node.putArray("sitesLeftOut");
      for (Cases.SiteLeftOut site : line.cases().leftOut()) {
        out.addObject().put("site", site.site()).put("reason", site.reason());
      }
    }
  }

  private static void write(ObjectNode node, Estimate estimate) {
    put(node, "auc", estimate.point());
    Optional<Estimate.Estimated> ordinary = estimate.estimated();
    if (ordinary.isPresent()) {
      node.put("variance", ordinary.get().variance());
      write(node.putArray("interval"), ordinary.get().interval());
    } else {
      node.put("outcome", estimate.outcome());
    }
  }

  private static void write(ObjectNode node, AurocDifference difference) {
    put(node, "value", difference.point());
    Optional<AurocDifference.Ordinary> ordinary = difference.ordinary();
    if (ordinary.isPresent()) {
      node.put("variance", ordinary.get().variance());
      write(node.putArray("interval90"), ordinary.get().interval(0.90));
      node.put("z", ordinary.get().z());
      node.put("p", ordinary.get().p());
    } else {
      node.put("outcome", difference.outcome());
    }
  }

  private static void write(ObjectNode node, Equivalence verdict) {
    node.put("margin", verdict.margin().value());
    node.put("rationale", verdict.margin().rationale());
    node.put("prespecified", verdict.margin().prespecified());
    switch (verdict) {
      case Equivalence.Tested tested -> {
        node.put("pLower", tested.pLower());
        node.put("pUpper", tested.pUpper());
        node.put("smallestMarginPassing", tested.smallestMarginPassing());
      }
      case Equivalence.Exact exact ->
          node.put("smallestMarginPassing", exact.smallestMarginPassing());
      case Equivalence.Undecided undecided -> node.put("reason", undecided.reason().name());
    }
    node.put("decision", verdict.decision().name());
  }

  private static void write(ArrayNode node, Interval interval) {
    node.add(interval.lower()).add(interval.upper());
  }

  private static void put(ObjectNode node, String name, OptionalDouble value) {
    value.ifPresent(number -> node.put(name, number));
  }
}
