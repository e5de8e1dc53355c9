package org.blindread.mpc.net;

/// One participant of a run, by name.
///
/// @param name lower-case letters, digits and hyphens
public record Party(String name) implements Comparable<Party> {
  /// Owns the model.
  public static final Party VENDOR = new Party("vendor");

  /// Owns the images.
  public static final Party HOSPITAL = new Party("hospital");

  /// Helps with correlated randomness and never sees data.
  public static final Party HELPER = new Party("helper");

  /// @throws IllegalArgumentException if the name has other characters
  public Party {
    if (!name.matches("[a-z][a-z0-9-]{0,62}")) {
      throw new IllegalArgumentException(
          "a party is named by lower-case letters, digits and hyphens, not '" + name + "'");
    }
  }

  /// The key of the link to a peer in costs and traffic: `sender>receiver`.
  public String to(Party receiver) {
    return name + ">" + receiver.name;
  }

  @Override
  public int compareTo(Party other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
