package org.blindread.stats.multiplicity;

import static org.blindread.stats.KnownAnswers.expected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class AdjustedTest {

  private static List<OptionalDouble> p(double... values) {
    return DoubleStream.of(values)
        .mapToObj(v -> Double.isNaN(v) ? OptionalDouble.empty() : OptionalDouble.of(v))
        .toList();
  }

  /// R 4.2.2: p.adjust(c(.01, .02, .03, .005, .2, .04, .04, 1, NA), method).
  @ParameterizedTest
  @CsvSource({
    "HOLM, .07 .12 .15 .04 .4 .16 .16 1",
    "BENJAMINI_HOCHBERG, .04 .0533333333333333 .0533333333333333 .04 .228571428571429"
        + " .0533333333333333 .0533333333333333 1",
    "BENJAMINI_YEKUTIELI, .108714285714286 .144952380952381 .144952380952381 .108714285714286"
        + " .621224489795918 .144952380952381 .144952380952381 1"
  })
  void equalsPAdjustOfR(Adjustment method, String expected) {
    Adjusted found = Adjusted.of(p(.01, .02, .03, .005, .2, .04, .04, 1, Double.NaN), method);
    List<String> values = List.of(expected.split(" ", -1));
    for (int i = 0; i < values.size(); i++) {
      assertEquals(Double.parseDouble(values.get(i)), found.p().get(i).orElseThrow(), 1e-14);
    }
    assertEquals(OptionalDouble.empty(), found.p().getLast());
    assertEquals(8, found.tests());
    assertEquals(1, found.leftOut());
  }

  @Test
  void whatWasLeftOutIsSaid() {
    assertEquals(
        "Holm over 2 tests, 1 without a p-value",
        Adjusted.of(p(.5, Double.NaN, .1), Adjustment.HOLM).toString());
    assertEquals(
        "Benjamini-Hochberg over 1 tests",
        Adjusted.of(p(.5), Adjustment.BENJAMINI_HOCHBERG).toString());
    assertEquals(List.of(), Adjusted.of(p(), Adjustment.HOLM).p());
  }

  @Test
  void whatIsNoPValueIsNamed() {
    var error =
        assertThrows(
            IllegalArgumentException.class, () -> Adjusted.of(p(.5, 1.5), Adjustment.HOLM));
    assertEquals("the p-value of test 1 is 1.5, not in 0 … 1", error.getMessage());
  }

  @Test
  void equalsPAdjustOfROnTheLeaderboard() {
    for (JsonNode task : expected("chexpert_proc").get("tasks")) {
      List<OptionalDouble> p = new ArrayList<>();
      for (JsonNode pair : task.get("paired")) {
        // with pROC's p of 1 for the six identical pairs, which we would leave out
        p.add(OptionalDouble.of(pair.get("p").asDouble()));
      }
      assertColumn(task, "holm", Adjusted.of(p, Adjustment.HOLM));
      assertColumn(task, "bh", Adjusted.of(p, Adjustment.BENJAMINI_HOCHBERG));
      assertColumn(task, "by", Adjusted.of(p, Adjustment.BENJAMINI_YEKUTIELI));
    }
  }

  private static void assertColumn(JsonNode task, String column, Adjusted found) {
    for (int i = 0; i < found.p().size(); i++) {
      JsonNode expected = task.get("paired").get(i).get(column);
      assertEquals(expected.asDouble(), found.p().get(i).orElseThrow(), 1e-9);
    }
  }
}
