package org.blindread.mpc.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.protocol.Protocol;
import org.blindread.mpc.protocol.Reveal;
import org.blindread.mpc.tensor.FixedPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs on the same images share no ciphertext, no mask, no OT message: not one stretch of 32
/// bytes, whether the first ended well or crashed.
final class TranscriptTest {
  private static final int STRETCH = 32;
  private static final int LEAST_DIFFERENT = 24;

  static Stream<Arguments> parties() {
    return Protocols.all().stream()
        .flatMap(
            protocol ->
                Stream.concat(Stream.of(Map.<String, String>of()), turned(protocol))
                    .flatMap(
                        knobs ->
                            protocol.parties().stream()
                                .map(party -> Arguments.of(protocol.name(), knobs, party))));
  }

  private static Stream<Map<String, String>> turned(Protocol protocol) {
    return protocol.knobs().stream()
        .flatMap(knob -> knob.values().stream().skip(1).map(value -> Map.of(knob.name(), value)));
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @MethodSource("parties")
  void anotherRunOnTheSameImagesRepeatsNothing(String name, Map<String, String> knobs, Party party)
      throws InterruptedException {
    List<byte[]> first = frames(name, knobs, party, Integer.MAX_VALUE);
    assertEquals(Set.of(), shared(first, frames(name, knobs, party, Integer.MAX_VALUE)));
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @MethodSource("parties")
  void aRunAfterACrashRepeatsNothingOfTheOneThatCrashed(
      String name, Map<String, String> knobs, Party party) throws InterruptedException {
    int all = frames(name, knobs, party, Integer.MAX_VALUE).size();
    List<byte[]> crashed = frames(name, knobs, party, all * 2 / 3);
    assertTrue(crashed.size() >= all / 2, "it crashed late enough to have used masks");
    assertEquals(Set.of(), shared(crashed, frames(name, knobs, party, Integer.MAX_VALUE)));
  }

  /// The check itself must catch what it is for.
  @Test
  void aMessageThatIsSentTwiceIsFound() throws InterruptedException {
    List<byte[]> first = frames("2pc", Map.of(), Party.HOSPITAL, Integer.MAX_VALUE);
    List<byte[]> second =
        new ArrayList<>(frames("2pc", Map.of(), Party.HOSPITAL, Integer.MAX_VALUE));
    byte[] message = first.stream().filter(frame -> frame.length > 1000).findFirst().orElseThrow();
    second.add(Arrays.copyOfRange(message, 301, 401));
    assertFalse(shared(first, second).isEmpty());
  }

  /// What a party sends in a run of two images.
  ///
  /// @param before the frame at which it crashes
  private static List<byte[]> frames(
      String name, Map<String, String> knobs, Party party, int before) throws InterruptedException {
    Protocol protocol = Protocols.of(name);
    RandomPlan random = RandomPlan.of(FixedPoint.of(37, 12), 3);
    Parties parties = new Parties(protocol, random, Mode.FAITHFUL, Reveal.BOTH, 2, 1, knobs);
    List<byte[]> frames = new ArrayList<>();
    TappedNetwork.Tap tap =
        frame -> {
          synchronized (frames) {
            if (frames.size() >= before) {
              throw new ProtocolException("this party crashed");
            }
            frames.add(frame);
          }
          return List.of(frame);
        };
    parties.run(TappedNetwork.connect(protocol.parties(), party, tap));
    return frames;
  }

  /// Stretches that begin at every eighth byte of a frame of the first and anywhere in the second.
  private static Set<String> shared(List<byte[]> first, List<byte[]> second) {
    Set<Integer> hashes = new HashSet<>();
    Set<String> pieces = new HashSet<>();
    for (byte[] frame : first) {
      for (int at = 0; at + STRETCH <= frame.length; at += 8) {
        if (!isPlain(frame, at)) {
          hashes.add(hash(frame, at));
          pieces.add(piece(frame, at));
        }
      }
    }
    Set<String> found = new HashSet<>();
    for (byte[] frame : second) {
      for (int at = 0; at + STRETCH <= frame.length; at++) {
        if (hashes.contains(hash(frame, at)) && pieces.contains(piece(frame, at))) {
          found.add(piece(frame, at));
        }
      }
    }
    return found;
  }

  private static int hash(byte[] frame, int at) {
    int hash = 0;
    for (int i = 0; i < STRETCH; i++) {
      hash = 31 * hash + frame[at + i];
    }
    return hash;
  }

  private static String piece(byte[] frame, int at) {
    return HexFormat.of().formatHex(frame, at, at + STRETCH);
  }

  /// Headers of messages, terms the parties compare and unused places of planes are the same in
  /// every run, and have few different bytes; 32 random ones have 30.
  private static boolean isPlain(byte[] frame, int at) {
    Set<Byte> different = new HashSet<>();
    for (int i = 0; i < STRETCH; i++) {
      different.add(frame[at + i]);
    }
    return different.size() < LEAST_DIFFERENT;
  }
}
