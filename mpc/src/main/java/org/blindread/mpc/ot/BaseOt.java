package org.blindread.mpc.ot;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.blindread.mpc.crypto.P256;
import org.blindread.mpc.crypto.Prg;
import org.blindread.mpc.crypto.Seed;
import org.blindread.mpc.net.ProtocolException;

/// Base OT: the 1-of-2 OTs of random seeds from which extensions grow, by public-key cryptography.
///
/// D. Masny, P. Rindal, *Endemic Oblivious Transfer*, CCS 2019 (eprint 2019/706), the protocol from
/// Diffie-Hellman key agreement, in P-256. For each transfer j the sender obtains seeds s_0, s_1
/// and the receiver, with choice c, s_c.
///
/// Threat model: the paper's protocol is secure against malicious parties in the random-oracle
/// model where Diffie-Hellman is hard; either party may fix the seeds *it* learns (endemic), which
/// extensions allow. What is built on it here is semi-honest. No security against quantum
/// computers.
///
/// 1. Receiver: a random, A = a·G; r_{1−c} a random point; r_c = A − H_c(r_{1−c}). Sends r_0, r_1.
/// 2. Sender (at the same time): b random, sends B = b·G; a fresh b for every transfer, so that
///    transfers are independent runs and batching adds no assumption (cf. I. McQuoid, M. Rosulek,
///    L. Roy, *Batching Base Oblivious Transfers*, eprint 2021/682).
/// 3. Sender: s_i = KDF(b·(r_i + H_i(r_{1−i}))). Receiver: s_c = KDF(a·B).
///
/// H_i hashes to the curve with i, j and the run in its message; KDF is SHA-256 over the run's
/// coins, j, the three points sent and the shared point. Every received point is on the curve and
/// not infinity, else the run ends. 1 round; n transfers: 33n bytes from the sender, 66n from the
/// receiver. No error.
final class BaseOt {
  private static final String DOMAIN = "BLINDREAD-BASE-OT-V1_P256_XMD:SHA-256_SSWU_RO_";

  private BaseOt() {}

  /// Both messages of one transfer.
  record Pair(Seed zero, Seed one) {
    @Override
    public String toString() {
      return "Pair[hidden]";
    }
  }

  static OtCost cost(int count) {
    return new OtCost(1, (long) P256.BYTES * count, 2L * P256.BYTES * count);
  }

  /// The sender's part of `count` transfers.
  ///
  /// @throws ProtocolException if the peer sends what is no point, or breaks off
  static List<Pair> send(Wire wire, int count) throws ProtocolException {
    byte[] coins = wire.publicCoins("base ot");
    Prg secrets = new Prg(wire.freshSeed());
    ByteBuffer points = ByteBuffer.allocate(P256.BYTES * count);
    List<BigInteger> scalars = new ArrayList<>();
    for (int j = 0; j < count; j++) {
      BigInteger b = P256.scalar(secrets);
      scalars.add(b);
      points.put(P256.ofGenerator(b).encode());
    }
    byte[] mine = points.array();
    wire.sendBytes(mine);

    byte[] theirs = wire.receiveBytes(2 * P256.BYTES * count);
    List<Pair> pairs = new ArrayList<>();
    for (int j = 0; j < count; j++) {
      Transfer transfer = new Transfer(coins, j, point(mine, j));
      P256 r0 = decode(wire, theirs, 2 * j);
      P256 r1 = decode(wire, theirs, 2 * j + 1);
      try {
        P256 key0 = r0.plus(transfer.oracle(0, r1)).times(scalars.get(j));
        P256 key1 = r1.plus(transfer.oracle(1, r0)).times(scalars.get(j));
        pairs.add(new Pair(transfer.seed(r0, r1, key0), transfer.seed(r0, r1, key1)));
      } catch (IllegalArgumentException infinity) {
        throw new ProtocolException(
            wire.peer() + " sent points that cancel in base OT " + j, infinity);
      }
    }
    return pairs;
  }

  /// The receiver's part of `choices.length` transfers.
  ///
  /// @param choices 0 or 1 each
  /// @throws ProtocolException if the peer sends what is no point, or breaks off
  static List<Seed> receive(Wire wire, int[] choices) throws ProtocolException {
    byte[] coins = wire.publicCoins("base ot");
    Prg secrets = new Prg(wire.freshSeed());
    int count = choices.length;
    ByteBuffer points = ByteBuffer.allocate(2 * P256.BYTES * count);
    List<BigInteger> scalars = new ArrayList<>();
    for (int j = 0; j < count; j++) {
      BigInteger a = P256.scalar(secrets);
      scalars.add(a);
      P256 other = P256.ofGenerator(P256.scalar(secrets));
      // The sender's point takes no part in the oracles, so its place may be empty here.
      P256 oracle = new Transfer(coins, j, new byte[0]).oracle(choices[j], other);
      P256 chosen = P256.ofGenerator(a).minus(oracle);
      points.put((choices[j] == 0 ? chosen : other).encode());
      points.put((choices[j] == 0 ? other : chosen).encode());
    }
    byte[] mine = points.array();
    wire.sendBytes(mine);

    byte[] theirs = wire.receiveBytes(P256.BYTES * count);
    List<Seed> seeds = new ArrayList<>();
    for (int j = 0; j < count; j++) {
      Transfer transfer = new Transfer(coins, j, point(theirs, j));
      P256 key = decode(wire, theirs, j).times(scalars.get(j));
      seeds.add(transfer.seed(point(mine, 2 * j), point(mine, 2 * j + 1), key.encode()));
    }
    return seeds;
  }

  private static byte[] point(byte[] points, int i) {
    return Arrays.copyOfRange(points, P256.BYTES * i, P256.BYTES * (i + 1));
  }

  private static P256 decode(Wire wire, byte[] points, int i) throws ProtocolException {
    return P256.decode(point(points, i))
        .orElseThrow(
            () ->
                new ProtocolException(
                    "%s sent a key that is no point of P-256 (number %d of the base OTs); its program differs or it deviates from the protocol"
                        .formatted(wire.peer(), i)));
  }

  /// The random oracles of transfer j.
  private record Transfer(byte[] coins, int j, byte[] senderPoint) {
    /// H_i.
    P256 oracle(int i, P256 other) {
      byte[] message =
          ByteBuffer.allocate(coins.length + 2 * Integer.BYTES + P256.BYTES)
              .put(coins)
              .putInt(j)
              .putInt(i)
              .put(other.encode())
              .array();
      return P256.hash(message, DOMAIN);
    }

    Seed seed(P256 r0, P256 r1, P256 shared) {
      return seed(r0.encode(), r1.encode(), shared.encode());
    }

    Seed seed(byte[] r0, byte[] r1, byte[] shared) {
      try {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        sha.update(coins);
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(j).flip());
        sha.update(r0);
        sha.update(r1);
        sha.update(senderPoint);
        return Seed.received(sha.digest(shared));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }
  }
}
