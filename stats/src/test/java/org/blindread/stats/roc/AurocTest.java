package org.blindread.stats.roc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AurocTest {

  /// Closed forms: all pairs won, all lost, all tied; scikit-learn's documented example; a case
  /// with ties counted by hand (6 pairs: 1 won, 1 tied, 4 lost).
  @ParameterizedTest
  @CsvSource({
    "1 2 3 4,        0 0 1 1, 1.0",
    "4 3 2 1,        0 0 1 1, 0.0",
    "5 5 5 5,        0 1 0 1, 0.5",
    "0.1 0.4 0.35 0.8, 0 0 1 1, 0.75",
    "1 2 2 3 0,      0 0 1 0 1, 0.25",
    "-0.0 0.0,       0 1, 0.5",
    "-Infinity 0 Infinity, 0 1 1, 1.0"
  })
  void closedForms(String scores, String truth, double expected) {
    double[] values =
        List.of(scores.split(" ", -1)).stream().mapToDouble(Double::valueOf).toArray();
    boolean[] ill = new boolean[values.length];
    for (int i = 0; i < ill.length; i++) {
      ill[i] = truth.charAt(2 * i) == '1';
    }
    assertEquals(expected, Auroc.of(values, ill).orElseThrow().value());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void theValueIsTheShareOfPairsWonCountedOneByOne(int seed) {
    Random random = new Random(seed);
    int n = 2 + random.nextInt(207);
    double[] scores = new double[n];
    boolean[] truth = new boolean[n];
    for (int i = 0; i < n; i++) {
      scores[i] = random.nextInt(1 + 5 * seed);
      truth[i] = random.nextBoolean();
    }
    truth[0] = true;
    truth[1] = false;
    long twice = 0;
    long pairs = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (truth[i] && !truth[j]) {
          pairs++;
          twice += scores[i] > scores[j] ? 2 : scores[i] == scores[j] ? 1 : 0;
        }
      }
    }
    assertEquals(twice / (2.0 * pairs), Auroc.of(scores, truth).orElseThrow().value());
  }

  @Test
  void theCallersArraysStayAsTheyAre() {
    double[] scores = {3, 1, 2};
    Auroc unused = Auroc.of(scores, new boolean[] {true, false, true}).orElseThrow();
    assertEquals(3, scores[0]);
    assertEquals("AUROC 1.0000 (2 positive, 1 negative)", unused.toString());
  }

  @Test
  void thereIsNoAreaWithoutBothClasses() {
    assertEquals(Optional.empty(), Auroc.of(new double[0], new boolean[0]));
    assertEquals(Optional.empty(), Auroc.of(new double[] {1, 2}, new boolean[] {true, true}));
    assertEquals(Optional.empty(), Auroc.of(new double[] {1, 2}, new boolean[] {false, false}));
  }

  @Test
  void wrongInputIsNamed() {
    var nan =
        assertThrows(
            IllegalArgumentException.class,
            () -> Auroc.of(new double[] {1, Double.NaN}, new boolean[] {true, false}));
    assertEquals("the score of case 1 is NaN", nan.getMessage());
    var lengths =
        assertThrows(
            IllegalArgumentException.class,
            () -> Auroc.of(new double[] {1}, new boolean[] {true, false}));
    assertEquals("1 scores, but truth for 2 cases", lengths.getMessage());
    var empty = assertThrows(IllegalArgumentException.class, () -> new Auroc(0.5, 0, 3));
    assertEquals("an AUROC needs both classes, not 0 positive and 3 negative", empty.getMessage());
    var range = assertThrows(IllegalArgumentException.class, () -> new Auroc(Double.NaN, 1, 3));
    assertEquals("an AUROC is 0 … 1, not NaN", range.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"wfns, 1", "s100b, 2", "ndka, 3"})
  void theAreasOfTheAneurysmDataEqualPRoc(String marker, int column) throws Exception {
    Path stats = Path.of("../../shared/data/fixtures/stats");
    assumeTrue(Files.exists(stats), "skipped: no ../shared/data");
    List<String[]> rows =
        Files.readAllLines(stats.resolve("inputs/asah.csv")).stream()
            .skip(1)
            .map(line -> line.split(",", -1))
            .toList();
    double[] scores = rows.stream().mapToDouble(row -> Double.parseDouble(row[column])).toArray();
    boolean[] truth = new boolean[scores.length];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = rows.get(i)[0].equals("1");
    }
    Matcher expected =
        Pattern.compile("\"" + marker + "\": \\{\\s*\"auc\": ([0-9.]+)")
            .matcher(Files.readString(stats.resolve("expected/asah_proc.json")));
    assertEquals(true, expected.find());
    Auroc area = Auroc.of(scores, truth).orElseThrow();
    assertEquals(Double.parseDouble(expected.group(1)), area.value(), 1e-12);
    assertEquals(41, area.positives());
    assertEquals(72, area.negatives());
  }
}
