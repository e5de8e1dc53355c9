package org.blindread.mpc.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.blindread.mpc.protocol.Knob;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.protocol.Reveal;
import org.blindread.mpc.protocol.Terms;
import org.blindread.mpc.tensor.FixedPoint;
import org.junit.jupiter.api.Test;

final class KnobTest {
  private static final Turnable PROTOCOL = Turnable.protocol();

  private static Terms terms(Map<String, String> chosen) {
    return new Terms(FixedPoint.of(32, 11), Mode.FAITHFUL, Reveal.BOTH, 7, chosen);
  }

  private static String refused(Map<String, String> chosen) {
    Terms terms = terms(chosen);
    return assertThrows(IllegalArgumentException.class, () -> terms.check(PROTOCOL)).getMessage();
  }

  @Test
  void anUntouchedKnobStandsAtItsFirstValue() {
    assertEquals("softspoken", terms(Map.of("prepare", "on")).value(Turnable.OT));
    assertEquals("on", terms(Map.of("prepare", "on")).value(Turnable.PREPARE));
    assertEquals("ot=softspoken prepare=off", terms(Map.of()).knobs(PROTOCOL.knobs()));
    assertEquals("", terms(Map.of()).knobs(List.of()));
  }

  @Test
  void sayingTheDefaultIsSayingNothing() {
    assertEquals(
        terms(Map.of()).knobs(PROTOCOL.knobs()),
        terms(Map.of("ot", "softspoken")).knobs(PROTOCOL.knobs()));
  }

  @Test
  void whatTheProtocolDoesNotOfferIsRefused() {
    terms(Map.of("ot", "iknp", "prepare", "on")).check(PROTOCOL);
    assertEquals(
        "ot must be one of softspoken, ferret, iknp, not 'kkrt'", refused(Map.of("ot", "kkrt")));
    assertEquals(
        "protocol turnable has no knob 'speed'; it has ot, prepare",
        refused(Map.of("speed", "high")));
    assertThrows(IllegalArgumentException.class, () -> new Knob("empty", List.of(), "no choice"));
  }

  @Test
  void theAgreementHoldsTheKnobsAndTheImages() {
    RandomPlan random = RandomPlan.of(FixedPoint.of(32, 11), 2);
    Agreement agreement =
        Agreement.of("r", PROTOCOL, "1", random.plan(), terms(Map.of("ot", "ferret")), 3);
    assertEquals("ot=ferret prepare=off", agreement.knobs());
    assertEquals(7, agreement.images());
    assertEquals(3, agreement.lanes());
    assertEquals("both", agreement.reveal());
  }
}
