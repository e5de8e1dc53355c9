package org.blindread.mpc.ot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.blindread.mpc.crypto.Block;
import org.blindread.mpc.crypto.Seed;
import org.blindread.mpc.crypto.Streams;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.tensor.kernel.BitTransposition;
import org.blindread.mpc.tensor.kernel.LeafSums;

/// OT extension from vector-OLE in a small field: computes four times what [Iknp] does to send a
/// quarter. The choice for fast links.
///
/// L. Roy, *SoftSpokenOT: Quieter OT Extension from Small-Field Silent VOLE in the Minicrypt
/// Model*, CRYPTO 2022 (eprint 2022/192): small-field VOLE (section 3) with the repetition code, k
/// = 4.
///
/// t_j = q_j ⊕ r_j·Δ. Threat model: semi-honest parties (the paper's consistency check against
/// malicious receivers is left out); the stream is AES-128.
///
/// Δ is 32 elements Δ_i of GF(2^4), as vectors of four bits.
///
/// 1. Set-up, roles reversed: for each i the receiver expands 16 seeds s_x, x ∈ GF(2^4), from a
///    tree ([SeedTree]); by four base OTs the sender obtains all but s_{Δ_i}.
/// 2. Receiver: u_i = ⊕_x G(s_x), v_i = ⊕_x x·G(s_x), the latter four planes of bits. Sender: w_i =
///    ⊕_x (x ⊕ Δ_i)·G(s_x) = v_i ⊕ Δ_i·u_i, for which it does not need s_{Δ_i}.
/// 3. Receiver: r = u_0, and for i > 0 sends c_i = u_i ⊕ r. Sender: w_i ⊕ Δ_i·c_i = v_i ⊕ Δ_i·r.
/// 4. Both transpose their 128 planes: rows of v are t_j, of the sender's planes q_j.
///
/// 0 rounds (its message is sent ahead), 31 bits a COT from the receiver; set-up 2 rounds. No
/// error.
public final class SoftSpoken implements OtExtension {
  private static final int K = LeafSums.PLANES;
  private static final int LEAVES = LeafSums.LEAVES;
  private static final int FIELDS = Block.BITS / K;
  private static final int CHUNK = 8192;

  @Override
  public int batch(int count) {
    return OtExtension.units(count);
  }

  @Override
  public OtCost setup() {
    OtCost trees = new OtCost(1, 0, 2L * Seed.BYTES * Block.BITS);
    return BaseOt.cost(Block.BITS).reversed().plus(trees);
  }

  @Override
  public OtCost cost(int batch) {
    return new OtCost(0, 0, Long.BYTES * messageWords(batch));
  }

  private static long messageWords(int batch) {
    return (FIELDS - 1L) * batch / Long.SIZE;
  }

  @Override
  public Receiver receiver(Wire wire) throws ProtocolException {
    List<BaseOt.Pair> masks = BaseOt.send(wire, Block.BITS);
    List<Seed> leaves = new ArrayList<>();
    List<Seed> masked = new ArrayList<>();
    for (int i = 0; i < FIELDS; i++) {
      SeedTree.Full tree = SeedTree.expand(wire.freshSeed(), K);
      leaves.addAll(tree.leaves());
      for (int b = 0; b < K; b++) {
        masked.add(tree.sums().get(2 * b).xor(masks.get(K * i + b).zero()));
        masked.add(tree.sums().get(2 * b + 1).xor(masks.get(K * i + b).one()));
      }
    }
    wire.sendSeeds(masked);
    return new Expanding(wire, new Streams(leaves));
  }

  @Override
  public Sender sender(Wire wire) throws ProtocolException {
    Block delta = Delta.draw(wire);
    int[] away = Arrays.stream(Delta.bits(delta)).map(bit -> 1 - bit).toArray();
    List<Seed> masks = BaseOt.receive(wire, away);
    List<Seed> masked = wire.receiveSeeds(2 * Block.BITS);
    List<Seed> leaves = new ArrayList<>();
    for (int i = 0; i < FIELDS; i++) {
      List<Seed> sums = new ArrayList<>();
      for (int b = 0; b < K; b++) {
        int bit = K * i + b;
        sums.add(masked.get(2 * bit + away[bit]).xor(masks.get(bit)));
      }
      int hole = field(delta, i);
      List<Optional<Seed>> known = SeedTree.expandAround(hole, sums);
      for (int y = 1; y < LEAVES; y++) {
        leaves.add(known.get(y ^ hole).orElseThrow());
      }
    }
    return new Correcting(wire, delta, new Streams(leaves));
  }

  private static int field(Block delta, int i) {
    int element = 0;
    for (int b = 0; b < K; b++) {
      element |= delta.bit(K * i + b) << b;
    }
    return element;
  }

  /// Step 2 and 3 of the receiver.
  private record Expanding(Wire wire, Streams streams) implements Receiver {
    @Override
    public void extend(long[] blocks, long[] choices, int from, int batch)
        throws ProtocolException {
      wire.announceAhead(messageWords(batch));
      long[][] leaf = new long[LEAVES][Math.min(CHUNK, batch) / Long.SIZE];
      long[] planes = new long[Block.BITS * leaf[0].length];
      for (int done = 0; done < batch; done += CHUNK) {
        int n = Math.min(CHUNK, batch - done);
        int words = n / Long.SIZE;
        int r = (from + done) / Long.SIZE;
        streams.next(words);
        for (int i = 0; i < FIELDS; i++) {
          for (int x = 0; x < LEAVES; x++) {
            streams.fill(LEAVES * i + x, leaf[x], 0);
          }
          LeafSums.fold(leaf, words, planes, K * i * words);
          long[] u = leaf[0];
          if (i == 0) {
            System.arraycopy(u, 0, choices, r, words);
          } else {
            for (int w = 0; w < words; w++) {
              u[w] ^= choices[r + w];
            }
            wire.put(u, 0, words);
          }
        }
        BitTransposition.apply(planes, 0, words, n, blocks, from + done);
      }
      wire.flush();
    }

    @Override
    public String toString() {
      return "SoftSpoken.Receiver[hidden]";
    }
  }

  /// Step 2 and 3 of the sender, who numbers the leaves y = x ⊕ Δ_i and lacks y = 0.
  private record Correcting(Wire wire, Block delta, Streams streams) implements Sender {
    @Override
    public void extend(long[] blocks, int from, int batch) throws ProtocolException {
      wire.expect(messageWords(batch));
      long[][] leaf = new long[LEAVES][Math.min(CHUNK, batch) / Long.SIZE];
      long[] planes = new long[Block.BITS * leaf[0].length];
      long[] c = new long[leaf[0].length];
      for (int done = 0; done < batch; done += CHUNK) {
        int n = Math.min(CHUNK, batch - done);
        int words = n / Long.SIZE;
        streams.next(words);
        for (int i = 0; i < FIELDS; i++) {
          Arrays.fill(leaf[0], 0);
          for (int y = 1; y < LEAVES; y++) {
            streams.fill((LEAVES - 1) * i + y - 1, leaf[y], 0);
          }
          LeafSums.fold(leaf, words, planes, K * i * words);
          if (i > 0) {
            wire.take(c, 0, words);
            correct(planes, c, i, words);
          }
        }
        BitTransposition.apply(planes, 0, words, n, blocks, from + done);
      }
    }

    private void correct(long[] planes, long[] c, int i, int words) {
      for (int b = 0; b < K; b++) {
        long bit = -delta.bit(K * i + b);
        int at = (K * i + b) * words;
        for (int w = 0; w < words; w++) {
          planes[at + w] ^= c[w] & bit;
        }
      }
    }

    @Override
    public String toString() {
      return "SoftSpoken.Sender[hidden]";
    }
  }
}
