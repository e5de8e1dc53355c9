package org.blindread.workbench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The fields of one JSON object, read with complaints that name the file and the field. A file's
/// unknown fields are collected; the first field that is missing or of a wrong type ends the
/// reading, since what follows would be guesswork.
final class JsonFields {
  private static final int SHOWN = 10;

  private final String place;
  private final String path;
  private final ObjectNode object;
  private final List<String> problems;

  JsonFields(String place, ObjectNode object) {
    this(place, "", object, new ArrayList<>());
  }

  private JsonFields(String place, String path, ObjectNode object, List<String> problems) {
    this.place = place;
    this.path = path;
    this.object = object;
    this.problems = problems;
  }

  /// What the parser says, without the excerpt of the source it appends.
  static String reason(JacksonException e) {
    var location = e.getLocation();
    String where =
        location == null
            ? ""
            : ", line " + location.getLineNr() + ", column " + location.getColumnNr();
    return e.getOriginalMessage() + where;
  }

  /// Notes every field that is not among the known ones.
  void allow(String... known) {
    Set<String> names = Set.of(known);
    for (String name : object.propertyNames()) {
      if (!names.contains(name)) {
        problems.add(
            "%s: %s: unknown field; known are %s"
                .formatted(place, path + name, String.join(", ", known)));
      }
    }
  }

  /// Ends the reading of the whole file.
  ///
  /// @throws WorkbenchException if a field was unknown
  void finish() throws WorkbenchException {
    if (!problems.isEmpty()) {
      throw new WorkbenchException(
          String.join("\n", problems.subList(0, Math.min(SHOWN, problems.size()))));
    }
  }

  boolean has(String field) {
    return object.has(field);
  }

  String text(String field) throws WorkbenchException {
    JsonNode node = required(field);
    if (!node.isString()) {
      throw wrong(field, "must be a text", node);
    }
    return node.stringValue();
  }

  String choice(String field, String... choices) throws WorkbenchException {
    String text = text(field);
    if (!List.of(choices).contains(text)) {
      throw wrong(field, "must be " + String.join(" or ", choices), required(field));
    }
    return text;
  }

  /// Reads a field that has one value so far.
  void only(String field, String value) throws WorkbenchException {
    if (!text(field).equals(value)) {
      throw wrong(field, "must be " + value, required(field));
    }
  }

  boolean flag(String field) throws WorkbenchException {
    JsonNode node = required(field);
    if (!node.isBoolean()) {
      throw wrong(field, "must be true or false", node);
    }
    return node.booleanValue();
  }

  int whole(String field) throws WorkbenchException {
    JsonNode node = required(field);
    if (!node.isIntegralNumber() || !node.canConvertToInt()) {
      throw wrong(field, "must be a whole number", node);
    }
    return node.intValue();
  }

  double number(String field) throws WorkbenchException {
    return number(field, required(field));
  }

  private double number(String field, JsonNode node) throws WorkbenchException {
    if (!node.isNumber() || !Double.isFinite(node.asDouble())) {
      throw wrong(field, "must be a number", node);
    }
    return node.asDouble();
  }

  List<Double> numbers(String field) throws WorkbenchException {
    List<Double> numbers = new ArrayList<>();
    for (JsonNode element : elements(field)) {
      numbers.add(number(field + "[" + numbers.size() + "]", element));
    }
    return numbers;
  }

  JsonFields object(String field) throws WorkbenchException {
    return object(field, required(field));
  }

  private JsonFields object(String field, JsonNode node) throws WorkbenchException {
    if (node instanceof ObjectNode inner) {
      return new JsonFields(place, path + field + ".", inner, problems);
    }
    throw wrong(field, "must be an object {…}", node);
  }

  List<JsonFields> objects(String field) throws WorkbenchException {
    List<JsonFields> objects = new ArrayList<>();
    for (JsonNode element : elements(field)) {
      objects.add(object(field + "[" + objects.size() + "]", element));
    }
    return objects;
  }

  /// All fields, each a text.
  Map<String, String> texts() throws WorkbenchException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name : object.propertyNames()) {
      texts.put(name, text(name));
    }
    return texts;
  }

  /// All fields, each an object.
  Map<String, JsonFields> members() throws WorkbenchException {
    Map<String, JsonFields> members = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      members.put(member.getKey(), object(member.getKey(), member.getValue()));
    }
    return members;
  }

  /// Makes a value of what was read; a complaint of its constructor is said with the place.
  <T> T make(Supplier<T> constructor) throws WorkbenchException {
    try {
      return constructor.get();
    } catch (IllegalArgumentException e) {
      throw new WorkbenchException(complaint(String.valueOf(e.getMessage())), e);
    }
  }

  /// What is wrong with this object as a whole.
  WorkbenchException wrong(String rule) {
    return new WorkbenchException(complaint(rule));
  }

  private String complaint(String rule) {
    String field = path.isEmpty() ? "" : path.substring(0, path.length() - 1) + ": ";
    return place + ": " + field + rule;
  }

  private JsonNode elements(String field) throws WorkbenchException {
    JsonNode node = required(field);
    if (!node.isArray()) {
      throw wrong(field, "must be a list […]", node);
    }
    return node;
  }

  private JsonNode required(String field) throws WorkbenchException {
    JsonNode node = object.get(field);
    if (node == null) {
      finish();
      throw new WorkbenchException(place + ": " + path + field + " is missing");
    }
    return node;
  }

  private WorkbenchException wrong(String field, String rule, JsonNode node)
      throws WorkbenchException {
    finish();
    String value = node.toString();
    return new WorkbenchException(
        "%s: %s %s, not %s"
            .formatted(
                place,
                path + field,
                rule,
                value.length() > 60 ? value.substring(0, 60) + "…" : value));
  }
}
