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

  /// The branch of those who show what a drift does.
  private static final long DRIFTED = 0x4452_4654L;

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
    return IntStream.range(0, count).mapToObj(i -> one("t" + seed, root, i, false));
  }

  /// Studies as [#training], but of yet other patients and taken as the embedded cohort's films
  /// are, with each site's [Drift]: to see what the drift does to a network without looking at the
  /// cohort.
  ///
  /// @param seed which of them
  /// @param count how many
  public static Stream<PhantomStudy> drifted(long seed, int count) {
    long root = Draws.branch(Draws.branch(0, DRIFTED), seed);
    return IntStream.range(0, count).mapToObj(i -> one("d" + seed, root, i, true));
  }

  private static PhantomStudy one(String series, long root, int i, boolean drifted) {
    long own = Draws.branch(root, i);
    VirtualSite site = site(new Draws(own).below(EmbeddedCohort.SIZE));
    String name = "%s-%s-%06d".formatted(site.label(), series, i);
    Acquisition how = drifted ? site.current() : site.acquisition();
    return PhantomStudy.of(name, name, site, how, Draws.branch(own, 1), Draws.branch(own, 2));
  }

  /// The site of the film at this place of the embedded cohort.
  private static VirtualSite site(int place) {
    int left = place;
    for (VirtualSite candidate : VirtualSite.all()) {
      left -= candidate.mix().images();
      if (left < 0) {
        return candidate;
      }
    }
    return VirtualSite.all().getLast();
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
                site.current(),
                Draws.branch(own, 1),
                Draws.branch(own, 2 + v)));
      }
    }
    return List.copyOf(studies);
  }
}
