package org.blindread.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindingTest {
  @Test
  void findingsAreEqualByName() {
    assertEquals(new Finding("No Finding"), new Finding("No Finding"));
    assertNotEquals(new Finding("Edema"), new Finding("edema"));
    assertEquals("Pleural Effusion", new Finding("Pleural Effusion").toString());
    assertTrue(new Finding("a").compareTo(new Finding("b")) < 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", " edema", "edema ", "a\tb", "a\u202Eb", "patient", "path", "split"})
  void otherNamesAreRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> new Finding(name));
    assertThrows(IllegalArgumentException.class, () -> new Finding("x".repeat(101)));
  }

  @Test
  void labelsAreHeldOneCharacterAFinding() {
    List<Finding> findings = List.of(new Finding("a"), new Finding("b"), new Finding("c"));
    Labels labels =
        Labels.of(
            findings, Map.of(findings.get(2), Label.UNCERTAIN, findings.getFirst(), Label.ABSENT));
    assertEquals("0-?", labels.said());
    assertEquals("a 0, c ?", labels.toString());
    assertEquals(Optional.of(Label.ABSENT), labels.label(findings.getFirst()));
    assertEquals(Optional.empty(), labels.label(findings.get(1)));
    assertEquals(Optional.empty(), labels.label(new Finding("d")));
    assertEquals(List.of("0", "", "-1"), labels.cells());
    assertThrows(IllegalArgumentException.class, () -> new Labels(findings, "01"));
    assertThrows(IllegalArgumentException.class, () -> new Labels(findings, "012"));
    assertThrows(
        IllegalArgumentException.class,
        () -> Labels.of(findings, Map.of(new Finding("d"), Label.PRESENT)));
  }
}
