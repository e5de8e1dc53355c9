package org.blindread.workbench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.blindread.data.transform.Preprocessing;
import org.blindread.data.transform.Preprocessing.Crop;
import org.blindread.data.transform.Preprocessing.Resize;
import org.blindread.mpc.compile.Extremes;
import org.blindread.mpc.compile.Ranges;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Model cards as JSON.
final class CardJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /// Digits of a range, rounded outward.
  private static final int DIGITS = 5;

  private CardJson() {}

  static ModelCard parse(String place, String json) throws WorkbenchException {
    JsonFields card = fields(place, json);
    card.allow("name", "input", "outputs", "ranges", "origin", "licence");
    PublicCard open = open(card);
    Ranges ranges = card.has("ranges") ? ranges(card.object("ranges")) : ModelCard.UNMEASURED;
    String origin = card.has("origin") ? card.text("origin") : "";
    String licence = card.has("licence") ? card.text("licence") : "";
    card.finish();
    return new ModelCard(open, ranges, origin, licence);
  }

  static PublicCard parsePublic(String place, String json) throws WorkbenchException {
    JsonFields card = fields(place, json);
    card.allow("name", "input", "outputs");
    PublicCard open = open(card);
    card.finish();
    return open;
  }

  private static JsonFields fields(String place, String json) throws WorkbenchException {
    try {
      JsonNode root = JSON.readTree(json);
      if (root instanceof ObjectNode object) {
        return new JsonFields(place, object);
      }
      throw new WorkbenchException(place + ": a model card is a JSON object {…}");
    } catch (JacksonException e) {
      throw new WorkbenchException(place + " is not JSON: " + JsonFields.reason(e), e);
    }
  }

  private static PublicCard open(JsonFields card) throws WorkbenchException {
    String name = card.text("name");
    Preprocessing input = input(card.object("input"));
    List<Output> outputs = new ArrayList<>();
    for (JsonFields output : card.objects("outputs")) {
      output.allow("finding", "kind");
      String finding = output.text("finding");
      String kind = output.choice("kind", "logit", "probability");
      outputs.add(
          output.make(
              () ->
                  new Output(
                      finding,
                      kind.equals("logit") ? Output.Kind.LOGIT : Output.Kind.PROBABILITY)));
    }
    return card.make(() -> new PublicCard(name, input, outputs));
  }

  private static Preprocessing input(JsonFields input) throws WorkbenchException {
    input.allow(
        "channels",
        "height",
        "width",
        "resize",
        "crop",
        "interpolation",
        "grey",
        "scale",
        "mean",
        "std");
    int channels = input.whole("channels");
    int height = input.whole("height");
    int width = input.whole("width");
    String resize = input.choice("resize", "exact", "shorter-side");
    String crop = input.choice("crop", "none", "centre");
    input.only("interpolation", "bilinear");
    input.only("grey", "copy-to-channels");
    double scale = input.number("scale");
    List<Double> mean = input.numbers("mean");
    List<Double> std = input.numbers("std");
    return input.make(
        () ->
            new Preprocessing(
                channels,
                height,
                width,
                resize.equals("exact") ? Resize.EXACT : Resize.SHORTER_SIDE,
                crop.equals("none") ? Crop.NONE : Crop.CENTRE,
                scale,
                mean,
                std));
  }

  private static Ranges ranges(JsonFields ranges) throws WorkbenchException {
    ranges.allow("images", "values");
    int images = ranges.whole("images");
    Map<String, Extremes> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonFields> value : ranges.object("values").members().entrySet()) {
      values.put(value.getKey(), extremes(value.getValue()));
    }
    if (images < 1 || values.isEmpty()) {
      throw ranges.wrong(
          "%d values from %d images; calibrate again, or leave ranges out"
              .formatted(values.size(), images));
    }
    return new Ranges(images, values);
  }

  private static Extremes extremes(JsonFields value) throws WorkbenchException {
    value.allow("min", "max", "channels");
    float min = (float) value.number("min");
    float max = (float) value.number("max");
    List<Double> magnitudes = value.numbers("channels");
    float[] channels = new float[magnitudes.size()];
    for (int i = 0; i < channels.length; i++) {
      channels[i] = magnitudes.get(i).floatValue();
      if (!(channels[i] >= 0 && Float.isFinite(channels[i]))) {
        throw value.wrong("a channel's magnitude must be finite and not negative");
      }
    }
    if (!Float.isFinite(min) || !Float.isFinite(max) || min > max) {
      throw value.wrong("min and max must be finite and in order");
    }
    return new Extremes(min, max, channels);
  }

  static String write(PublicCard card) {
    return text(open(card));
  }

  static String write(ModelCard card) {
    ObjectNode root = open(card.open());
    if (card.calibrated()) {
      ObjectNode ranges = root.putObject("ranges").put("images", card.ranges().images());
      ObjectNode values = ranges.putObject("values");
      card.ranges()
          .values()
          .forEach(
              (name, extremes) -> {
                ObjectNode value = values.putObject(name);
                value.put("min", rounded(extremes.min(), RoundingMode.FLOOR));
                value.put("max", rounded(extremes.max(), RoundingMode.CEILING));
                ArrayNode channels = value.putArray("channels");
                for (float channel : extremes.channels()) {
                  channels.add(rounded(channel, RoundingMode.CEILING));
                }
              });
    }
    root.put("origin", card.origin()).put("licence", card.licence());
    return text(root);
  }

  private static String text(ObjectNode root) {
    return JSON.writeValueAsString(root) + "\n";
  }

  /// The decimal of five digits next to a float, never on its inner side: read back as the nearest
  /// float it is not on the inner side either.
  private static BigDecimal rounded(float value, RoundingMode mode) {
    return new BigDecimal(value).round(new MathContext(DIGITS, mode)).stripTrailingZeros();
  }

  private static ObjectNode open(PublicCard card) {
    ObjectNode root = JSON.createObjectNode().put("name", card.name());
    Preprocessing input = card.input();
    ObjectNode fields =
        root.putObject("input")
            .put("channels", input.channels())
            .put("height", input.height())
            .put("width", input.width())
            .put("resize", input.resize() == Resize.EXACT ? "exact" : "shorter-side")
            .put("crop", input.crop() == Crop.NONE ? "none" : "centre")
            .put("interpolation", "bilinear")
            .put("grey", "copy-to-channels")
            .put("scale", input.scale());
    ArrayNode mean = fields.putArray("mean");
    input.mean().forEach(number -> mean.add(number));
    ArrayNode std = fields.putArray("std");
    input.std().forEach(number -> std.add(number));
    ArrayNode outputs = root.putArray("outputs");
    for (Output output : card.outputs()) {
      outputs
          .addObject()
          .put("finding", output.finding())
          .put("kind", output.kind() == Output.Kind.LOGIT ? "logit" : "probability");
    }
    return root;
  }
}
