package org.blindread.data.phantom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.blindread.data.Attributes;
import org.blindread.data.Cohort;
import org.blindread.data.Finding;
import org.blindread.data.Label;
import org.blindread.data.Labels;
import org.blindread.data.Origin;
import org.blindread.data.Study;

/// Phantoms as a [Cohort]: the form in which everything else reads images. Always synthetic.
public final class PhantomCohort {
  private static final List<Finding> FINDINGS =
      EmbeddedCohort.FINDINGS.stream().map(Finding::new).toList();

  private PhantomCohort() {}

  /// The embedded cohort.
  public static Cohort embedded() {
    return of("embedded", "the embedded cohort of phantoms", EmbeddedCohort.studies());
  }

  /// Any phantoms.
  ///
  /// @param name short, for tables
  /// @param recipe what they are made from, one clause
  public static Cohort of(String name, String recipe, List<PhantomStudy> phantoms) {
    List<Study> studies = new ArrayList<>();
    for (int i = 0; i < phantoms.size(); i++) {
      studies.add(study(i + 1, phantoms.get(i)));
    }
    return new Cohort(
        name, FINDINGS, List.of("country"), studies, Origin.of(recipe, hash(phantoms)), true);
  }

  /// Identifies the films: the seeds of all, and the pixels of the first of each site, so that
  /// another way of drawing makes another cohort.
  private static String hash(List<PhantomStudy> phantoms) {
    StringBuilder text = new StringBuilder();
    Set<String> sites = new HashSet<>();
    for (PhantomStudy phantom : phantoms) {
      text.append(phantom.image()).append(' ').append(phantom.patientSeed());
      text.append(' ').append(phantom.visitSeed());
      if (sites.add(phantom.site())) {
        text.append(' ').append(Arrays.hashCode(phantom.render().samples()));
      }
      text.append('\n');
    }
    return Origin.recipe(text.toString()).sha256();
  }

  private static Study study(int row, PhantomStudy phantom) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("patient", phantom.patient());
    texts.put("site", phantom.site());
    texts.put("country", phantom.country());
    texts.put("view", phantom.view());
    texts.put("sex", phantom.sex());
    texts.put("age", String.valueOf(phantom.age()));
    Map<Finding, Label> labels = new LinkedHashMap<>();
    phantom
        .findings()
        .forEach(
            (finding, present) ->
                labels.put(new Finding(finding), present ? Label.PRESENT : Label.ABSENT));
    return new Study(
        row, phantom.image(), Attributes.of(texts), Labels.of(FINDINGS, labels), phantom::render);
  }
}
