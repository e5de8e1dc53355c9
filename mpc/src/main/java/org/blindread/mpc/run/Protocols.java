package org.blindread.mpc.run;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.blindread.mpc.protocol.Protocol;

/// The protocols found on the class path.
public final class Protocols {
  private Protocols() {}

  public static List<Protocol> all() {
    return ServiceLoader.load(Protocol.class).stream().map(ServiceLoader.Provider::get).toList();
  }

  /// The protocol of a name.
  ///
  /// @throws IllegalArgumentException listing the names there are
  public static Protocol of(String name) {
    return all().stream()
        .filter(protocol -> protocol.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no protocol '%s'; there are: %s"
                        .formatted(
                            name,
                            all().stream()
                                .map(Protocol::name)
                                .sorted()
                                .collect(Collectors.joining(", ")))));
  }
}
