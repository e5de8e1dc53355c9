package org.blindread.mpc.protocol.masked;

import java.util.ArrayList;
import java.util.List;

/// The shape of the prefix network that finds the borrow of c − r into one bit, and into a lower
/// cut, where c is public and P0 knows r.
///
/// Bits are gathered into groups of up to four that never cross the cut; groups into blocks of
/// four, until at most five nodes remain. Every node is a pair (G, P): *generates* a borrow,
/// *propagates* one. All nodes of a level are opened under masks in one round; the remaining nodes
/// are combined without opening. At ℓ = 64, f = 20 these are 16 groups, 4 blocks and two rounds.
///
/// @param top the borrow into this bit is wanted: bits 0 … top−1 are compared
/// @param cut the borrow into this lower bit is wanted too; 0 for none
/// @param levels opened nodes, groups of bits first
/// @param carry the nodes that cover bits 0 … top−1, lowest first
/// @param cover the nodes that cover bits 0 … cut−1, lowest first; empty if there is no cut
record BorrowTree(int top, int cut, List<List<Node>> levels, List<Node> carry, List<Node> cover) {
  private static final int GROUP = 4;
  private static final int REMAINING = 5;

  /// One opened pair (G, P) over bits `low` … `high`−1. The node that holds bit 0 needs no P.
  ///
  /// @param level where it is opened
  /// @param plane where its G lies among the level's planes; P follows it
  /// @param children the nodes it combines, lowest first; empty for a group of bits
  record Node(int level, int plane, int low, int high, List<Node> children) {
    boolean propagates() {
      return low > 0;
    }

    int size() {
      return children.isEmpty() ? high - low : children.size();
    }

    int planes() {
      return propagates() ? 2 : 1;
    }
  }

  BorrowTree {
    levels = List.copyOf(levels);
    carry = List.copyOf(carry);
    cover = List.copyOf(cover);
  }

  /// The network for bits 0 … top−1 with a cut at `cut` (0 for none, at most `top`).
  static BorrowTree of(int top, int cut) {
    List<Node> nodes = new ArrayList<>();
    int plane = 0;
    int low = 0;
    while (low < top) {
      int end = low < cut ? cut : top;
      int high = Math.min(low + GROUP, end);
      nodes.add(new Node(0, plane, low, high, List.of()));
      plane += nodes.getLast().planes();
      low = high;
    }
    List<List<Node>> levels = new ArrayList<>();
    levels.add(nodes);
    while (nodes.size() > REMAINING) {
      List<Node> next = new ArrayList<>();
      List<Node> opened = new ArrayList<>();
      plane = 0;
      for (int i = 0; i < nodes.size(); i += GROUP) {
        List<Node> children = nodes.subList(i, Math.min(i + GROUP, nodes.size()));
        if (children.size() == 1) {
          next.add(children.getFirst());
          continue;
        }
        Node node =
            new Node(
                levels.size(),
                plane,
                children.getFirst().low(),
                children.getLast().high(),
                List.copyOf(children));
        plane += node.planes();
        opened.add(node);
        next.add(node);
      }
      levels.add(opened);
      nodes = next;
    }
    return new BorrowTree(top, cut, levels, nodes, cover(nodes, cut));
  }

  private static List<Node> cover(List<Node> nodes, int cut) {
    List<Node> cover = new ArrayList<>();
    for (Node node : nodes) {
      if (node.high() <= cut) {
        cover.add(node);
      } else if (node.low() < cut) {
        cover.addAll(cover(node.children(), cut));
      }
    }
    return cover;
  }

  /// Planes opened in one level.
  int planes(int level) {
    return levels.get(level).stream().mapToInt(Node::planes).sum();
  }

  /// Product planes P0 shares for the groups of bits: all products of each group's bits.
  int groupProducts() {
    return levels.getFirst().stream().mapToInt(node -> BitGroup.products(node.size())).sum();
  }

  /// Product planes P0 shares for the nodes of a level above the groups.
  int nodeProducts(int level) {
    return levels.get(level).stream()
        .mapToInt(node -> Combination.products(node.size(), node.propagates()))
        .sum();
  }
}
