package org.blindread.mpc.ot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.blindread.mpc.crypto.Seed;

/// The tree of O. Goldreich, S. Goldwasser and S. Micali (GGM), small: 2^depth seeds from one, of
/// which a party may hold all but one.
///
/// Bit b of a leaf's number is the turn at level b, so node i of a level has the children i and i +
/// (size of the level). At every level, the sums of all 0-children and of all 1-children; who knows
/// the sum on the side away from a path, at every level, can expand all leaves but the one at its
/// end.
final class SeedTree {
  private SeedTree() {}

  /// All leaves, and what unlocks all but one of them.
  ///
  /// @param sums at index 2b + side: the sum of the children on that side at level b
  record Full(List<Seed> leaves, List<Seed> sums) {}

  /// Expands a root to 2^depth leaves.
  static Full expand(Seed root, int depth) {
    List<Seed> nodes = List.of(root);
    List<Seed> sums = new ArrayList<>();
    for (int level = 0; level < depth; level++) {
      nodes = children(nodes);
      sums.add(sum(nodes.subList(0, nodes.size() / 2)));
      sums.add(sum(nodes.subList(nodes.size() / 2, nodes.size())));
    }
    return new Full(nodes, sums);
  }

  private static List<Seed> children(List<Seed> nodes) {
    List<Seed> children = new ArrayList<>();
    for (int side = 0; side < 2; side++) {
      for (Seed node : nodes) {
        children.add(node.derive("seed tree", side));
      }
    }
    return children;
  }

  private static Seed sum(List<Seed> seeds) {
    return seeds.stream().reduce(Seed::xor).orElseThrow();
  }

  /// All leaves but number `hole`, in their places; the hole is empty.
  ///
  /// @param away at index b: the sum of the children at level b on the side that the path to the
  ///   hole does not take
  static List<Optional<Seed>> expandAround(int hole, List<Seed> away) {
    List<Optional<Seed>> nodes = List.of(Optional.empty());
    for (int level = 0; level < away.size(); level++) {
      int size = nodes.size();
      int path = hole & (size - 1);
      int side = 1 - (hole >>> level & 1);
      List<Optional<Seed>> children = new ArrayList<>();
      for (int i = 0; i < 2 * size; i++) {
        int turn = i / size;
        children.add(nodes.get(i % size).map(node -> node.derive("seed tree", turn)));
      }
      Seed sibling =
          children.subList(side * size, (side + 1) * size).stream()
              .flatMap(Optional::stream)
              .reduce(away.get(level), Seed::xor);
      children.set(side * size + path, Optional.of(sibling));
      nodes = children;
    }
    return nodes;
  }
}
