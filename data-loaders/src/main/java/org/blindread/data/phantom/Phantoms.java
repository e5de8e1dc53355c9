package org.blindread.data.phantom;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Synthetic studies in any number.
public final class Phantoms {
  /// The branch of the seeds' tree from which training patients come; the embedded cohort's come
  /// from another.
  private static final long TRAINING = 0x7241_494EL;

  private static final long COHORT = 0x434F_484FL;

  private Phantoms() {}

  /// Studies of other patients than the embedded cohort's, from the same population, the sites in
  /// the same proportion; one film a patient. Lazy: nothing is drawn until an element is asked for,
  /// and element i depends on `seed` and i alone.
  ///
  /// @param seed which of them; different seeds give different patients
  /// @param count how many
  public static Stream<PhantomStudy> training(long seed, int count) {
    long root = Draws.branch(Draws.branch(0, TRAINING), seed);
    return IntStream.range(0, count).mapToObj(i -> trainee(seed, root, i));
  }

  private static PhantomStudy trainee(long seed, long root, int i) {
    long own = Draws.branch(root, i);
    int place = new Draws(own).below(EmbeddedCohort.SIZE);
    VirtualSite site = VirtualSite.all().getFirst();
    for (VirtualSite candidate : VirtualSite.all()) {
      site = candidate;
      place -= candidate.mix().images();
      if (place < 0) {
        break;
      }
    }
    String name = "%s-t%d-%06d".formatted(site.label(), seed, i);
    return PhantomStudy.of(name, name, site, Draws.branch(own, 1), Draws.branch(own, 2));
  }

  /// The films of one site of the embedded cohort: each patient has one to three.
  ///
  /// @param number of the site in [VirtualSite#all]
  static List<PhantomStudy> embedded(int number, VirtualSite site) {
    long root = Draws.branch(Draws.branch(0, COHORT), number);
    List<PhantomStudy> studies = new ArrayList<>();
    int images = site.mix().images();
    for (int p = 0; studies.size() < images; p++) {
      long own = Draws.branch(root, p);
      double dice = new Draws(own).uniform();
      int films = dice < 0.78 ? 1 : dice < 0.94 ? 2 : 3;
      String patient = "%s-%04d".formatted(site.label(), p + 1);
      for (int v = 0; v < films && studies.size() < images; v++) {
        studies.add(
            PhantomStudy.of(
                patient + "-" + (v + 1),
                patient,
                site,
                Draws.branch(own, 1),
                Draws.branch(own, 2 + v)));
      }
    }
    return List.copyOf(studies);
  }
}
