package org.blindread.mpc.ot;

import java.util.List;
import org.blindread.mpc.crypto.Block;
import org.blindread.mpc.crypto.Prg;
import org.blindread.mpc.crypto.Seed;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.tensor.kernel.BitTransposition;

/// OT extension as it began: one base OT for each of the 128 columns.
///
/// Y. Ishai, J. Kilian, K. Nissim, E. Petrank, *Extending Oblivious Transfers Efficiently*, CRYPTO
/// 2003, section 3, with columns expanded from seeds (G. Asharov, Y. Lindell, T. Schneider, M.
/// Zohner, *More Efficient Oblivious Transfer*, CCS 2013, eprint 2013/552, section 5.1). Here to be
/// read and to test [SoftSpoken] against, which sends a quarter.
///
/// t_j = q_j ⊕ r_j·Δ. Threat model: semi-honest parties; the stream is AES-128. A malicious
/// receiver could send inconsistent columns and learn Δ bit by bit.
///
/// 1. Set-up, roles reversed: for column i = 0 … 127 the receiver obtains seeds k_i^0, k_i^1, the
///    sender, choosing by bit Δ_i, k_i^{Δ_i}.
/// 2. Receiver: r random, T^i = G(k_i^0), sends u^i = T^i ⊕ G(k_i^1) ⊕ r.
/// 3. Sender: Q^i = G(k_i^{Δ_i}) ⊕ Δ_i·u^i = T^i ⊕ Δ_i·r.
/// 4. Both transpose: row j of T is t_j, row j of Q is q_j.
///
/// 0 rounds (its message is sent ahead), 16 bytes a COT from the receiver. No error.
public final class Iknp implements OtExtension {
  private static final int CHUNK = 4096;
  private static final int COLUMNS = Block.BITS;

  @Override
  public int batch(int count) {
    return OtExtension.units(count);
  }

  @Override
  public OtCost setup() {
    return BaseOt.cost(COLUMNS).reversed();
  }

  @Override
  public OtCost cost(int batch) {
    return new OtCost(0, 0, (long) COLUMNS / Byte.SIZE * batch);
  }

  @Override
  public Receiver receiver(Wire wire) throws ProtocolException {
    List<BaseOt.Pair> seeds = BaseOt.send(wire, COLUMNS);
    Prg[] zero = seeds.stream().map(pair -> new Prg(pair.zero())).toArray(Prg[]::new);
    Prg[] one = seeds.stream().map(pair -> new Prg(pair.one())).toArray(Prg[]::new);
    Prg secrets = new Prg(wire.freshSeed());
    return (blocks, choices, from, batch) -> {
      wire.announceAhead(messageWords(batch));
      for (int done = 0; done < batch; done += CHUNK) {
        int n = Math.min(CHUNK, batch - done);
        int words = n / Long.SIZE;
        int r = (from + done) / Long.SIZE;
        secrets.fill(choices, r, words);
        long[] t = new long[COLUMNS * words];
        long[] u = new long[words];
        for (int i = 0; i < COLUMNS; i++) {
          zero[i].fill(t, i * words, words);
          one[i].fill(u, 0, words);
          for (int w = 0; w < words; w++) {
            u[w] ^= t[i * words + w] ^ choices[r + w];
          }
          wire.put(u, 0, words);
        }
        BitTransposition.apply(t, 0, words, n, blocks, from + done);
      }
      wire.flush();
    };
  }

  @Override
  public Sender sender(Wire wire) throws ProtocolException {
    Block delta = Delta.draw(wire);
    int[] bits = Delta.bits(delta);
    List<Seed> seeds = BaseOt.receive(wire, bits);
    Prg[] chosen = seeds.stream().map(Prg::new).toArray(Prg[]::new);
    return new Sender() {
      @Override
      public Block delta() {
        return delta;
      }

      @Override
      public void extend(long[] blocks, int from, int batch) throws ProtocolException {
        wire.expect(messageWords(batch));
        for (int done = 0; done < batch; done += CHUNK) {
          int n = Math.min(CHUNK, batch - done);
          int words = n / Long.SIZE;
          long[] q = new long[COLUMNS * words];
          long[] u = new long[words];
          for (int i = 0; i < COLUMNS; i++) {
            chosen[i].fill(q, i * words, words);
            wire.take(u, 0, words);
            for (int w = 0; w < words; w++) {
              q[i * words + w] ^= u[w] & -bits[i];
            }
          }
          BitTransposition.apply(q, 0, words, n, blocks, from + done);
        }
      }
    };
  }

  private static long messageWords(int batch) {
    return (long) COLUMNS * batch / Long.SIZE;
  }
}
