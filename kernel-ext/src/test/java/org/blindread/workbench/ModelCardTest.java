package org.blindread.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.blindread.data.transform.Preprocessing;
import org.blindread.mpc.compile.Extremes;
import org.blindread.mpc.compile.Ranges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCardTest {
  @TempDir Path folder;

  private static final String CARD =
      """
      {"name": "M", "input": {"channels": 3, "height": 128, "width": 128, "resize": "exact",
       "crop": "none", "interpolation": "bilinear", "grey": "copy-to-channels",
       "scale": 0.00392156862745098, "mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]},
       "outputs": [{"finding": "pneumonia", "kind": "logit"}]}
      """;

  private ModelCard read(String json) throws Exception {
    return ModelCard.read(Files.writeString(folder.resolve("M.json"), json));
  }

  @Test
  void aCardWithMeasuredRangesIsItsOwnersAlone() throws Exception {
    ModelCard card =
        read(CARD).with(new Ranges(32, Map.of("conv0", new Extremes(-1, 1, new float[0]))));
    Path written = folder.resolve("measured.json");
    Files.writeString(folder.resolve("measured.json.new"), "left by a run that was killed");
    card.write(written);
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(written)));
    assertEquals(32, ModelCard.read(written).ranges().images());
  }

  private String complaint(String json) {
    var e = assertThrows(WorkbenchException.class, () -> read(json));
    return String.valueOf(e.getMessage()).replace(folder.resolve("M.json").toString(), "M.json");
  }

  @Test
  void theCardOfTheCommittedModelIsRead() throws Exception {
    Path model = Path.of("../notebooks/models/densenet121_pneumonia_128.onnx");
    ModelCard card = ModelCard.beside(model).orElseThrow();
    assertEquals(List.of("pneumonia"), card.findings());
    assertEquals(Preprocessing.imageNet(128, 128), card.input());
    assertEquals("Apache-2.0", card.licence());
  }

  @Test
  void whatIsWrittenIsReadBack() throws Exception {
    ModelCard card = read(CARD);
    Path copy = folder.resolve("copy.json");
    card.write(copy);
    assertEquals(card, ModelCard.read(copy));
    card.with(new Ranges(0, Map.of())).write(copy);
    assertEquals(card, ModelCard.read(copy));
  }

  @Test
  void rangesAreRoundedOutwardToFiveDigits() throws Exception {
    Random random = new Random(11);
    for (int trial = 0; trial < 200; trial++) {
      float min = -Math.abs(random.nextFloat() * (float) Math.pow(10, random.nextInt(12) - 6));
      float max = random.nextFloat() * (float) Math.pow(10, random.nextInt(12) - 6);
      float[] channels = {0, Math.abs(min), max};
      var extremes = new Extremes(min, max, channels);
      ModelCard card = read(CARD).with(new Ranges(32, Map.of("conv0", extremes)));
      ModelCard again = read(card.toJson());
      var got = again.ranges().values().get("conv0");
      assertTrue(got.min() <= min && got.min() >= min * 1.0002f, "trial " + trial + ": " + min);
      assertTrue(got.max() >= max && got.max() <= max * 1.0002f, "trial " + trial + ": " + max);
      for (int c = 0; c < 3; c++) {
        assertTrue(got.channels()[c] >= channels[c], "trial " + trial);
      }
      assertEquals(32, again.ranges().images());
    }
  }

  @Test
  void thePublicPartHoldsNoRanges() throws Exception {
    var extremes = new Extremes(-1.5f, 15.4321f, new float[] {7.25f});
    ModelCard card = read(CARD).with(new Ranges(32, Map.of("conv0", extremes)));
    String json = card.open().toJson();
    assertFalse(json.contains("ranges") || json.contains("conv0") || json.contains("7.25"), json);
    assertEquals(card.open(), PublicCard.parse("M.card", json));
    var e = assertThrows(WorkbenchException.class, () -> PublicCard.parse("x", card.toJson()));
    assertEquals(
        """
        x: ranges: unknown field; known are name, input, outputs
        x: origin: unknown field; known are name, input, outputs
        x: licence: unknown field; known are name, input, outputs\
        """,
        e.getMessage());
    assertFalse(card.toString().contains("15.4"), card.toString());
  }

  @Test
  void aModelWithoutACardIsOfferedATemplate() throws Exception {
    Path model = folder.resolve("net.v2.onnx");
    assertEquals(folder.resolve("net.v2.json"), ModelCard.pathFor(model));
    assertEquals(Optional.empty(), ModelCard.beside(model));
    assertEquals(
        model
            + " has no model card net.v2.json, which says how images are prepared and what the"
            + " outputs mean; correct the template and save it there",
        ModelCard.missing(model));
    ModelCard colour = ModelCard.template("net", 3, 224, 224, 2);
    assertEquals(colour, read(colour.toJson()));
    assertEquals(List.of("finding-1", "finding-2"), colour.findings());
    assertEquals(List.of(0.485, 0.456, 0.406), colour.input().mean());
    ModelCard grey = ModelCard.template("net", 1, 64, 64, 1);
    assertEquals(grey, read(grey.toJson()));
    assertEquals(List.of(1.0), grey.input().std());
  }

  @Test
  void whatIsNoCardIsRefused() {
    assertEquals("M.json: a model card is a JSON object {…}", complaint("[1]"));
    assertTrue(complaint("{\"name\": ").startsWith("M.json is not JSON: "));
    assertTrue(complaint("{\"name\": 1, \"name\": 2}").startsWith("M.json is not JSON: Duplicate"));
    Path absent = folder.resolve("absent.json");
    var e = assertThrows(WorkbenchException.class, () -> ModelCard.read(absent));
    assertEquals("cannot read " + absent + ": no such file, or not utf-8 text", e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "name": "M",          | "name": 7,           | M.json: name must be a text, not 7
          "name": "M",          | ``                   | M.json: name is missing
          "height": 128         | "heigth": 128        | M.json: input.heigth: unknown field; known are channels, height, width, resize, crop, interpolation, grey, scale, mean, std
          "height": 128         | "height": "128"      | M.json: input.height must be a whole number, not "128"
          "height": 128         | "height": 12.5       | M.json: input.height must be a whole number, not 12.5
          "height": 128         | "height": 0          | M.json: input: height must be 1 … 8192, not 0
          "resize": "exact"     | "resize": "fit"      | M.json: input.resize must be exact or shorter-side, not "fit"
          "crop": "none"        | "crop": "center"     | M.json: input.crop must be none or centre, not "center"
          "bilinear"            | "bicubic"            | M.json: input.interpolation must be bilinear, not "bicubic"
          "copy-to-channels"    | "luma"               | M.json: input.grey must be copy-to-channels, not "luma"
          0.00392156862745098   | -1                   | M.json: input: scale must be a factor such as 0.00392156862745098 or the maximum 255, not -1.0
          [0.485, 0.456, 0.406] | [0.5]                | M.json: input: mean must hold one number a channel (3), not 1
          [0.229, 0.224, 0.225] | [0.2, 0.2]           | M.json: input: std must hold one number a channel (3), not 2
          [0.229, 0.224, 0.225] | [0.2, "x", 0.2]      | M.json: input.std[1] must be a number, not "x"
          [0.229, 0.224, 0.225] | 0.2                  | M.json: input.std must be a list […], not 0.2
          "kind": "logit"       | "kind": "score"      | M.json: outputs[0].kind must be logit or probability, not "score"
          "kind": "logit"       | "type": "logit"      | M.json: outputs[0].type: unknown field; known are finding, kind
          "finding": "pneumonia"| "finding": " "       | M.json: outputs[0]: a finding's name has 1 to 64 printable characters, not ' '
          "finding": "pneumonia"| "finding": "site"    | M.json: outputs[0]: a finding may not be named 'site': the scores have such a column
          [{"finding": "pneumonia", "kind": "logit"}] | []  | M.json: outputs must name at least one finding
          [{"finding": "pneumonia", "kind": "logit"}] | [3] | M.json: outputs[0] must be an object {…}, not 3
          """)
  void aWrongFieldIsNamed(String part, String replacement, String message) {
    String json = CARD.replace(part, replacement == null ? "" : replacement);
    assertFalse(json.equals(CARD), "the card has no " + part);
    assertEquals(message, complaint(json));
  }

  @Test
  void twoOutputsOfOneNameAreRefused() {
    String output = "{\"finding\": \"pneumonia\", \"kind\": \"logit\"}";
    assertEquals(
        "M.json: outputs must have different names",
        complaint(CARD.replace(output, output + ", " + output)));
  }

  @Test
  void rangesThatCannotBeAreRefused() {
    String ranges = ", \"ranges\": {\"images\": 32, \"values\": {\"c\": %s}}}";
    String card = CARD.strip();
    String start = card.substring(0, card.length() - 1);
    assertEquals(
        "M.json: ranges.values.c: min and max must be finite and in order",
        complaint(start + ranges.formatted("{\"min\": 2, \"max\": 1, \"channels\": []}")));
    assertEquals(
        "M.json: ranges.values.c: a channel's magnitude must be finite and not negative",
        complaint(start + ranges.formatted("{\"min\": 0, \"max\": 1, \"channels\": [-1]}")));
    assertEquals(
        "M.json: ranges.values.c.max is missing",
        complaint(start + ranges.formatted("{\"min\": 0, \"channels\": []}")));
    assertEquals(
        "M.json: ranges: 0 values from 3 images; calibrate again, or leave ranges out",
        complaint(start + ", \"ranges\": {\"images\": 3, \"values\": {}}}"));
  }
}
