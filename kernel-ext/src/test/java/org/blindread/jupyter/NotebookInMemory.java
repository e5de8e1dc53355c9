package org.blindread.jupyter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A host without a kernel: it knows variables by name, takes what a cell binds, and keeps what is
/// shown. Other Java does not compile for it.
final class NotebookInMemory implements Host {
  private static final Pattern BINDING =
      Pattern.compile(
          "\\S+ (\\w+) = \\(\\S+\\) org\\.blindread\\.\\S+\\.handOver\\(\"(\\d+)\"\\);");

  final Map<String, Object> variables = new HashMap<>();
  final Map<String, Bundle> replaceable = new LinkedHashMap<>();
  final List<Bundle> shown = new ArrayList<>();

  @Override
  public synchronized Optional<Object> evaluate(String code) {
    Matcher binding = BINDING.matcher(code);
    if (binding.matches()) {
      variables.put(binding.group(1), Cell.handOver(binding.group(2)));
      return Optional.empty();
    }
    if (!variables.containsKey(code)) {
      throw new CellFailure("cannot find symbol " + code);
    }
    return Optional.of(variables.get(code));
  }

  @Override
  public synchronized void show(Bundle bundle) {
    shown.add(bundle);
  }

  @Override
  public synchronized void show(String id, Bundle bundle) {
    replaceable.put(id, bundle);
  }

  @Override
  public synchronized void update(String id, Bundle bundle) {
    replaceable.replace(id, bundle);
  }

  /// Runs a cell written as a user writes it.
  void run(String source) {
    String first = source.lines().findFirst().orElse("");
    List<String> words = List.of(first.replaceFirst("^%+", "").split(" "));
    String body = source.contains("\n") ? source.substring(source.indexOf('\n') + 1) : "";
    Magic magic =
        Magics.all().stream()
            .filter(each -> each.name().equals(words.getFirst()))
            .findFirst()
            .orElseThrow();
    Magics.run(magic, new Cell(this, words.subList(1, words.size()), body));
  }

  /// All text shown.
  String text() {
    StringBuilder text = new StringBuilder();
    shown.forEach(bundle -> text.append(bundle.data().get(Bundle.TEXT)).append('\n'));
    return text.toString();
  }
}
