package org.blindread.mpc.protocol.twoparty;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.ot.OneOfManyOt;
import org.blindread.mpc.tensor.kernel.BitPlanes;
import org.blindread.mpc.tensor.kernel.BitSlice;

/// The millionaires' protocol in the form comparisons need: XOR shares of the carries that the
/// addition of the vendor's a and the hospital's b makes.
///
/// CrypTFlow2 (eprint 2020/1002), section 3.1 and algorithm 1: bits from … to are cut into leaves
/// of four; of each leaf the parties obtain shares of G = [a + b ≥ 2^w] and P = [a + b = 2^w − 1]
/// by one 1-of-16 OT, and neighbours are merged in a tree,
///
/// (G, P) = (G_hi ⊕ P_hi·G_lo, P_hi·P_lo).
///
/// A carry exists where a > 2^w − 1 − b: to know it is to know which of two private numbers is
/// greater. Beyond the paper: carries are taken at several places of one tree, for a truncation and
/// a sign need both; vendor and hospital each send the tables of one half of the elements
/// ([Halves]). Semi-honest, no error.
///
/// 2 + ⌈log₂ leaves⌉ rounds (and one more for every carry that builds on another).
final class Carries {
  private static final int LEAF_BITS = 4;

  /// Consecutive bits from … to − 1 whose carry out is wanted.
  record Segment(int from, int to) {}

  /// @param from its lowest bit
  /// @param shape of its OT: as many choice bits as the leaf has; messages (G, P), or G alone where
  ///   no carry can come in
  private record Leaf(int from, OneOfManyOt shape) {
    boolean propagates() {
      return shape.messageBits() == 2;
    }
  }

  /// Planes of a leaf or of merged leaves; `p` is empty where no carry can come in.
  private record Node(long[] g, long[] p) {}

  /// Leaves of each segment, lowest first.
  private final List<List<Leaf>> segments = new ArrayList<>();

  /// The leaves by shape, in an order both parties share: one OT message a shape.
  private final Map<OneOfManyOt, List<Leaf>> shapes = new LinkedHashMap<>();

  /// @param wanted one or more, each beginning where the one before ends; no carry comes into the
  ///   first
  Carries(List<Segment> wanted) {
    for (Segment segment : wanted) {
      List<Leaf> leaves = new ArrayList<>();
      int bits = segment.to - segment.from;
      int from = segment.from;
      while (from < segment.to) {
        int odd = bits % LEAF_BITS;
        int width = from == segment.from && odd > 0 ? odd : LEAF_BITS;
        boolean lowest = segments.isEmpty() && leaves.isEmpty();
        leaves.add(new Leaf(from, new OneOfManyOt(width, lowest ? 1 : 2)));
        from += width;
      }
      segments.add(leaves);
      leaves.forEach(leaf -> shapes.computeIfAbsent(leaf.shape, _ -> new ArrayList<>()).add(leaf));
    }
  }

  Demand demand(int count) {
    Halves halves = Halves.of(count);
    int words = BitSlice.words(count);
    Demand demand = new Demand(leafCots(halves, true), leafCots(halves, false));
    for (SharedAnd level : levels(words)) {
      demand = demand.plus(level.demand());
    }
    return demand;
  }

  private int leafCots(Halves halves, boolean vendorSends) {
    int words = halves.words(vendorSends);
    int cots = 0;
    for (Map.Entry<OneOfManyOt, List<Leaf>> group : shapes.entrySet()) {
      cots += group.getKey().cots(group.getValue().size() * words * Long.SIZE);
    }
    return cots;
  }

  void script(Script script, int count) {
    Halves halves = Halves.of(count);
    script.exchange(bytes(halves, false, true), bytes(halves, true, true));
    script.exchange(bytes(halves, true, false), bytes(halves, false, false));
    levels(BitSlice.words(count)).forEach(level -> level.script(script));
  }

  /// @param vendorSends which half
  /// @param asks the receiver's message, else the sender's
  private long bytes(Halves halves, boolean vendorSends, boolean asks) {
    int words = halves.words(vendorSends);
    long bytes = 0;
    for (Map.Entry<OneOfManyOt, List<Leaf>> group : shapes.entrySet()) {
      var cost = group.getKey().cost(group.getValue().size() * words * Long.SIZE);
      bytes += asks ? cost.fromReceiver() : cost.fromSender();
    }
    return bytes;
  }

  /// The ANDs of every level of the tree.
  private List<SharedAnd> levels(int words) {
    List<SharedAnd> levels = new ArrayList<>();
    int[] left = segments.stream().mapToInt(List::size).toArray();
    while (true) {
      int pairs = 0;
      int wide = 0;
      for (int s = 0; s < left.length; s++) {
        pairs += left[s] / 2;
        wide += left[s] / 2 - (s == 0 && left[s] > 1 ? 1 : 0);
        left[s] = Math.ceilDiv(left[s], 2);
      }
      if (pairs == 0) {
        break;
      }
      levels.add(new SharedAnd(pairs, wide, words));
    }
    for (int s = 1; s < left.length; s++) {
      levels.add(new SharedAnd(1, 0, words));
    }
    return levels;
  }

  /// Runs the protocol on `count` numbers from `at` on, of which only the bits of the segments
  /// matter.
  ///
  /// @param mine a at the vendor, b at the hospital
  /// @return for each segment this party's share of the carry out of it, a plane
  List<long[]> run(Dialogue talk, long[] mine, int at, int count) throws ProtocolException {
    int words = BitSlice.words(count);
    Map<Leaf, Node> leaves = leaves(talk, mine, at, count);
    List<List<Node>> nodes = new ArrayList<>();
    segments.forEach(segment -> nodes.add(segment.stream().map(leaves::get).toList()));
    while (nodes.stream().anyMatch(segment -> segment.size() > 1)) {
      merge(talk, nodes, words);
    }
    List<long[]> carries = new ArrayList<>();
    carries.add(nodes.getFirst().getFirst().g);
    for (int s = 1; s < nodes.size(); s++) {
      Node high = nodes.get(s).getFirst();
      long[] passed =
          new SharedAnd(1, 0, words).multiply(talk, high.p, carries.getLast(), new long[0]);
      BitPlanes.xor(passed, 0, passed, 0, high.g, 0, words);
      carries.add(passed);
    }
    return carries;
  }

  /// One level of the tree: neighbours become one.
  private static void merge(Dialogue talk, List<List<Node>> nodes, int words)
      throws ProtocolException {
    // The pair into which no carry comes needs no P; it goes last.
    List<Node> high = new ArrayList<>();
    List<Node> low = new ArrayList<>();
    for (int s = nodes.size() - 1; s >= 0; s--) {
      List<Node> segment = nodes.get(s);
      for (int k = segment.size() / 2 - 1; k >= 0; k--) {
        low.add(segment.get(2 * k));
        high.add(segment.get(2 * k + 1));
      }
    }
    int pairs = high.size();
    int wide = Math.toIntExact(low.stream().filter(node -> node.p.length > 0).count());
    long[] x = new long[pairs * words];
    long[] y = new long[pairs * words];
    long[] z = new long[wide * words];
    for (int k = 0; k < pairs; k++) {
      System.arraycopy(high.get(k).p, 0, x, k * words, words);
      System.arraycopy(low.get(k).g, 0, y, k * words, words);
      System.arraycopy(low.get(k).p, 0, z, Math.min(k, wide) * words, k < wide ? words : 0);
    }
    long[] products = new SharedAnd(pairs, wide, words).multiply(talk, x, y, z);
    int k = 0;
    for (int s = nodes.size() - 1; s >= 0; s--) {
      List<Node> segment = nodes.get(s);
      List<Node> merged = new ArrayList<>();
      for (int pair = segment.size() / 2 - 1; pair >= 0; pair--, k++) {
        long[] g = new long[words];
        BitPlanes.xor(g, 0, products, k * words, high.get(k).g, 0, words);
        long[] p = new long[k < wide ? words : 0];
        System.arraycopy(products, (pairs + Math.min(k, wide)) * words, p, 0, p.length);
        merged.addFirst(new Node(g, p));
      }
      if (segment.size() % 2 == 1) {
        merged.addLast(segment.getLast());
      }
      nodes.set(s, merged);
    }
  }

  /// The leaves by OT: asks for one half of the elements, answers for the other.
  private Map<Leaf, Node> leaves(Dialogue talk, long[] mine, int at, int count)
      throws ProtocolException {
    Halves halves = Halves.of(count);
    int words = BitSlice.words(count);
    boolean peer = !talk.vendor();
    int asksFrom = halves.fromWord(peer);
    int asked = halves.words(peer);
    int sendsFrom = halves.fromWord(talk.vendor());
    int sent = halves.words(talk.vendor());
    Map<Leaf, long[]> planes = new LinkedHashMap<>();
    Map<Leaf, Node> nodes = new LinkedHashMap<>();
    segments.stream()
        .flatMap(List::stream)
        .forEach(
            leaf -> {
              int bits = leaf.shape.choiceBits();
              long[] cut = new long[bits * words];
              BitSlice.slice(mine, at, count, leaf.from, bits, cut, 0);
              planes.put(leaf, cut);
              nodes.put(leaf, new Node(new long[words], new long[leaf.propagates() ? words : 0]));
            });
    List<OneOfManyOt.Asked> questions = new ArrayList<>();
    if (asked > 0) {
      for (Map.Entry<OneOfManyOt, List<Leaf>> group : shapes.entrySet()) {
        OneOfManyOt shape = group.getKey();
        List<Leaf> members = group.getValue();
        long[] choices = new long[shape.choiceBits() * members.size() * asked];
        int to = 0;
        for (int b = 0; b < shape.choiceBits(); b++) {
          for (Leaf leaf : members) {
            System.arraycopy(planes.get(leaf), b * words + asksFrom, choices, to, asked);
            to += asked;
          }
        }
        questions.add(shape.ask(talk.ot().receiver(), choices, members.size() * asked * Long.SIZE));
      }
    }
    if (sent > 0) {
      for (Map.Entry<OneOfManyOt, List<Leaf>> group : shapes.entrySet()) {
        OneOfManyOt shape = group.getKey();
        List<Leaf> members = group.getValue();
        int row = members.size() * sent;
        long[] table = new long[(1 << shape.choiceBits()) * shape.messageBits() * row];
        for (int k = 0; k < members.size(); k++) {
          Leaf leaf = members.get(k);
          Node node = nodes.get(leaf);
          LeafTable leafTable = new LeafTable(shape, planes.get(leaf), words);
          talk.secrets().fill(node.g, sendsFrom, sent);
          if (leaf.propagates()) {
            talk.secrets().fill(node.p, sendsFrom, sent);
          }
          leafTable.write(node.g, node.p, sendsFrom, sent, table, k * sent, row);
        }
        shape.send(talk.ot().sender(), table, row * Long.SIZE);
      }
    }
    if (asked > 0) {
      int question = 0;
      for (Map.Entry<OneOfManyOt, List<Leaf>> group : shapes.entrySet()) {
        List<Leaf> members = group.getValue();
        long[] rows = questions.get(question++).receive();
        for (int k = 0; k < members.size(); k++) {
          Node node = nodes.get(members.get(k));
          System.arraycopy(rows, k * asked, node.g, asksFrom, asked);
          System.arraycopy(
              rows,
              node.p.length == 0 ? 0 : (members.size() + k) * asked,
              node.p,
              node.p.length == 0 ? 0 : asksFrom,
              node.p.length == 0 ? 0 : asked);
        }
      }
    }
    return nodes;
  }
}
