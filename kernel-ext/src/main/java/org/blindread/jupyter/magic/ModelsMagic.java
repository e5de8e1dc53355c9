package org.blindread.jupyter.magic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.blindread.jupyter.Cell;
import org.blindread.jupyter.Magic;
import org.blindread.mpc.zoo.BenchmarkNetworks;
import org.blindread.workbench.ModelCard;
import org.blindread.workbench.VendorModel;
import org.blindread.workbench.WorkbenchException;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/// `%models`: the ONNX files with a card in a folder (the current one and its `models`, or the one
/// named), and the networks built in.
public final class ModelsMagic implements Magic {
  /// For `ServiceLoader`.
  public ModelsMagic() {}

  @Override
  public String name() {
    return "models";
  }

  @Override
  public Place place() {
    return Place.LINE;
  }

  @Override
  public void run(Cell cell) throws IOException {
    Table table =
        Table.create("models")
            .addColumns(
                StringColumn.create("--model"),
                StringColumn.create("name"),
                StringColumn.create("input"),
                StringColumn.create("findings"));
    List<Path> folders =
        cell.arguments().isEmpty()
            ? List.of(Path.of(""), Path.of("models"))
            : cell.arguments().stream().map(Path::of).toList();
    for (Path folder : folders) {
      for (Path file : onnxFiles(folder)) {
        add(table, file);
      }
    }
    for (String name : BenchmarkNetworks.names()) {
      add(
          table,
          VendorModel.BUILTIN + name,
          "built in code, untrained",
          "3×SIZE×SIZE",
          "none: for benchmarks");
    }
    cell.show(table);
  }

  private static List<Path> onnxFiles(Path folder) throws IOException {
    if (!Files.isDirectory(folder.toAbsolutePath())) {
      return new ArrayList<>();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
    }
  }

  private static void add(Table table, Path file) {
    try {
      Optional<ModelCard> card = ModelCard.beside(file);
      add(
          table,
          file.toString(),
          card.map(found -> found.open().name()).orElse("no card"),
          card.map(ModelsMagic::input).orElse(""),
          card.map(found -> String.join(", ", found.findings())).orElse(""));
    } catch (WorkbenchException e) {
      add(table, file.toString(), "faulty card: " + e.getMessage(), "", "");
    }
  }

  private static String input(ModelCard card) {
    return "%d×%d×%d"
        .formatted(card.input().channels(), card.input().height(), card.input().width());
  }

  private static void add(Table table, String... cells) {
    for (int i = 0; i < cells.length; i++) {
      table.stringColumn(i).append(cells[i]);
    }
  }
}
