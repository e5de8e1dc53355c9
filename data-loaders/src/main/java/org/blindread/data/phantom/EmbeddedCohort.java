package org.blindread.data.phantom;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The cohort every installation has: 1,149 synthetic films from seven virtual sites in two
/// countries, the same on every machine. It is evidence about the machinery, never about patients.
public final class EmbeddedCohort {
  /// How many films.
  public static final int SIZE = 1149;

  /// The columns of the truth, in order.
  public static final List<String> FINDINGS =
      Stream.of(PhantomFinding.values()).map(PhantomFinding::column).toList();

  private static final List<PhantomStudy> STUDIES = all();

  private EmbeddedCohort() {}

  /// All films, site by site. Pixels are drawn by [PhantomStudy#render].
  public static List<PhantomStudy> studies() {
    return STUDIES;
  }

  private static List<PhantomStudy> all() {
    List<PhantomStudy> studies = new ArrayList<>();
    for (int number = 0; number < VirtualSite.all().size(); number++) {
      studies.addAll(Phantoms.embedded(number, VirtualSite.all().get(number)));
    }
    return List.copyOf(studies);
  }
}
