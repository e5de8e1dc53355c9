package org.blindread.data;

import java.awt.image.BufferedImage;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/// Writes a cohort of any source as PNG files and a manifest. The manifest comes last: a folder
/// that has one is whole.
final class CohortFolder {
  private CohortFolder() {}

  static Path write(Cohort cohort, Path folder) throws DatasetException, IOException {
    Path images = Files.createDirectories(folder).resolve("images");
    try (Stream<Path> there = Files.list(folder)) {
      if (there.findAny().isPresent()) {
        throw new IOException(folder + " is not empty; name a new folder");
      }
    }
    Files.createDirectory(images);
    List<String> texts = texts(cohort);
    List<Finding> findings =
        cohort.findings().stream()
            .filter(finding -> cohort.prevalence(finding).unlabelled() < cohort.size())
            .toList();
    Path unfinished = folder.resolve("manifest.csv.part");
    Set<String> names = new HashSet<>();
    try (BufferedWriter csv = Files.newBufferedWriter(unfinished)) {
      csv.write(Csv.line(header(cohort, texts, findings)) + "\n");
      for (Study study : cohort.studies()) {
        String name = "images/" + fileName(study.image(), names) + ".png";
        writePng(study.read(), folder.resolve(name));
        csv.write(Csv.line(cells(cohort, study, name, texts, findings)) + "\n");
      }
    }
    return Files.move(unfinished, folder.resolve("manifest.csv"), StandardCopyOption.ATOMIC_MOVE);
  }

  /// The attributes that any image has, the known ones first.
  private static List<String> texts(Cohort cohort) {
    List<String> columns = new ArrayList<>(ManifestColumns.TEXTS);
    columns.addAll(cohort.subgroups());
    return columns.stream()
        .filter(c -> cohort.studies().stream().anyMatch(s -> s.attribute(c).isPresent()))
        .toList();
  }

  private static List<String> header(Cohort cohort, List<String> texts, List<Finding> findings) {
    List<String> header = new ArrayList<>(List.of("path", "image"));
    header.addAll(texts);
    if (cohort.synthetic()) {
      header.add("synthetic");
    }
    findings.forEach(finding -> header.add(finding.name()));
    return header;
  }

  private static List<String> cells(
      Cohort cohort, Study study, String name, List<String> texts, List<Finding> findings) {
    List<String> cells = new ArrayList<>(List.of(name, study.image()));
    texts.forEach(column -> cells.add(study.attribute(column).orElse("")));
    if (cohort.synthetic()) {
      cells.add("yes");
    }
    findings.forEach(finding -> cells.add(study.label(finding).map(Label::cell).orElse("")));
    return cells;
  }

  /// The image's name as far as every file system takes it; a number behind it where that is taken.
  private static String fileName(String image, Set<String> taken) {
    String plain = image.replaceAll("[^A-Za-z0-9_-]", "_");
    String stem = plain.length() > 100 ? plain.substring(0, 100) : plain;
    String name = stem;
    for (int n = 2; !taken.add(name.toLowerCase(Locale.ROOT)); n++) {
      name = stem + "." + n;
    }
    return name;
  }

  static void writePng(GreyImage image, Path file) throws IOException {
    BufferedImage picture =
        new BufferedImage(
            image.width(),
            image.height(),
            image.bits() == 8 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_USHORT_GRAY);
    int[] row = new int[image.width()];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < row.length; x++) {
        row[x] = image.sample(x, y);
      }
      picture.getRaster().setPixels(0, y, row.length, 1, row);
    }
    if (!ImageIO.write(picture, "png", file.toFile())) {
      throw new IOException("this Java cannot write PNG files");
    }
  }
}
