package org.blindread.mpc.protocol.twoparty;

import static org.blindread.mpc.protocol.twoparty.Walkthrough.NUMBERS;
import static org.blindread.mpc.protocol.twoparty.Walkthrough.OUTPUTS;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.blindread.mpc.crypto.Prg;
import org.blindread.mpc.net.Message;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.ot.Rehearsal;
import org.blindread.mpc.ot.SoftSpoken;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.tensor.kernel.BitSlice;

/// The ReLU of [Walkthrough], with every message.
record RectifierWalk(Walkthrough page) {
  void run(long[] z0, long[] z1) throws ProtocolException {
    int t = NUMBERS.fractionBits();
    var rectifier = new Rectifier(NUMBERS, t, Mode.FAITHFUL, Range.HEADROOM, new long[0]);
    try (Rehearsal room =
        Rehearsal.between(
            Party.VENDOR,
            Walkthrough.seed("vendor"),
            Party.HOSPITAL,
            Walkthrough.seed("hospital"),
            new SoftSpoken())) {
      var scene =
          room.play(
              (ot, wire) ->
                  rectifier.run(
                      new Dialogue(true, wire, ot, new Prg(Walkthrough.seed("shares"))), z0),
              (ot, wire) ->
                  rectifier.run(
                      new Dialogue(false, wire, ot, new Prg(Walkthrough.seed("unused"))), z1));
      inputs(z0, z1, t);
      messages(scene.messages());
      results(scene.first(), scene.second());
    }
  }

  private void inputs(long[] z0, long[] z1, int t) {
    long shift = NUMBERS.half(t) + (1L << (NUMBERS.bits() - 2));
    page.line("%8s%9s%9s%9s%8s%6s%5s%5s%8s", "z", "a", "b", "u", "digits", "c", "m", "s", "ReLU");
    for (int i = 0; i < OUTPUTS; i++) {
      long a = NUMBERS.unsigned(z0[i] + shift);
      long b = z1[i];
      long u = NUMBERS.unsigned(a + b);
      long z = NUMBERS.signed(z0[i] + z1[i]);
      long s = u >> (NUMBERS.bits() - 2);
      page.line(
          "%8d%9d%9d%9d%8s%6d%5d%5d%8d",
          z,
          a,
          b,
          u,
          (a & 15) + "+" + (b & 15),
          ((a & 15) + (b & 15)) >> 4,
          (a + b) >> 16,
          s,
          s * NUMBERS.truncate(z, t));
    }
    page.end("relu");
  }

  /// What a message is, and what of it is short enough to show.
  ///
  /// @param shows the four elements' numbers in a message, or none
  private record Meaning(String text, Function<Message, String> shows) {
    static Meaning of(String text) {
      return new Meaning(text, _ -> "");
    }

    static Meaning digits(String text, int bits) {
      return new Meaning(text, message -> Arrays.toString(planes(message, bits)));
    }

    static Meaning rows(String text, int rows) {
      return new Meaning(
          text,
          message ->
              IntStream.range(0, rows)
                  .mapToObj(x -> String.valueOf((planes(message, rows)[0] >> x) & 1))
                  .collect(Collectors.joining()));
    }

    static Meaning elements(String text) {
      return new Meaning(text, RectifierWalk::elements);
    }
  }

  private static final List<Meaning> MEANINGS =
      List.of(
          Meaning.of("to make 10,240 OTs, vendor sending"),
          Meaning.of("to make 2,048 OTs, hospital sending"),
          Meaning.digits("leaf 0-3: its digit of b ⊕ r", 4),
          Meaning.digits("leaf 4-5: its digit of b ⊕ r", 2),
          Meaning.of("leaves 6-9 and 10-13: the same"),
          Meaning.rows("leaf 0-3: 16 rows of G; of z_1:", 16),
          Meaning.of("leaf 4-5: 4 rows of (G, P)"),
          Meaning.of("leaves 6-9, 10-13: 16 rows of (G, P)"),
          Meaning.of("4-5 with 6-9: shares of e, f, f'"),
          Meaning.of("the same"),
          Meaning.of("4-9 with 10-13: shares of e, f, f'"),
          Meaning.of("the same"),
          Meaning.of("4-13 with c: shares of e, f"),
          Meaning.of("the same"),
          Meaning.digits("msb b ⊕ r", 1),
          Meaning.digits("its share of c ⊕ r", 1),
          Meaning.elements("for msb a · msb b, mod 2^4"),
          Meaning.elements("for c_0 · c_1, mod 2^16"),
          Meaning.digits("its share of s ⊕ r", 1),
          Meaning.digits("its share of s ⊕ r", 1),
          Meaning.elements("for s_0 · (1 − 2s_1)·q_1"),
          Meaning.elements("for s_1 · (1 − 2s_0)·q_0"));

  private void messages(List<Message> messages) {
    if (messages.size() != MEANINGS.size()) {
      throw new AssertionError(messages + " are not the messages this page explains");
    }
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      page.line(
          "%-8s %-8s %,6d bytes  %-37s%s",
          message.round() == 0 ? "ahead" : "round " + message.round(),
          message.from(),
          message.bytes(),
          MEANINGS.get(i).text(),
          MEANINGS.get(i).shows().apply(message));
    }
    long bytes = messages.stream().mapToLong(Message::bytes).sum();
    page.line("%d rounds, %,d bytes", messages.getLast().round(), bytes);
    page.line("");
  }

  private static long[] planes(Message message, int bits) {
    long[] numbers = new long[OUTPUTS];
    long[] plane = new long[OUTPUTS];
    for (int b = 0; b < bits; b++) {
      BitSlice.spread(message.words(), b * BitSlice.words(OUTPUTS), OUTPUTS, plane, 0);
      for (int i = 0; i < OUTPUTS; i++) {
        numbers[i] |= plane[i] << b;
      }
    }
    return numbers;
  }

  private static String elements(Message message) {
    int each = message.bytes() / OUTPUTS;
    long[] elements = new long[OUTPUTS];
    for (int i = 0; i < message.bytes(); i++) {
      elements[i / each] |= (message.payload()[i] & 0xFFL) << (Byte.SIZE * (i % each));
    }
    return Arrays.toString(elements);
  }

  private void results(long[] y0, long[] y1) {
    long[] sum = new long[OUTPUTS];
    for (int i = 0; i < OUTPUTS; i++) {
      sum[i] = NUMBERS.signed(y0[i] + y1[i]);
    }
    page.line("vendor    y_0  %s", unsigned(y0));
    page.line("hospital  y_1  %s", unsigned(y1));
    page.line("nobody    y    %s", Arrays.toString(sum));
    page.end("messages");
  }

  private static String unsigned(long[] values) {
    return Arrays.toString(Arrays.stream(values).map(NUMBERS::unsigned).toArray());
  }
}
