package org.blindread.mpc.net;

import static org.blindread.mpc.net.Party.HOSPITAL;
import static org.blindread.mpc.net.Party.VENDOR;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.blindread.mpc.net.Channel.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelTest {
  /// A link to the vendor whose two ends are lists of frames.
  private record Tape(List<byte[]> sent, ArrayDeque<byte[]> arriving) implements Link {
    Tape() {
      this(new ArrayList<>(), new ArrayDeque<>());
    }

    @Override
    public Party peer() {
      return VENDOR;
    }

    @Override
    public void send(ByteBuffer frame) {
      byte[] bytes = new byte[frame.remaining()];
      frame.get(bytes);
      sent.add(bytes);
    }

    @Override
    public ByteBuffer receive() throws ProtocolException {
      if (arriving.isEmpty()) {
        throw new ProtocolException("the tape is at its end");
      }
      return ByteBuffer.wrap(arriving.removeFirst()).asReadOnlyBuffer();
    }

    @Override
    public void close() {}

    Channel channel() {
      return new Lane(HOSPITAL, List.of(this)).to(VENDOR);
    }

    /// Plays back what was sent.
    Tape rewound() {
      return new Tape(new ArrayList<>(), new ArrayDeque<>(sent));
    }
  }

  private static byte[] header(int tag, int depth, long bytes, int more) {
    return ByteBuffer.allocate(16 + more)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(tag)
        .putInt(depth)
        .putLong(bytes)
        .array();
  }

  private static Channel arriving(byte[]... frames) {
    return new Tape(new ArrayList<>(), new ArrayDeque<>(List.of(frames))).channel();
  }

  private static String whyRefused(Executable task) {
    return assertThrows(ProtocolException.class, task).getMessage();
  }

  @Test
  void aMessageOnTheWireIsTagDepthLengthAndElements() throws Exception {
    Tape tape = new Tape();
    Channel channel = tape.channel();
    channel.announce(0x01020304, 6, Phase.ONLINE);
    channel.put(new long[] {0x7f_aabbccL, -1L}, 0, 2, 3);
    channel.flush();
    assertEquals(1, tape.sent().size());
    assertArrayEquals(
        new byte[] {
          4,
          3,
          2,
          1,
          1,
          0,
          0,
          0,
          6,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          (byte) 0xcc,
          (byte) 0xbb,
          (byte) 0xaa,
          -1,
          -1,
          -1
        },
        tape.sent().getFirst());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void elementsOfEveryWidthSurviveFrameAfterFrame(int bytesEach) throws Exception {
    int count = 100_003;
    long mask = -1L >>> (64 - 8 * bytesEach);
    long[] values = new Random(bytesEach).longs(count).toArray();
    Tape tape = new Tape();
    Channel out = tape.channel();
    for (int message = 0; message < 3; message++) {
      out.announce(message, (long) count * bytesEach, Phase.ONLINE);
      out.put(values, 0, 13, bytesEach);
      out.put(values, 13, count - 13, bytesEach);
    }
    out.flush();
    Channel in = tape.rewound().channel();
    for (int message = 0; message < 3; message++) {
      in.expect(message, (long) count * bytesEach);
      long[] taken = new long[count + 2];
      in.take(taken, 1, count - 7, bytesEach);
      in.take(taken, count - 6, 7, bytesEach);
      assertEquals(0, taken[0] | taken[count + 1]);
      for (int i = 0; i < count; i++) {
        assertEquals(values[i] & mask, taken[i + 1], "element " + i);
      }
    }
    for (byte[] frame : tape.sent()) {
      assertTrue(frame.length <= Link.MAX_FRAME_BYTES);
    }
  }

  @Test
  void aMessageMustBePutAndTakenWholeAndNoMore() throws Exception {
    Tape tape = new Tape();
    Channel out = tape.channel();
    out.announce(1, 16, Phase.ONLINE);
    assertThrows(IllegalStateException.class, () -> out.announce(2, 8, Phase.ONLINE));
    assertThrows(IllegalStateException.class, () -> out.put(new long[3], 0, 3, 8));
    out.put(new long[2], 0, 2, 8);
    out.flush();
    Channel in = tape.rewound().channel();
    in.expect(1, 16);
    assertThrows(IllegalStateException.class, () -> in.expect(2, 8));
    assertThrows(IllegalStateException.class, () -> in.receiveBytes(2, 8));
    assertThrows(IllegalStateException.class, () -> in.take(new long[3], 0, 3, 8));
    in.take(new long[2], 0, 2, 8);
    assertEquals("the tape is at its end", whyRefused(() -> in.expect(2, 8)));
  }

  @Test
  void anElementCutInTwoIsRefused() throws Exception {
    Channel in = arriving(header(1, 1, 16, 3), new byte[13]);
    in.expect(1, 16);
    assertEquals("vendor cut an element in two", whyRefused(() -> in.take(new long[2], 0, 2, 8)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15})
  void aHeaderCutInTwoIsRefused(int bytes) {
    String why = "vendor broke off inside the header of a message";
    Channel in = arriving(new byte[bytes], header(1, 1, 8, 8));
    assertEquals(why, whyRefused(() -> in.expect(1, 8)));
    Channel short1 = arriving(new byte[bytes], header(1, 1, 8, 8));
    assertEquals(why, whyRefused(() -> short1.receiveBytes(1, 8)));
    assertEquals(why, whyRefused(() -> short1.receiveBytes(1, 8)));
  }

  @ParameterizedTest
  @ValueSource(longs = {9, -1, Long.MAX_VALUE, Long.MIN_VALUE})
  void bytesBeyondTheLimitAreRefused(long stated) {
    assertEquals(
        "vendor announces " + stated + " bytes, at most 8 are taken here",
        whyRefused(() -> arriving(header(1, 0, stated, 8)).receiveBytes(1, 8)));
  }

  @Test
  void bytesArriveAsTheyWereSent() throws Exception {
    Tape tape = new Tape();
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    tape.channel().sendBytes(5, all);
    tape.channel().sendBytes(6, new byte[0]);
    Channel in = tape.rewound().channel();
    assertArrayEquals(all, in.receiveBytes(5, 256));
    assertArrayEquals(new byte[0], in.receiveBytes(6, 0));
  }

  @Test
  void noStatedDepthBreaksTheClock() throws Exception {
    assertEquals(
        "vendor states an impossible depth in message 1",
        whyRefused(() -> arriving(header(1, -1, 0, 0)).expect(1, 0)));
    Tape tape =
        new Tape(new ArrayList<>(), new ArrayDeque<>(List.of(header(1, Integer.MAX_VALUE, 0, 0))));
    Lane lane = new Lane(HOSPITAL, List.of(tape));
    lane.to(VENDOR).expect(1, 0);
    lane.to(VENDOR).announce(2, 0, Phase.ONLINE);
    lane.flush();
    assertArrayEquals(header(2, Integer.MAX_VALUE, 0, 0), tape.sent().getFirst());
  }

  @Test
  void waitingHandsOverWhatWasPutToEveryPeer() throws Exception {
    Tape tape = new Tape();
    Channel channel = tape.channel();
    channel.announce(1, 8, Phase.ONLINE);
    channel.put(new long[] {1}, 0, 1, 8);
    assertEquals(0, tape.sent().size());
    assertThrows(ProtocolException.class, () -> channel.expect(1, 8));
    assertEquals(1, tape.sent().size());
  }
}
