package org.blindread.mpc.ot;

import org.blindread.mpc.crypto.Block;
import org.blindread.mpc.crypto.Prg;
import org.blindread.mpc.crypto.Seed;
import org.blindread.mpc.crypto.TreeHash;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.tensor.kernel.BitSlice;
import org.blindread.mpc.tensor.kernel.SparseCode;

/// Silent OT: millions of COTs from some ten thousands, which a local computation stretches under
/// the LPN assumption. Less than a bit on the wire for a COT; the choice for thin links.
///
/// K. Yang, C. Weng, X. Lan, J. Zhang, X. Wang, *Ferret: Fast Extension for Correlated OT with
/// Small Communication*, CCS 2020 (eprint 2020/924), semi-honest, with regular noise; single-point
/// COTs from [HalfTree]. Parameters: [LpnParameters].
///
/// Threat model: semi-honest parties; learning parity with regular noise is hard for the code that
/// the run's public coins draw (ten random ones a row); random-permutation model. [SoftSpoken] does
/// without LPN.
///
/// Every block carries the choice in bit 0: that of q is 0, of Δ is 1, of t is r.
///
/// 1. Set-up: COTs of [SoftSpoken], as many as a batch takes; later each batch keeps some of its
///    own.
/// 2. Of them k are the secrets of LPN (s for the sender, s ⊕ u·Δ for the receiver, u its choices);
///    the others serve t trees: v and w = v ⊕ e·Δ, where e has one 1 in each run of 2^b places.
/// 3. Sender: q = A·s ⊕ v. Receiver: t = A·(s ⊕ u·Δ) ⊕ w, with choices r = A·u ⊕ e.
///
/// 0 rounds (its message is sent ahead), 16tb bytes from the sender a batch: 0.73 bits a COT for
/// [LpnParameters#B11]; set-up that of SoftSpoken and 31 bits for each COT a batch takes. No error.
public final class Ferret implements OtExtension {
  private static final int PAIR = Block.WORDS;

  /// Rows of the code drawn at a time.
  private static final int ROWS = 512;

  /// Trees after which the sender hands over what the receiver may start with.
  private static final int FLUSHED_TREES = 64;

  private final LpnParameters parameters;
  private final SoftSpoken seeding = new SoftSpoken();

  public Ferret(LpnParameters parameters) {
    this.parameters = parameters;
  }

  @Override
  public int batch(int count) {
    int yielded = parameters.yielded();
    return Math.multiplyExact(Math.ceilDiv(count, yielded), yielded);
  }

  @Override
  public OtCost setup() {
    OtCost setup = seeding.setup();
    OtCost taken = seeding.cost(seeding.batch(parameters.taken()));
    // The receiver sends both one after the other.
    return new OtCost(
        setup.rounds(), setup.fromSender(), setup.fromReceiver() + taken.fromReceiver());
  }

  @Override
  public OtCost cost(int batch) {
    return new OtCost(0, Long.BYTES * messageWords(batch), 0);
  }

  private long messageWords(int batch) {
    return (long) PAIR * parameters.depth() * parameters.trees() * (batch / parameters.yielded());
  }

  @Override
  public OtExtension.Sender sender(Wire wire) throws ProtocolException {
    OtExtension.Sender seeds = seeding.sender(wire);
    int taken = seeding.batch(parameters.taken());
    long[] secrets = new long[PAIR * Math.max(taken, parameters.kept())];
    seeds.extend(secrets, 0, taken);
    clearChoices(secrets, 0, taken);
    return new Sending(this, wire, seeds.delta(), new Prg(wire.freshSeed()), secrets);
  }

  @Override
  public OtExtension.Receiver receiver(Wire wire) throws ProtocolException {
    OtExtension.Receiver seeds = seeding.receiver(wire);
    int taken = seeding.batch(parameters.taken());
    long[] secrets = new long[PAIR * Math.max(taken, parameters.kept())];
    long[] plane = new long[taken / Long.SIZE];
    seeds.extend(secrets, plane, 0, taken);
    clearChoices(secrets, 0, taken);
    long[] choices = new long[taken];
    BitSlice.spread(plane, 0, taken, choices, 0);
    for (int j = 0; j < taken; j++) {
      secrets[PAIR * j] |= choices[j];
    }
    return new Receiving(this, wire, secrets);
  }

  private static void clearChoices(long[] blocks, int from, int count) {
    for (int w = PAIR * from; w < PAIR * (from + count); w += PAIR) {
      blocks[w] &= -2;
    }
  }

  /// Where the samples of a tree go: those of the first trees are the secrets of the next batch.
  private record Place(long[] blocks, int at) {}

  private Place place(int tree, long[] kept, long[] blocks, int from) {
    int first = parameters.keptTrees();
    return tree < first
        ? new Place(kept, tree << parameters.depth())
        : new Place(blocks, from + ((tree - first) << parameters.depth()));
  }

  /// The public randomness of one batch, and its code.
  private static final class Code {
    private final TreeHash hash;
    private final Prg prg;
    private final long[] rows = new long[ROWS * SparseCode.ROW_WORDS];

    Code(Wire wire) {
      hash = new TreeHash(wire.publicCoins("ferret trees"));
      prg = new Prg(Seed.received(wire.publicCoins("ferret code")));
    }

    /// Adds the next rows of A·secrets.
    void add(long[] secrets, LpnParameters parameters, Place place) {
      for (int done = 0; done < 1 << parameters.depth(); done += ROWS) {
        prg.fill(rows, 0, rows.length);
        SparseCode.add(secrets, parameters.secrets(), rows, 0, ROWS, place.blocks, place.at + done);
      }
    }
  }

  private static final class Sending implements OtExtension.Sender {
    private final Ferret ferret;
    private final Wire wire;
    private final Block delta;
    private final Prg roots;
    private long[] secrets;
    private long[] kept;

    Sending(Ferret ferret, Wire wire, Block delta, Prg roots, long[] secrets) {
      this.ferret = ferret;
      this.wire = wire;
      this.delta = delta;
      this.roots = roots;
      this.secrets = secrets;
      this.kept = new long[secrets.length];
    }

    @Override
    public Block delta() {
      return delta;
    }

    @Override
    public void extend(long[] blocks, int from, int batch) throws ProtocolException {
      LpnParameters p = ferret.parameters;
      wire.announceAhead(ferret.messageWords(batch));
      long[] sums = new long[PAIR * p.depth()];
      for (int done = 0; done < batch; done += p.yielded()) {
        Code code = new Code(wire);
        for (int tree = 0; tree < p.trees(); tree++) {
          Place place = ferret.place(tree, kept, blocks, from + done);
          int mask = p.secrets() + tree * p.depth();
          Block root = Block.random(roots);
          HalfTree.full(
              code.hash, root, delta, p.depth(), place.blocks, place.at, secrets, mask, sums);
          wire.put(sums, 0, sums.length);
          if ((tree + 1) % FLUSHED_TREES == 0) {
            wire.flush();
          }
          clearChoices(place.blocks, place.at, 1 << p.depth());
          code.add(secrets, p, place);
        }
        long[] used = secrets;
        secrets = kept;
        kept = used;
      }
      wire.flush();
    }
  }

  private static final class Receiving implements OtExtension.Receiver {
    private final Ferret ferret;
    private final Wire wire;
    private final long[] lowWords;
    private long[] secrets;
    private long[] kept;

    Receiving(Ferret ferret, Wire wire, long[] secrets) {
      this.ferret = ferret;
      this.wire = wire;
      this.lowWords = new long[1 << ferret.parameters.depth()];
      this.secrets = secrets;
      this.kept = new long[secrets.length];
    }

    @Override
    public void extend(long[] blocks, long[] choices, int from, int batch)
        throws ProtocolException {
      LpnParameters p = ferret.parameters;
      wire.expect(ferret.messageWords(batch));
      long[] sums = new long[PAIR * p.depth()];
      for (int done = 0; done < batch; done += p.yielded()) {
        Code code = new Code(wire);
        for (int tree = 0; tree < p.trees(); tree++) {
          Place place = ferret.place(tree, kept, blocks, from + done);
          int mask = p.secrets() + tree * p.depth();
          wire.take(sums, 0, sums.length);
          int error =
              HalfTree.punctured(
                  code.hash, p.depth(), place.blocks, place.at, secrets, mask, away(mask), sums);
          clearChoices(place.blocks, place.at, 1 << p.depth());
          place.blocks[PAIR * (place.at + error)] |= 1;
          code.add(secrets, p, place);
          if (tree >= p.keptTrees()) {
            collectChoices(place, choices);
          }
        }
        long[] used = secrets;
        secrets = kept;
        kept = used;
      }
    }

    /// The choices of the COTs of a tree.
    private int away(int mask) {
      int away = 0;
      for (int i = 0; i < ferret.parameters.depth(); i++) {
        away |= (int) (secrets[PAIR * (mask + i)] & 1) << i;
      }
      return away;
    }

    private void collectChoices(Place place, long[] choices) {
      for (int j = 0; j < lowWords.length; j++) {
        lowWords[j] = place.blocks[PAIR * (place.at + j)];
      }
      BitSlice.slice(lowWords, 0, lowWords.length, 0, 1, choices, place.at / Long.SIZE);
    }
  }

  @Override
  public String toString() {
    return "Ferret" + parameters;
  }
}
