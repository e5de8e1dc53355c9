package org.blindread.jupyter;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/// The displays there are.
public final class Displays {
  private static final List<Display<?>> ALL = load();

  private Displays() {}

  private static List<Display<?>> load() {
    return ServiceLoader.load(Display.class, Displays.class.getClassLoader()).stream()
        .<Display<?>>map(ServiceLoader.Provider::get)
        .toList();
  }

  public static List<Display<?>> all() {
    return ALL;
  }

  /// What a value looks like: as its display says, else as text.
  public static Bundle bundle(Object value) {
    return ALL.stream()
        .flatMap(display -> bundle(display, value).stream())
        .findFirst()
        .orElseGet(() -> Bundle.text(String.valueOf(value)));
  }

  private static <T> Optional<Bundle> bundle(Display<T> display, Object value) {
    return display.type().isInstance(value)
        ? Optional.of(display.bundle(display.type().cast(value)))
        : Optional.empty();
  }
}
