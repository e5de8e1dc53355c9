package org.blindread.mpc.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.blindread.mpc.plan.Instruction.Head;
import org.blindread.mpc.plan.Instruction.Role;
import org.blindread.mpc.tensor.FixedPoint;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.Window;

/// Reads the text of [PlanText], line by line.
final class PlanParser {
  private static final int CHARACTERS = 1 << 24;
  private static final int STEPS = 100_000;

  private final String text;
  private int line;

  PlanParser(String text) {
    this.text = text;
  }

  Plan parse() {
    if (text.length() > CHARACTERS) {
      throw new IllegalArgumentException("a plan has at most " + CHARACTERS + " characters");
    }
    List<String> lines = text.lines().limit(STEPS + 4).toList();
    if (lines.size() > STEPS + 3) {
      throw new IllegalArgumentException("a plan has at most " + STEPS + " steps");
    }
    try {
      line = 1;
      if (lines.isEmpty() || !lines.getFirst().equals(PlanText.VERSION)) {
        throw new IllegalArgumentException(
            "a plan begins with '%s'; other versions are not known".formatted(PlanText.VERSION));
      }
      line = 2;
      String name = new Line(at(lines, 2)).word("name").string();
      line = 3;
      FixedPoint numbers = numbers(new Line(at(lines, 3)).word("numbers").attributes());
      List<Step> steps = new ArrayList<>();
      for (line = 4; line <= lines.size(); line++) {
        steps.add(step(new Line(at(lines, line)), steps.size()));
      }
      line = 0;
      return new Plan(name, numbers, steps);
    } catch (IllegalArgumentException | ArithmeticException e) {
      String place = line == 0 ? "" : "line " + line + ": ";
      throw new IllegalArgumentException(place + e.getMessage(), e);
    }
  }

  private static String at(List<String> lines, int number) {
    if (number > lines.size()) {
      throw new IllegalArgumentException("the plan ends before its header does");
    }
    return lines.get(number - 1);
  }

  private static FixedPoint numbers(Attributes a) {
    FixedPoint numbers =
        new FixedPoint(
            a.integer("bits"),
            a.integer("scale"),
            constant(FixedPoint.Rounding.class, a.take("rounding")));
    a.finish();
    return numbers;
  }

  private static Step step(Line in, int number) {
    in.expect("%" + number).expect("=");
    String kind = in.token();
    boolean named = kind.equals("input") || kind.equals("weight");
    String name = named ? in.string() : "";
    List<Integer> operands = in.operands();
    Attributes a = in.attributes();
    Shape shape = Shape.parse(in.expect(":").token());
    String scale = in.token();
    if (!scale.startsWith("@")) {
      throw new IllegalArgumentException("expected the scale as @20, found '" + scale + "'");
    }
    String layer = in.string();
    in.end();
    Instruction instruction = instruction(kind, name, operands, a);
    a.finish();
    return new Step(layer, instruction, shape, integer(scale.substring(1)));
  }

  private static Instruction instruction(
      String kind, String name, List<Integer> operands, Attributes a) {
    int expected =
        switch (kind) {
          case "input", "weight" -> 0;
          case "convolve", "add", "subtract", "maximum" -> 2;
          case "concat" -> operands.size();
          default -> 1;
        };
    if (operands.size() != expected) {
      throw new IllegalArgumentException(
          "'%s' takes %d operands, not %d".formatted(kind, expected, operands.size()));
    }
    int x = operands.isEmpty() ? -1 : operands.getFirst();
    int y = operands.isEmpty() ? -1 : operands.getLast();
    return switch (kind) {
      case "input" -> new Instruction.Input(unquoted(a.take("owner")), name);
      case "weight" -> new Instruction.Weight(name, constant(Role.class, a.take("role")));
      case "convolve" ->
          new Instruction.Convolve(x, y, a.operand("bias"), window(a), a.integer("groups"));
      case "add" -> new Instruction.Add(x, y);
      case "subtract" -> new Instruction.Subtract(x, y);
      case "maximum" -> new Instruction.Maximum(x, y);
      case "scale" -> new Instruction.Scale(x, longs(a.take("factors")), a.integer("bits"));
      case "offset" -> new Instruction.Offset(x, Long.parseLong(a.take("value")));
      case "sum-pool" -> new Instruction.SumPool(x, window(a));
      case "pad" ->
          new Instruction.Pad(x, a.list("low"), a.list("high"), Long.parseLong(a.take("value")));
      case "take" -> new Instruction.Take(x, a.integer("axis"), a.list("positions"));
      case "concat" -> new Instruction.Concat(operands, a.integer("axis"));
      case "reshape" -> new Instruction.Reshape(x, Shape.parse(a.take("shape")));
      case "permute" -> new Instruction.Permute(x, a.list("axes"));
      case "truncate" -> new Instruction.Truncate(x, a.integer("bits"));
      case "divide" -> new Instruction.Divide(x, a.integer("divisor"));
      case "argmax" -> new Instruction.ArgMax(x);
      case "relu" ->
          new Instruction.Relu(x, a.operand("offset"), a.operand("flips"), a.integer("bits"));
      case "output" ->
          new Instruction.Output(x, unquoted(a.take("name")), constant(Head.class, a.take("head")));
      default -> throw new IllegalArgumentException("there is no instruction '" + kind + "'");
    };
  }

  private static Window window(Attributes a) {
    return new Window(
        a.list("kernel"), a.list("stride"), a.list("low"), a.list("high"), a.list("dilation"));
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String word) {
    for (E value : type.getEnumConstants()) {
      if (value.name().toLowerCase(Locale.ROOT).equals(word)) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        "'%s' is no %s".formatted(word, type.getSimpleName().toLowerCase(Locale.ROOT)));
  }

  private static int integer(String word) {
    try {
      return Integer.parseInt(word);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected an integer, found '" + word + "'", e);
    }
  }

  private static int operand(String word) {
    if (!word.startsWith("%")) {
      throw new IllegalArgumentException("expected a value such as %3, found '" + word + "'");
    }
    return integer(word.substring(1));
  }

  private static List<Long> longs(String word) {
    if (!word.startsWith("[") || !word.endsWith("]") || word.length() < 3) {
      throw new IllegalArgumentException("expected a list such as [1,2], found '" + word + "'");
    }
    List<Long> values = new ArrayList<>();
    for (String entry : word.substring(1, word.length() - 1).split(",", -1)) {
      values.add(Long.parseLong(entry));
    }
    return values;
  }

  private static String unquoted(String word) {
    Line in = new Line(word);
    String name = in.string();
    in.end();
    return name;
  }

  /// The attributes of one line, each to be read once.
  private static final class Attributes {
    private final Map<String, String> values = new HashMap<>();

    void put(String key, String value) {
      if (values.put(key, value) != null) {
        throw new IllegalArgumentException("attribute '%s' is given twice".formatted(key));
      }
    }

    String take(String key) {
      if (!values.containsKey(key)) {
        throw new IllegalArgumentException("attribute '%s' is missing".formatted(key));
      }
      return values.remove(key);
    }

    int integer(String key) {
      return PlanParser.integer(take(key));
    }

    List<Integer> list(String key) {
      return longs(take(key)).stream().map(Math::toIntExact).toList();
    }

    OptionalInt operand(String key) {
      return values.containsKey(key)
          ? OptionalInt.of(PlanParser.operand(take(key)))
          : OptionalInt.empty();
    }

    void finish() {
      if (!values.isEmpty()) {
        throw new IllegalArgumentException(
            "attributes %s are not known here".formatted(values.keySet()));
      }
    }
  }

  /// One line, read from left to right; words are separated by one or more spaces.
  private static final class Line {
    private final String text;
    private int at;

    Line(String text) {
      this.text = text;
    }

    String token() {
      skip();
      int start = at;
      boolean quoted = false;
      while (at < text.length() && (quoted || text.charAt(at) != ' ')) {
        quoted ^= text.charAt(at) == '"';
        at += text.charAt(at) == '\\' && quoted ? 2 : 1;
      }
      at = Math.min(at, text.length());
      if (start == at) {
        throw new IllegalArgumentException("the line ends too early");
      }
      return text.substring(start, at);
    }

    Line expect(String word) {
      String found = token();
      if (!found.equals(word)) {
        throw new IllegalArgumentException("expected '%s', found '%s'".formatted(word, found));
      }
      return this;
    }

    Line word(String word) {
      return expect(word);
    }

    List<Integer> operands() {
      List<Integer> operands = new ArrayList<>();
      while (next('%')) {
        operands.add(PlanParser.operand(token()));
      }
      return operands;
    }

    Attributes attributes() {
      Attributes attributes = new Attributes();
      while (!next(':') && at < text.length()) {
        String word = token();
        int equals = word.indexOf('=');
        if (equals < 1) {
          throw new IllegalArgumentException("expected key=value, found '" + word + "'");
        }
        attributes.put(word.substring(0, equals), word.substring(equals + 1));
      }
      return attributes;
    }

    String string() {
      skip();
      if (!next('"')) {
        throw new IllegalArgumentException("expected a name in quotes");
      }
      StringBuilder name = new StringBuilder();
      for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
        char c = text.charAt(at);
        if (c != '\\') {
          name.append(c);
        } else if (text.startsWith("\\u", at) && at + 6 <= text.length()) {
          name.append((char) Integer.parseInt(text, at + 2, at + 6, 16));
          at += 5;
        } else if (at + 1 < text.length()) {
          name.append(text.charAt(++at));
        }
      }
      if (at >= text.length()) {
        throw new IllegalArgumentException("a name lacks its closing quote");
      }
      at++;
      return name.toString();
    }

    void end() {
      skip();
      if (at < text.length()) {
        throw new IllegalArgumentException("unexpected '%s'".formatted(text.substring(at)));
      }
    }

    private boolean next(char c) {
      skip();
      return at < text.length() && text.charAt(at) == c;
    }

    private void skip() {
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
    }
  }
}
