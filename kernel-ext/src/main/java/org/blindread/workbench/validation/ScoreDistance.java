package org.blindread.workbench.validation;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.blindread.workbench.ScoreRow;
import org.blindread.workbench.Scores;

/// How far two runs' scores lie apart.
final class ScoreDistance {
  private ScoreDistance() {}

  /// The largest difference of any finding over the images that both have.
  static double largest(Scores some, Scores others) {
    Map<String, double[]> rows = new HashMap<>();
    others.rows().forEach(row -> rows.put(row.image(), row.values()));
    double largest = 0;
    for (ScoreRow row : some.rows()) {
      if (rows.containsKey(row.image())) {
        double[] other = rows.get(row.image());
        for (int i = 0; i < other.length; i++) {
          largest = Math.max(largest, Math.abs(row.values()[i] - other[i]));
        }
      }
    }
    return largest;
  }

  /// A distance as a power of two, which is how fixed point is thought of.
  static String power(double distance) {
    return distance == 0
        ? "0"
        : String.format(Locale.ROOT, "2^%.1f", Math.log(distance) / Math.log(2));
  }
}
