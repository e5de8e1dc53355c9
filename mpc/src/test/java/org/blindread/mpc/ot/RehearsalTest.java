package org.blindread.mpc.ot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.blindread.mpc.crypto.Seed;
import org.blindread.mpc.net.Message;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.ProtocolException;
import org.junit.jupiter.api.Test;

/// Scenes of two parties, and what is heard of them.
final class RehearsalTest {
  private static final Party ALICE = new Party("alice");
  private static final Party BOB = new Party("bob");

  private static Rehearsal rehearsal() throws ProtocolException {
    return Rehearsal.between(ALICE, BOB, new SoftSpoken());
  }

  @Test
  void aSceneGivesWhatBothTookHomeAndWhatCrossed() throws ProtocolException {
    try (Rehearsal room = rehearsal()) {
      var scene =
          room.play(
              (ot, _) -> CorrelatedOt.send(ot.sender(), new long[] {5, 6}, 8),
              (ot, _) -> CorrelatedOt.receive(ot.receiver(), new long[] {0, 1}, 8));
      assertEquals(0, scene.first()[0] + scene.second()[0] & 255);
      assertEquals(6, scene.first()[1] + scene.second()[1] & 255);
      assertEquals(
          List.of(
              "ahead: bob to alice, 1,984 bytes",
              "round 1: bob to alice, 64 bytes",
              "round 2: alice to bob, 2 bytes"),
          scene.messages().stream().map(Message::toString).toList());
      OtCost cost = CorrelatedOt.cost(2, 8);
      OtCost extension = new SoftSpoken().cost(512);
      assertEquals(
          cost.fromSender() + cost.fromReceiver() + extension.fromReceiver(), scene.bytes());
      assertEquals(cost.rounds(), scene.rounds());
    }
  }

  @Test
  void theSetUpIsHeardAndCostsWhatTheExtensionSays() throws ProtocolException {
    try (Rehearsal room = rehearsal()) {
      OtCost setUp = new SoftSpoken().setup();
      assertEquals(
          2 * (setUp.fromSender() + setUp.fromReceiver()),
          room.setUp().stream().mapToLong(Message::bytes).sum());
    }
  }

  @Test
  void whatNobodyReceivedIsThereInTheNextScene() throws ProtocolException {
    try (Rehearsal room = rehearsal()) {
      // Longer than a frame, so that the message is put together from several.
      long[] sent = new java.util.SplittableRandom(1).longs(100_000).toArray();
      var first =
          room.play(
              (_, _) -> "listens",
              (_, wire) -> {
                wire.sendElements(sent, sent.length, Long.BYTES);
                return "has spoken";
              });
      assertEquals("listens", first.first());
      assertArrayEquals(sent, first.messages().getFirst().words());
      var second =
          room.play(
              (_, wire) -> wire.receiveElements(sent.length, Long.BYTES), (_, _) -> "listens");
      assertArrayEquals(sent, second.first());
      assertEquals(List.of(), second.messages());
    }
  }

  private static List<byte[]> transcript(Seed alices, Seed bobs) throws ProtocolException {
    try (Rehearsal room = Rehearsal.between(ALICE, alices, BOB, bobs, new Iknp())) {
      var scene =
          room.play(
              (ot, _) -> BitTriples.make(ot, 1, 1).count(),
              (ot, _) -> BitTriples.make(ot, 1, 1).count());
      return scene.messages().stream().map(Message::payload).toList();
    }
  }

  @Test
  void theSameSecretsSayTheSameAndFreshOnesDoNot() throws ProtocolException {
    Seed seed = Seed.fresh();
    List<byte[]> once = transcript(seed.derive("alice", 0), seed.derive("bob", 0));
    List<byte[]> again = transcript(seed.derive("alice", 0), seed.derive("bob", 0));
    List<byte[]> other = transcript(Seed.fresh(), Seed.fresh());
    assertEquals(2, once.size());
    for (int i = 0; i < once.size(); i++) {
      assertArrayEquals(once.get(i), again.get(i));
      assertTrue(!java.util.Arrays.equals(once.get(i), other.get(i)));
    }
  }

  @Test
  void aPartThatFailsEndsTheOtherAndIsNamed() throws ProtocolException {
    try (Rehearsal room = rehearsal()) {
      var failure =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  room.play(
                      (_, wire) -> wire.receiveBytes(1),
                      (ot, _) -> new OneOfManyOt(2, 2).receive(ot.receiver(), new long[1], 1)));
      assertEquals("choices of 1 words where 2 planes of 8 words are due", failure.getMessage());
    }
  }
}
