package org.blindread.jupyter;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the adapters reach in a kernel that is in no library: methods and fields by name. Where a
/// kernel has changed, what is not essential is done without.
public final class KernelParts {
  /// A cell that begins with a magic; Java below it may be missing, which the kernels' own pattern
  /// does not allow.
  public static final Pattern CELL =
      Pattern.compile("^(?<argsLine>%%(?<args>\\w.*?))(?:\\R|$)(?<body>(?s).*)$");

  private static final Pattern COLOURS = Pattern.compile("\u001B\\[[0-9;]*m");

  private KernelParts() {}

  /// Calls a method.
  ///
  /// @return empty if it gives nothing, or there is none
  /// @throws Exception what the method throws
  public static Optional<Object> call(Object on, String name, Class<?> type, Object argument)
      throws Exception {
    return call(on, name, new Class<?>[] {type}, argument);
  }

  /// Calls a method that takes nothing.
  ///
  /// @return empty if it gives nothing, or there is none
  /// @throws Exception what the method throws
  public static Optional<Object> call(Object on, String name) throws Exception {
    return call(on, name, new Class<?>[0]);
  }

  private static Optional<Object> call(
      Object on, String name, Class<?>[] types, Object... arguments) throws Exception {
    for (Class<?> at = on.getClass(); at != Object.class; at = at.getSuperclass()) {
      try {
        Method method = at.getDeclaredMethod(name, types);
        method.setAccessible(true);
        return Optional.ofNullable(method.invoke(on, arguments));
      } catch (NoSuchMethodException _) {
        // a superclass may have it
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof Exception cause) {
          throw cause;
        }
        throw e;
      }
    }
    return Optional.empty();
  }

  /// The value of a field, if there is such a field.
  public static Optional<Object> part(Object of, String name) {
    try {
      Optional<Field> field = field(of, name);
      return field.isPresent() ? Optional.ofNullable(field.get().get(of)) : Optional.empty();
    } catch (IllegalAccessException e) {
      return Optional.empty();
    }
  }

  /// Lets a kernel understand [#CELL]; where that cannot be, a magic alone needs a line below it.
  ///
  /// @param parser of the kernel, which keeps its pattern in a field
  public static void acceptCellsWithoutBody(Object parser) {
    replace(parser, "cellMagicPattern", CELL);
  }

  /// Sets a field, if there is such a field.
  public static void replace(Object of, String name, Object value) {
    try {
      Optional<Field> field = field(of, name);
      if (field.isPresent()) {
        field.get().set(of, value);
      }
    } catch (IllegalAccessException e) {
      // The kernel keeps its own; each use says what is lost by that.
    }
  }

  private static Optional<Field> field(Object of, String name) {
    for (Class<?> at = of.getClass(); at != Object.class; at = at.getSuperclass()) {
      for (Field field : at.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          return Optional.of(field);
        }
      }
    }
    return Optional.empty();
  }

  /// A kernel's error, which it formats over many lines with colours, as one line without stack.
  public static String sentence(List<?> lines) {
    StringBuilder sentence = new StringBuilder();
    for (Object each : lines) {
      String line = COLOURS.matcher(String.valueOf(each)).replaceAll("").strip();
      line = line.startsWith("|") ? line.substring(1).strip() : line;
      if (line.isEmpty() || line.startsWith("at ") || line.matches("-+")) {
        continue;
      }
      sentence.append(sentence.isEmpty() ? "" : " ").append(line);
    }
    return sentence.toString();
  }
}
