package org.blindread.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// An order that depends on a seed and on names only: by SHA-256 of `seed:name`. It is the same on
/// every machine and in every language, and adding an item leaves the others in their order.
final class SeededOrder {
  private record Keyed<T>(String hash, T item) {}

  private SeededOrder() {}

  static <T> List<T> of(List<T> items, long seed, Function<T, String> name) {
    List<Keyed<T>> keyed = new ArrayList<>();
    for (T item : items) {
      keyed.add(new Keyed<>(Sha256.of(seed + ":" + name.apply(item)), item));
    }
    keyed.sort(Comparator.comparing(Keyed::hash));
    return keyed.stream().map(Keyed::item).toList();
  }
}
