package org.blindread.mpc.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.blindread.mpc.tensor.FixedPoint;
import org.blindread.mpc.tensor.Window;

/// The text of a plan: what is exported, read by people, hashed and compared before a run.
///
/// ```
/// blindread-plan 1
/// name "tiny"
/// numbers bits=64 scale=20 rounding=nearest
/// %0 = weight "conv.kernel" role=kernel : 4×3×3×1 @20 "conv"
/// %1 = input "image" owner="P2" : 8×8×1 @20 "image"
/// %2 = convolve %1 %0 kernel=[3,3] stride=[1,1] … groups=1 : 6×6×4 @40 "conv"
/// %3 = relu %2 bits=20 : 6×6×4 @20 "relu"
/// %4 = output %3 name="y" head=none : 6×6×4 @20 "y"
/// ```
///
/// A line is number, instruction, operands, attributes, shape, scale, layer. [PlanParser] reads it.
public final class PlanText {
  static final String VERSION = "blindread-plan 1";

  private PlanText() {}

  /// The canonical text: equal plans have equal texts.
  public static String print(Plan plan) {
    FixedPoint numbers = plan.numbers();
    StringBuilder text = new StringBuilder();
    text.append(VERSION).append('\n');
    text.append("name ").append(quoted(plan.name())).append('\n');
    text.append(
        "numbers bits=%d scale=%d rounding=%s\n"
            .formatted(numbers.bits(), numbers.fractionBits(), lower(numbers.rounding())));
    for (int i = 0; i < plan.steps().size(); i++) {
      Step step = plan.step(i);
      text.append('%').append(i).append(" = ").append(instruction(step.instruction()));
      text.append(" : ").append(step.shape()).append(" @").append(step.scale());
      text.append(' ').append(quoted(step.layer())).append('\n');
    }
    return text.toString();
  }

  /// Reads a text that may come from another party.
  ///
  /// @throws IllegalArgumentException with the number of the line, if the text is malformed, too
  ///   long or not a valid plan
  public static Plan parse(String text) {
    return new PlanParser(text).parse();
  }

  /// SHA-256 of the text in UTF-8, in hexadecimal: what the parties compare.
  public static String hash(Plan plan) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(print(plan).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String instruction(Instruction instruction) {
    return switch (instruction) {
      case Instruction.Input(String owner, String name) ->
          "input %s owner=%s".formatted(quoted(name), quoted(owner));
      case Instruction.Weight(String name, var role) ->
          "weight %s role=%s".formatted(quoted(name), lower(role));
      case Instruction.Convolve c ->
          "convolve %%%d %%%d%s %s groups=%d"
              .formatted(
                  c.x(), c.kernel(), optional("bias", c.bias()), window(c.window()), c.groups());
      case Instruction.Add(int a, int b) -> "add %%%d %%%d".formatted(a, b);
      case Instruction.Subtract(int a, int b) -> "subtract %%%d %%%d".formatted(a, b);
      case Instruction.Scale(int x, List<Long> factors, int bits) ->
          "scale %%%d factors=%s bits=%d".formatted(x, list(factors), bits);
      case Instruction.Offset(int x, long value) -> "offset %%%d value=%d".formatted(x, value);
      case Instruction.SumPool(int x, Window window) ->
          "sum-pool %%%d %s".formatted(x, window(window));
      case Instruction.Pad(int x, List<Integer> low, List<Integer> high, long value) ->
          "pad %%%d low=%s high=%s value=%d".formatted(x, list(low), list(high), value);
      case Instruction.Take(int x, int axis, List<Integer> positions) ->
          "take %%%d axis=%d positions=%s".formatted(x, axis, list(positions));
      case Instruction.Concat(List<Integer> operands, int axis) ->
          "concat %s axis=%d"
              .formatted(
                  operands.stream().map(o -> "%" + o).collect(Collectors.joining(" ")), axis);
      case Instruction.Reshape(int x, var shape) -> "reshape %%%d shape=%s".formatted(x, shape);
      case Instruction.Permute(int x, List<Integer> axes) ->
          "permute %%%d axes=%s".formatted(x, list(axes));
      case Instruction.Truncate(int x, int bits) -> "truncate %%%d bits=%d".formatted(x, bits);
      case Instruction.Divide(int x, int divisor) -> "divide %%%d divisor=%d".formatted(x, divisor);
      case Instruction.Relu(int x, var offset, var flips, int bits) ->
          "relu %%%d%s%s bits=%d"
              .formatted(x, optional("offset", offset), optional("flips", flips), bits);
      case Instruction.Maximum(int a, int b) -> "maximum %%%d %%%d".formatted(a, b);
      case Instruction.ArgMax(int x) -> "argmax %%%d".formatted(x);
      case Instruction.Output(int x, String name, var head) ->
          "output %%%d name=%s head=%s".formatted(x, quoted(name), lower(head));
    };
  }

  private static String window(Window w) {
    return "kernel=%s stride=%s low=%s high=%s dilation=%s"
        .formatted(
            list(w.kernel()),
            list(w.strides()),
            list(w.low()),
            list(w.high()),
            list(w.dilations()));
  }

  private static String optional(String key, OptionalInt operand) {
    return operand.isPresent() ? " %s=%%%d".formatted(key, operand.getAsInt()) : "";
  }

  private static String list(List<? extends Number> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /// A name in quotes; quotes, backslashes and whatever could break or disguise a line are escaped.
  private static String quoted(String name) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '"' || c == '\\') {
        parts.add("\\" + c);
      } else if (c < 0x20 || c > 0x7e) {
        parts.add("\\u%04x".formatted((int) c));
      } else {
        parts.add(String.valueOf(c));
      }
    }
    return "\"" + String.join("", parts) + "\"";
  }
}
