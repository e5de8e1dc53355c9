package org.blindread.workbench.validation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.blindread.data.DatasetException;
import org.blindread.workbench.PrivateFolder;
import org.blindread.workbench.Sha256;
import org.blindread.workbench.WorkbenchException;
import org.blindread.workbench.figure.Figure;
import org.blindread.workbench.figure.Figures;
import org.blindread.workbench.figure.TimePlot;
import org.blindread.workbench.figure.TrafficPlot;
import org.blindread.workbench.table.CohortTable;
import org.blindread.workbench.table.Tables;
import tech.tablesaw.api.Table;

/// The tables and figures of a study: a function of what its ledger and cohort hold, so that anyone
/// can make them again and compare.
///
/// @param tables by name, in the order of a report
/// @param figures in the order of a report
/// @param texts further files by name: every number of the comparisons at full precision
public record Exhibits(Map<String, Table> tables, List<Figure> figures, Map<String, String> texts) {
  /// Of a study.
  ///
  /// @throws DatasetException if the cohort's sites cannot be told apart
  /// @throws WorkbenchException if scores and truth are not of the same images
  static Exhibits of(Validation study) throws DatasetException, WorkbenchException {
    Map<String, Table> tables = new LinkedHashMap<>();
    tables.put("flow", FlowTable.of(study));
    tables.put("cohort", CohortTable.bySite(study.cohort()));
    tables.put("auroc", Tables.of(study.all()));
    tables.put("auroc-secure", Tables.of(study.sample()));
    tables.put("agreement", AgreementTable.of(study.all()));
    tables.put("agreement-secure", AgreementTable.of(study.sample()));
    tables.put("resources", ResourceTable.of(study));
    tables.put("paper", PaperTable.of(study));
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("comparison.json", study.all().toJson() + "\n");
    texts.put("comparison-secure.json", study.sample().toJson() + "\n");
    return new Exhibits(tables, figures(study), texts);
  }

  private static List<Figure> figures(Validation study) throws WorkbenchException {
    List<Figure> figures = new ArrayList<>(Figures.of(study.paired(), study.all()));
    String secure = study.secure().report().how();
    figures.add(TimePlot.of(secure, study.secure().report().json()));
    figures.add(TrafficPlot.of(secure, study.secure().report().json()));
    return List.copyOf(figures);
  }

  /// A table by its name.
  ///
  /// @throws NoSuchElementException naming those there are
  public Table table(String name) {
    if (!tables.containsKey(name)) {
      throw new NoSuchElementException("no table '" + name + "'; there are " + tables.keySet());
    }
    return tables.get(name);
  }

  /// A figure by its name.
  ///
  /// @throws NoSuchElementException naming those there are
  public Figure figure(String name) {
    return figures.stream()
        .filter(figure -> figure.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new NoSuchElementException(
                    "no figure '%s'; there are %s"
                        .formatted(name, figures.stream().map(Figure::name).toList())));
  }

  /// Every file's content by name, relative to the study's folder.
  Map<String, byte[]> files() {
    Map<String, byte[]> files = new TreeMap<>();
    tables.forEach((name, table) -> files.put("tables/" + name + ".csv", csv(table)));
    texts.forEach((name, text) -> files.put("tables/" + name, text.getBytes(UTF_8)));
    for (Figure figure : figures) {
      files.put("figures/" + figure.name() + ".png", figure.png());
      files.put("figures/" + figure.name() + ".svg", figure.svg().getBytes(UTF_8));
      files.put("figures/" + figure.name() + ".csv", csv(figure.data()));
    }
    return files;
  }

  private static byte[] csv(Table table) {
    StringWriter text = new StringWriter();
    table.write().csv(text);
    return text.toString().getBytes(UTF_8);
  }

  /// Writes the files.
  ///
  /// @return their hashes
  Map<String, String> write(Path study) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    for (Map.Entry<String, byte[]> file : files().entrySet()) {
      Path path = study.resolve(file.getKey());
      PrivateFolder.make(path.resolveSibling(""));
      Files.write(path, file.getValue());
      hashes.put(file.getKey(), Sha256.of(file.getValue()));
    }
    return hashes;
  }

  @Override
  public String toString() {
    return "Exhibits[%d tables, %d figures]".formatted(tables.size(), figures.size());
  }
}
