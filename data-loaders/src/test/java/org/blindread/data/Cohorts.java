package org.blindread.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Made-up cohorts for tests.
final class Cohorts {
  static final Finding PNEUMONIA = new Finding("pneumonia");
  static final Finding EDEMA = new Finding("edema");
  static final List<Finding> FINDINGS = List.of(PNEUMONIA, EDEMA);

  private Cohorts() {}

  /// Some hundred images at five sites of different size and prevalence; patients with one to four
  /// images, some images without patient, some without label; pixels of 8 or 16 bits.
  static Cohort random(long seed, int images) {
    Random random = new Random(seed);
    List<Study> studies = new ArrayList<>();
    int patient = 0;
    for (int i = 0; i < images; i++) {
      int site = Math.min(random.nextInt(5), random.nextInt(5));
      patient += random.nextInt(3) == 0 ? 0 : 1;
      Map<String, String> texts = new LinkedHashMap<>();
      texts.put("site", "site " + site);
      texts.put("patient", random.nextInt(10) == 0 ? "" : "p" + patient);
      texts.put("sex", random.nextBoolean() ? "F" : "M");
      texts.put("age", String.valueOf(random.nextInt(90)));
      texts.put("country, so called", site < 2 ? "A \"a\"" : "B");
      String said = label(random, 0.1 + 0.1 * site) + label(random, 0.5);
      long pixels = random.nextLong();
      studies.add(
          new Study(
              i + 1,
              "image/%d".formatted(i),
              Attributes.of(texts),
              new Labels(FINDINGS, said),
              () -> pixels(pixels)));
    }
    return new Cohort(
        "random",
        FINDINGS,
        List.of("country, so called"),
        studies,
        Origin.recipe("random cohort " + seed),
        true);
  }

  private static String label(Random random, double prevalence) {
    return random.nextDouble() < prevalence
        ? "1"
        : String.valueOf("0000000?-".charAt(random.nextInt(9)));
  }

  private static GreyImage pixels(long seed) {
    Random random = new Random(seed);
    int width = 1 + random.nextInt(9);
    int height = 1 + random.nextInt(9);
    int bits = random.nextBoolean() ? 8 : 16;
    short[] samples = new short[width * height];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) random.nextInt(1 << bits);
    }
    return new GreyImage(width, height, bits, samples);
  }
}
