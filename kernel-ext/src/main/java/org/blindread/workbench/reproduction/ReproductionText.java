package org.blindread.workbench.reproduction;

import java.util.ArrayList;
import java.util.List;
import org.blindread.workbench.Cohorts;
import tools.jackson.databind.JsonNode;

/// What [Reproduction] found, as a terminal shows it.
final class ReproductionText {
  private ReproductionText() {}

  static String of(Reproduction found) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    if (found.cohort().synthetic()) {
      lines.add(Cohorts.SYNTHETIC);
      lines.add("");
    }
    lines.add(found.comparison().toString());
    lines.add("");
    lines.add(equality(found));
    overflows(found, lines);
    lines.add("");
    lines.addAll(ResourceTable.lines(found));
    lines.add("");
    lines.add("everything is in " + found.folder());
    return String.join("\n", lines);
  }

  private static String equality(Reproduction found) {
    JsonNode check = found.reports().get("3pc").path("twin");
    int compared = check.path("compared").asInt();
    int images = check.path("images").asInt();
    return "3pc, a stratified sample of %d images: equal to the twin bit for bit on %d of %d: %s%s"
        .formatted(
            found.secure().rows().size(),
            compared,
            images,
            found.equal() ? "yes" : "NO",
            compared == images
                ? ""
                : "; %d overflowed, nothing is claimed for them".formatted(images - compared));
  }

  private static void overflows(Reproduction found, List<String> lines) {
    for (String name : List.of("plain", "3pc")) {
      found
          .reports()
          .get(name)
          .path("overflows")
          .forEach(layer -> lines.add("overflow (" + name + "): " + layer));
    }
  }
}
