package org.blindread.data.phantom;

import java.util.EnumMap;
import java.util.Map;

/// A made-up person: what stays the same from film to film.
///
/// @param seed of everything about the person
/// @param male sex
/// @param age years
/// @param size of the skeleton, 1 is usual
/// @param girth obesity, 0 … 1
/// @param heart latent liability to heart failure, standard normal, rising with age
/// @param infection latent liability to lung infection, standard normal
/// @param bedridden latent liability to lying ill, standard normal
/// @param own the liability to each finding that is the person's alone, standard normal
record Patient(
    long seed,
    boolean male,
    int age,
    double size,
    double girth,
    double heart,
    double infection,
    double bedridden,
    Map<PhantomFinding, Double> own) {

  static Patient of(VirtualSite site, long seed) {
    Draws draws = new Draws(seed);
    boolean male = draws.chance(0.53);
    double years = draws.normal();
    int age = (int) Math.clamp(Math.round(site.mix().meanAge() + 15 * years), 18L, 92L);
    double size = Math.clamp(draws.normal(male ? 1.03 : 0.94, 0.04), 0.82, 1.15);
    double girth = Math.clamp(draws.normal(site.mix().meanGirth(), 0.22), 0.0, 1.0);
    double heart = 0.45 * years + Math.sqrt(1 - 0.45 * 0.45) * draws.normal();
    double infection = draws.normal();
    double bedridden = 0.3 * years + Math.sqrt(1 - 0.3 * 0.3) * draws.normal();
    Map<PhantomFinding, Double> own = new EnumMap<>(PhantomFinding.class);
    for (PhantomFinding finding : PhantomFinding.values()) {
      own.put(finding, draws.normal());
    }
    return new Patient(seed, male, age, size, girth, heart, infection, bedridden, own);
  }
}
