package org.blindread.jupyter.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.blindread.jupyter.Bundle;
import org.blindread.jupyter.Display;
import org.blindread.workbench.Outcome;
import org.blindread.workbench.ScoreRow;

/// An outcome: scores, time, traffic, comparison with the twin, threat card.
public final class OutcomeDisplay implements Display<Outcome> {
  /// So many rows are shown whole; of more, the first few.
  private static final int ROWS = 20;

  private static final int FEW = 5;
  private static final int FINDINGS = 14;

  /// For `ServiceLoader`.
  public OutcomeDisplay() {}

  @Override
  public Class<Outcome> type() {
    return Outcome.class;
  }

  @Override
  public Bundle bundle(Outcome outcome) {
    return Bundle.html(text(outcome), html(outcome));
  }

  private static String text(Outcome outcome) {
    List<String> lines = new ArrayList<>();
    lines.add(outcome.name());
    List<List<String>> rows = rows(outcome);
    lines.add(String.join("  ", header(outcome)));
    rows.forEach(row -> lines.add(String.join("  ", row)));
    more(outcome).ifPresent(lines::add);
    lines.addAll(facts(outcome));
    outcome.threatCard().ifPresent(lines::add);
    return String.join("\n", lines);
  }

  private static String html(Outcome outcome) {
    StringBuilder html = new StringBuilder("<div>");
    html.append(Html.strong(outcome.name()));
    if (!outcome.scores().rows().isEmpty()) {
      html.append(Html.table(header(outcome), rows(outcome), 3));
    }
    more(outcome).ifPresent(line -> html.append(Html.line(line)));
    facts(outcome).forEach(line -> html.append(Html.line(line)));
    if (!outcome.bytes().isEmpty()) {
      List<List<String>> links = new ArrayList<>();
      outcome
          .bytes()
          .forEach(
              (link, bytes) ->
                  links.add(
                      List.of(
                          link.replace(">", " → "),
                          megabytes(bytes),
                          megabytes(outcome.report().sessionBytes().getOrDefault(link, 0L)))));
      html.append(
          Html.details(
              "traffic",
              Html.table(List.of("link", "MB an image", "MB once a session"), links, 1)));
    }
    outcome
        .threatCard()
        .ifPresent(card -> html.append(Html.details("threat model", Html.preformatted(card))));
    return html.append("</div>").toString();
  }

  private static List<String> header(Outcome outcome) {
    List<String> header = new ArrayList<>(List.of("image", "site", "patient"));
    header.addAll(outcome.scores().findings().stream().limit(FINDINGS).toList());
    return header;
  }

  private static List<List<String>> rows(Outcome outcome) {
    List<List<String>> rows = new ArrayList<>();
    int shown = outcome.scores().rows().size() > ROWS ? FEW : ROWS;
    for (ScoreRow row : outcome.scores().rows().stream().limit(shown).toList()) {
      List<String> cells = new ArrayList<>(List.of(row.image(), row.site(), row.patient()));
      for (double value : Arrays.stream(row.values()).limit(FINDINGS).toArray()) {
        cells.add(String.format(Locale.ROOT, "%.6f", value));
      }
      rows.add(cells);
    }
    return rows;
  }

  private static Optional<String> more(Outcome outcome) {
    int rows = outcome.scores().rows().size();
    int findings = outcome.scores().findings().size();
    return rows > ROWS || (rows > 0 && findings > FINDINGS)
        ? Optional.of(
            "%d images, %d findings in all, in %s/scores.csv"
                .formatted(rows, findings, outcome.folder()))
        : Optional.empty();
  }

  private static List<String> facts(Outcome outcome) {
    List<String> facts = new ArrayList<>();
    if (outcome.secure() && outcome.scores().rows().isEmpty()) {
      facts.add("nobody learnt a score; the shares are in " + outcome.folder());
    }
    if (outcome.secure()) {
      facts.add("simulation: this machine holds every share");
    }
    outcome.report().warnings().forEach(warning -> facts.add("UNSAFE RANGE: " + warning));
    outcome.report().overflows().forEach(layer -> facts.add("overflow in " + layer));
    outcome.report().twin().ifPresent(twin -> facts.add(twin.toString()));
    long total = outcome.bytes().values().stream().mapToLong(Long::longValue).sum();
    facts.add(
        String.format(Locale.ROOT, "%.2f s", outcome.seconds())
            + (outcome.secure() ? ", " + megabytes(total) + " MB an image" : ""));
    return facts;
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.2f", bytes * 1e-6);
  }
}
