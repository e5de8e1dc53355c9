package org.blindread.mpc.protocol.twoparty;

import java.util.Optional;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.ot.CorrelatedOt;
import org.blindread.mpc.ot.OtExtension;
import org.blindread.mpc.tensor.kernel.BitSlice;

/// Products of a bit of the vendor and a bit of the hospital as additive shares modulo 2^k: what
/// turns shared bits into numbers, v ⊕ h = v + h − 2vh and v ∨ h = v + h − vh (CrypTFlow2, eprint
/// 2020/1002, section 3.1.5).
///
/// Correlated OT, the vendor sending on the first half ([Halves]). Semi-honest. 2 rounds. No error.
///
/// @param count elements
/// @param bits k, 1 … 64
record BitProduct(int count, int bits) {
  Demand demand() {
    Halves halves = Halves.of(count);
    return new Demand(
        OtExtension.units(halves.first()),
        halves.second() == 0 ? 0 : OtExtension.units(halves.second()));
  }

  /// Bytes of the first round, from the vendor or the hospital; 0 where it sends nothing.
  long asks(boolean vendor) {
    int asked = Halves.of(count).sentBy(!vendor);
    return asked == 0 ? 0 : OtExtension.units(asked) / Byte.SIZE;
  }

  /// Bytes of the second round.
  long answers(boolean vendor) {
    return (long) Halves.of(count).sentBy(vendor) * Math.ceilDiv(bits, Byte.SIZE);
  }

  void script(Script script) {
    script.exchange(asks(true), asks(false));
    script.exchange(answers(true), answers(false));
  }

  /// All steps, where nothing else travels with them.
  ///
  /// @param mine this party's bits, 0 or 1
  /// @return its shares of the products, 0 … 2^k − 1
  long[] multiply(Dialogue talk, long[] mine) throws ProtocolException {
    Asked asked = ask(talk, mine);
    asked.answer();
    return asked.receive();
  }

  /// Step 1: asks for the half in which this party receives.
  ///
  /// @param mine this party's bits, 0 or 1
  Asked ask(Dialogue talk, long[] mine) throws ProtocolException {
    Halves halves = Halves.of(count);
    boolean peer = !talk.vendor();
    int n = halves.sentBy(peer);
    if (n == 0) {
      return new Asked(talk, mine, Optional.empty());
    }
    long[] plane = new long[BitSlice.words(n)];
    BitSlice.slice(mine, halves.from(peer), n, 0, 1, plane, 0);
    return new Asked(
        talk, mine, Optional.of(CorrelatedOt.ask(talk.ot().receiver(), plane, n, bits)));
  }

  /// A party that has asked.
  final class Asked {
    private final Dialogue talk;
    private final long[] mine;
    private final Optional<CorrelatedOt.Asked> asked;
    private final long[] product = new long[count];

    private Asked(Dialogue talk, long[] mine, Optional<CorrelatedOt.Asked> asked) {
      this.talk = talk;
      this.mine = mine;
      this.asked = asked;
    }

    /// Step 2: answers for the half in which this party sends.
    void answer() throws ProtocolException {
      Halves halves = Halves.of(count);
      int n = halves.sentBy(talk.vendor());
      if (n > 0) {
        int from = halves.from(talk.vendor());
        long[] factors = java.util.Arrays.copyOfRange(mine, from, from + n);
        long[] sent = CorrelatedOt.send(talk.ot().sender(), factors, bits);
        System.arraycopy(sent, 0, product, from, n);
      }
    }

    /// Step 3.
    ///
    /// @return this party's shares of the products, 0 … 2^k − 1
    long[] receive() throws ProtocolException {
      if (asked.isPresent()) {
        long[] received = asked.get().receive();
        System.arraycopy(
            received, 0, product, Halves.of(count).from(!talk.vendor()), received.length);
      }
      return product;
    }
  }
}
