package org.blindread.workbench.figure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.blindread.stats.estimate.Estimate;
import org.blindread.workbench.Cohorts;
import org.blindread.workbench.WorkbenchException;
import org.blindread.workbench.comparison.Comparison;
import org.blindread.workbench.comparison.SiteResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.InputSource;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import tools.jackson.databind.json.JsonMapper;

final class FiguresTest {
  @TempDir private Path folder;

  private static Study[] studies() {
    return new Study[] {
      Study.of(1, 0.01, Study.Site.ORDINARY),
      Study.of(
          5,
          0.3,
          Study.Site.ORDINARY,
          Study.Site.ORDINARY,
          Study.Site.ORDINARY,
          Study.Site.ORDINARY,
          Study.Site.ORDINARY,
          Study.Site.ORDINARY,
          Study.Site.ORDINARY),
      Study.of(2, 0, Study.Site.ORDINARY, Study.Site.PERFECT),
      Study.of(2, 0.1, Study.Site.ONE_CLASS, Study.Site.ONE_POSITIVE),
      Study.of(3, 0.1, Study.Site.values()),
      Study.of(1, 0, Study.Site.ONE_CLASS),
      Study.of(1, 0, Study.Site.CONSTANT),
      Study.of(1, 0, Study.Site.PERFECT)
    };
  }

  /// Degenerate or not: each figure is drawn, in three forms, and twice the same.
  @ParameterizedTest
  @MethodSource("studies")
  void whateverWasComparedIsDrawnTheSameTwice(Study study) throws Exception {
    List<Figure> once = Figures.of(study.scores(), study.compared(true));
    List<Figure> twice = Figures.of(study.scores(), study.compared(true));
    for (int i = 0; i < once.size(); i++) {
      Figure figure = once.get(i);
      byte[] png = figure.png();
      assertArrayEquals(png, figure.png(), figure.name());
      assertArrayEquals(png, twice.get(i).png(), figure.name());
      assertEquals(figure.svg(), twice.get(i).svg(), figure.name());
      assertEquals(figure.csv(), twice.get(i).csv(), figure.name());
      assertPicture(figure, png);
    }
    for (Figure figure : Figures.of(study.scores(), study.compared(false))) {
      assertPicture(figure, figure.png());
    }
  }

  private static void assertPicture(Figure figure, byte[] png) throws Exception {
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
    assertEquals(2 * Figure.WIDTH, picture.getWidth());
    assertTrue(
        picture.getHeight() < 3 * picture.getWidth() / 2, figure + " is too tall for a page");
    int white = 0xFFFFFFFF;
    for (int edge = 0; edge < picture.getHeight(); edge++) {
      assertEquals(white, picture.getRGB(0, edge), "something is cut off at the left");
      assertEquals(white, picture.getRGB(picture.getWidth() - 1, edge), "… at the right");
    }
    String svg = figure.svg();
    assertTrue(svg.startsWith("<svg "), svg.substring(0, 20));
    assertFalse(svg.contains("<?xml") || svg.contains("<!DOCTYPE"), figure.name());
    var root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)))
            .getDocumentElement();
    assertEquals("0 0 720 " + picture.getHeight() / 2, root.getAttribute("viewBox"));
    assertFalse(svg.contains("NaN") || svg.contains("Infinity"), figure.name());
  }

  @Test
  void aForestHoldsEveryAreaWithItsInterval() throws Exception {
    Study study = Study.of(2, 0.3, Study.Site.values());
    Comparison comparison = study.compared(true);
    Figure figure = ForestPlot.of(comparison);
    assertEquals(2 * comparison.lines().size(), figure.data().rowCount());
    for (SiteResult line : comparison.lines()) {
      assertArea(figure.data(), line, "plain", line.areas().plain().estimate());
      assertArea(figure.data(), line, "secure", line.areas().secure().estimate());
    }
    assertTrue(figure.caption().contains("finding 0 at site 1 (one class only)"));
    assertEquals("site 0 (7/20)", figure.panels().getFirst().rows().getFirst());
    assertEquals("all (22/100)", figure.panels().getFirst().rows().getLast());
  }

  private static void assertArea(Table data, SiteResult line, String scores, Estimate estimate) {
    Row found = new Row(data);
    while (found.hasNext()) {
      found.next();
      if (found.getString("finding").equals(line.finding())
          && found.getString("site").equals(line.site())
          && found.getString("scores").equals(scores)) {
        assertEquals(estimate.point().orElse(Double.NaN), found.getDouble("AUROC"));
        Optional<Estimate.Estimated> whole = estimate.estimated();
        assertEquals(
            whole.map(each -> each.interval().lower()).orElse(Double.NaN),
            found.getDouble("lower"));
        assertEquals(estimate.outcome(), found.getString("outcome"));
        return;
      }
    }
    throw new AssertionError("no row of " + line.finding() + " at " + line.site());
  }

  @Test
  void theCaptionOfRocCurvesSaysHowFarTheyAreApart() throws Exception {
    Study same = Study.of(1, 0, Study.Site.ORDINARY, Study.Site.ORDINARY);
    Figure figure = RocOverlay.of(same.scores(), same.compared(true));
    assertTrue(figure.caption().contains("Largest vertical gap: finding 0 0."), figure.caption());
    Study apart = Study.of(1, 3, Study.Site.ORDINARY, Study.Site.ORDINARY);
    String caption = RocOverlay.of(apart.scores(), apart.compared(true)).caption();
    assertTrue(caption.matches(".*finding 0 0\\.\\d+ \\(at specificity .*"), caption);
    Study none = Study.of(1, 0, Study.Site.ONE_CLASS);
    figure = RocOverlay.of(none.scores(), none.compared(true));
    assertTrue(figure.caption().contains("no curve: finding 0"), figure.caption());
    assertEquals(0, figure.data().rowCount());
  }

  @Test
  void ofVeryManyImagesSomeAreDrawnAndAllAreInTheTable() throws Exception {
    Study.Site[] sites = new Study.Site[150];
    Arrays.fill(sites, Study.Site.ORDINARY);
    Study study = Study.of(1, 0.1, sites);
    Figure figure = BlandAltmanPlot.of(study.scores(), study.compared(true));
    assertEquals(3000, figure.data().rowCount());
    assertTrue(figure.caption().contains("3000 images a panel (2000 drawn"), figure.caption());
  }

  @Test
  void theGoalIsDrawnWhereItIsInSight() throws Exception {
    Study close = Study.of(1, 1e-5, Study.Site.ORDINARY);
    Figure figure = BlandAltmanPlot.of(close.scores(), close.compared(true));
    assertTrue(figure.caption().contains("lies outside the picture"), figure.caption());
    Study far = Study.of(1, 0.1, Study.Site.ORDINARY);
    figure = BlandAltmanPlot.of(far.scores(), far.compared(true));
    assertFalse(figure.caption().contains("lies outside the picture"), figure.caption());
    assertTrue(figure.key().stream().anyMatch(key -> key.meaning().contains("the goal")));
  }

  @Test
  void differencesOfExactlyNothingAreCounted() throws Exception {
    Study same = Study.of(2, 0, Study.Site.ORDINARY, Study.Site.ORDINARY);
    Figure figure = EquivalencePlot.of(same.compared(true));
    assertTrue(
        figure.caption().contains("8 of 8 differences are exactly 0. Margin: ±0.01"),
        figure.caption());
    assertTrue(EquivalencePlot.of(same.compared(false)).caption().contains("No margin"));
  }

  @Test
  void syntheticImagesAreCalledSoInThePicture() throws Exception {
    Study study = Study.of(1, 0.1, Study.Site.ORDINARY);
    Comparison synthetic = study.compared(true).noting(Cohorts.SYNTHETIC);
    for (Figure figure : Figures.of(study.scores(), synthetic)) {
      assertTrue(figure.svg().contains("SYNTHETIC"), figure.name());
      assertTrue(figure.caption().contains("SYNTHETIC"), figure.name());
    }
    for (Figure figure : Figures.of(study.scores(), study.compared(true))) {
      assertFalse(figure.svg().contains("SYNTHETIC"), figure.name());
    }
  }

  @Test
  void aFigureIsThreeFiles() throws Exception {
    Figure figure = ForestPlot.of(Study.of(1, 0.1, Study.Site.ORDINARY).compared(true));
    List<Path> files = figure.write(folder.resolve("figures"));
    assertArrayEquals(figure.png(), Files.readAllBytes(files.get(0)));
    assertEquals(figure.svg(), Files.readString(files.get(1)));
    assertEquals(figure.data().rowCount() + 1, Files.readAllLines(files.get(2)).size());
    assertTrue(files.get(2).endsWith("forest.csv"));
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThrows(WorkbenchException.class, () -> figure.write(file));
  }

  @Test
  void timeAndTrafficAreThoseOfTheReport() throws Exception {
    var report =
        JsonMapper.shared()
            .readTree(
                """
                {"protocol":"3pc","bits":64,"scale":20,
                 "seconds":{"images":[6.0,1.0,1.5,1.25],"perKind":{"conv":0.25,"relu":0.75},
                  "perLayer":[
                   {"layer":"a","kind":"conv","bytes":{"vendor>hospital":1000000}},
                   {"layer":"b","kind":"relu","bytes":{"vendor>hospital":2000000,"helper>hospital":5}},
                   {"layer":"c","kind":"relu","bytes":{"vendor>hospital":3000000}}]},
                 "bytes":{"vendor>hospital":6000000,"helper>hospital":5},
                 "sessionBytes":{"vendor>hospital":7}}
                """);
    Figure time = TimePlot.of("3pc", report);
    assertPicture(time, time.png());
    assertEquals("3pc, 64 bits, scale 20, 4 images", time.subtitle());
    assertEquals(List.of("relu", "conv"), time.panels().getFirst().rows());
    assertEquals(6, time.data().rowCount());
    Figure traffic = TrafficPlot.of("3pc", report);
    assertPicture(traffic, traffic.png());
    assertEquals(
        6_000_012, traffic.data().doubleColumn("bytes").sum(), "an image's and the session's");
    for (String little : List.of("{}", "{\"seconds\":{\"images\":[2.0]}}")) {
      var none = JsonMapper.shared().readTree(little);
      assertPicture(TimePlot.of("x", none), TimePlot.of("x", none).png());
      assertPicture(TrafficPlot.of("x", none), TrafficPlot.of("x", none).png());
    }
  }
}
