package org.blindread.workbench.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.blindread.workbench.ScoreRow;
import org.blindread.workbench.Scores;
import org.blindread.workbench.WorkbenchException;

/// Two columns of scores for the same images, plain and secure, in the plain file's order.
///
/// @param names what the two are called in tables
/// @param findings what was scored, in order
/// @param images one row each
/// @param plain the rows of the first file
/// @param secure the rows of the second file, aligned by image
/// @param onlyPlain how many images of the first file have no secure scores
/// @param onlySecure how many images of the second file have no plain scores
public record PairedScores(
    Names names,
    List<String> findings,
    List<String> images,
    List<ScoreRow> plain,
    List<ScoreRow> secure,
    int onlyPlain,
    int onlySecure) {
  private static final int NAMED = 10;

  /// What two columns of scores are called in tables.
  ///
  /// @param plain computed in floating point, in the clear
  /// @param secure computed securely, or by the fixed-point twin, which is not
  public record Names(String plain, String secure) {}

  public PairedScores {
    findings = List.copyOf(findings);
    images = List.copyOf(images);
    plain = List.copyOf(plain);
    secure = List.copyOf(secure);
  }

  /// Aligns two files by image.
  ///
  /// @param common whether images that only one of them has are left out and counted; else they are
  ///   an error
  /// @throws WorkbenchException if the findings differ, the files share no image, an image is said
  ///   to be of two sites or patients, or (without `common`) an image is in one file only
  public static PairedScores of(Names names, Scores plain, Scores secure, boolean common)
      throws WorkbenchException {
    if (!plain.findings().equals(secure.findings())) {
      throw new WorkbenchException(
          "the plain scores are of %s, the secure ones of %s; both must come from one model"
              .formatted(
                  String.join(", ", plain.findings()), String.join(", ", secure.findings())));
    }
    Map<String, ScoreRow> others = new LinkedHashMap<>();
    secure.rows().forEach(row -> others.put(row.image(), row));
    List<String> images = new ArrayList<>();
    List<ScoreRow> left = new ArrayList<>();
    List<ScoreRow> right = new ArrayList<>();
    List<String> alone = new ArrayList<>();
    for (ScoreRow row : plain.rows()) {
      if (others.containsKey(row.image())) {
        ScoreRow other = others.remove(row.image());
        check("site", row.image(), row.site(), other.site());
        check("patient", row.image(), row.patient(), other.patient());
        images.add(row.image());
        left.add(row);
        right.add(other);
      } else {
        alone.add(row.image());
      }
    }
    if (!common) {
      refuse("plain", "secure", alone);
      refuse("secure", "plain", List.copyOf(others.keySet()));
    }
    if (images.isEmpty()) {
      throw new WorkbenchException("the two files of scores have no image in common");
    }
    return new PairedScores(
        names, plain.findings(), images, left, right, alone.size(), others.size());
  }

  private static void check(String what, String image, String one, String other)
      throws WorkbenchException {
    if (!one.equals(other)) {
      throw new WorkbenchException(
          "image '%s' has %s '%s' in the plain scores and '%s' in the secure ones; they are not of"
                  .formatted(image, what, one, other)
              + " the same images");
    }
  }

  private static void refuse(String there, String missing, List<String> images)
      throws WorkbenchException {
    if (!images.isEmpty()) {
      throw new WorkbenchException(
          "%d images have %s scores but no %s ones: %s%s; compare what both have by --common"
              .formatted(
                  images.size(),
                  there,
                  missing,
                  String.join(", ", images.subList(0, Math.min(NAMED, images.size()))),
                  images.size() > NAMED ? ", …" : ""));
    }
  }

  /// The scores of one finding over some rows.
  static double[] column(List<ScoreRow> rows, int[] which, int finding) {
    double[] values = new double[which.length];
    for (int i = 0; i < which.length; i++) {
      values[i] = rows.get(which[i]).values()[finding];
    }
    return values;
  }

  @Override
  public String toString() {
    return "PairedScores[%s, %d images]".formatted(String.join(", ", findings), images.size());
  }
}
