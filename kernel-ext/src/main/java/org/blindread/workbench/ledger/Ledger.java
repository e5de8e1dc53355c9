package org.blindread.workbench.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.blindread.data.Truth;
import org.blindread.workbench.ImageCost;
import org.blindread.workbench.ImageLog;
import org.blindread.workbench.Outcome;
import org.blindread.workbench.WorkbenchException;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;

/// The book of results: an SQLite database in which every run stands with its scores, what it took
/// and where it comes from. `ledger.sql` says what each table and column means; any SQLite client
/// reads it.
///
/// It names patients and holds their scores: only its owner may read the file.
public final class Ledger implements AutoCloseable {
  /// The name of the file.
  public static final String FILE = "results.sqlite";

  /// What SQLite keeps in a file's header so that a program knows its own: `BLND`.
  private static final int APPLICATION = 0x424C4E44;

  private static final int VERSION = 2;
  private static final int PATIENCE_MILLIS = 30_000;

  private final Path folder;
  private final Connection connection;

  private Ledger(Path folder, Connection connection) {
    this.folder = folder;
    this.connection = connection;
  }

  /// Opens the ledger of a folder, making it if need be.
  ///
  /// @throws WorkbenchException if the file is something else, or cannot be written
  public static Ledger open(Path folder) throws WorkbenchException {
    Path file = folder.resolve(FILE);
    try {
      Files.createDirectories(folder);
      if (!Files.exists(file)
          && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
    } catch (IOException e) {
      throw new WorkbenchException("cannot write " + file + ": is the folder yours?", e);
    }
    return connect(folder);
  }

  /// Opens the ledger of a folder that must have one.
  ///
  /// @throws WorkbenchException if it has none
  public static Ledger existing(Path folder) throws WorkbenchException {
    if (!Files.isRegularFile(folder.resolve(FILE))) {
      throw new WorkbenchException(
          "%s holds no %s; name the folder of a run, such as runs/reproduce/…"
              .formatted(folder, FILE));
    }
    return connect(folder);
  }

  private static Ledger connect(Path folder) throws WorkbenchException {
    Path file = folder.resolve(FILE).toAbsolutePath();
    try {
      // Not by DriverManager, which looks for drivers by the thread's loader: in a cell, the
      // kernel's.
      Connection connection = JDBC.createConnection("jdbc:sqlite:" + file, new Properties());
      Ledger ledger = new Ledger(folder.toAbsolutePath().normalize(), connection);
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA busy_timeout = " + PATIENCE_MILLIS);
        statement.execute("PRAGMA foreign_keys = ON");
        ledger.settle(statement);
      } catch (SQLException | WorkbenchException e) {
        connection.close();
        throw e;
      }
      return ledger;
    } catch (SQLException e) {
      throw new WorkbenchException("%s cannot be used: %s".formatted(file, e.getMessage()), e);
    }
  }

  /// Makes the tables of a new file, and refuses those of another program.
  private void settle(Statement statement) throws SQLException, WorkbenchException {
    boolean empty = number(statement, "SELECT count(*) FROM sqlite_master") == 0;
    if (empty || (ours(statement) && number(statement, "PRAGMA user_version") < VERSION)) {
      connection.setAutoCommit(false);
      for (String command : schema().split(";\\R", -1)) {
        if (!command.isBlank()) {
          statement.execute(command);
        }
      }
      statement.execute("PRAGMA application_id = " + APPLICATION);
      statement.execute("PRAGMA user_version = " + VERSION);
      connection.commit();
      connection.setAutoCommit(true);
    }
    // Tables were only added so far, so that an older file is brought up to date by making them.
    long version = number(statement, "PRAGMA user_version");
    if (!ours(statement) || version != VERSION) {
      throw new WorkbenchException(
          "%s is no ledger of this version (found %d, wanted %d); use another folder"
              .formatted(folder.resolve(FILE), version, VERSION));
    }
  }

  private static boolean ours(Statement statement) throws SQLException {
    return number(statement, "PRAGMA application_id") == APPLICATION;
  }

  private static long number(Statement statement, String query) throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      return result.next() ? result.getLong(1) : 0;
    }
  }

  private static String schema() {
    try (InputStream text = Ledger.class.getResourceAsStream("ledger.sql")) {
      return new String(
          Optional.ofNullable(text).orElseThrow().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own jar cannot be read", e);
    }
  }

  /// Where the ledger lies.
  public Path folder() {
    return folder;
  }

  /// Records a run, in place of what stood of the same folder.
  ///
  /// @param log what its images took; may not exist, as of a run in the clear
  public void record(Outcome outcome, ImageLog log) throws WorkbenchException {
    change(
        () -> {
          long run = RunRows.write(connection, folder, outcome);
          if (outcome.secure() && log.exists()) {
            LogRows.write(connection, run, log);
          }
        });
  }

  /// What each image of a run took, in the order of the log; none for a run that has no log.
  ///
  /// @param run relative to the ledger's folder
  public List<ImageCost> log(String run) throws WorkbenchException {
    return asked(() -> LogRows.read(connection, run));
  }

  /// The run that lies in a folder, as it was recorded; empty if there is none.
  ///
  /// @param run relative to the ledger's folder
  public Optional<Outcome> outcome(String run) throws WorkbenchException {
    return asked(() -> RunRows.read(connection, folder, run));
  }

  /// The folders of all runs, in the order they were first recorded.
  public List<String> runs() throws WorkbenchException {
    return asked(() -> RunRows.folders(connection));
  }

  /// Records a study's reference standard, in place of what stood there.
  public void record(Truth truth) throws WorkbenchException {
    change(() -> TruthRows.write(connection, truth));
  }

  /// The reference standard as it was recorded; empty if there is none.
  public Optional<Truth> truth() throws WorkbenchException {
    return asked(() -> TruthRows.read(connection));
  }

  /// Records what is declared of a study. What was declared before keeps its time, and is no longer
  /// declared if it differs.
  public void declare(Map<String, String> values) throws WorkbenchException {
    change(
        () -> {
          Map<String, String> before = pairs("SELECT name, value FROM declared");
          try (PreparedStatement row =
              connection.prepareStatement("INSERT OR REPLACE INTO declared VALUES (?, ?, ?)")) {
            for (Map.Entry<String, String> entry : values.entrySet()) {
              if (!entry.getValue().equals(before.get(entry.getKey()))) {
                insert(row, entry.getKey(), entry.getValue(), now());
              }
            }
          }
        });
  }

  /// What was declared, by name.
  public Map<String, String> declared() throws WorkbenchException {
    return asked(() -> pairs("SELECT name, value FROM declared ORDER BY rowid"));
  }

  /// Records files of a study, its tables, figures and report, in place of what stood of the same.
  ///
  /// @param sha256 hash by file, relative to the ledger's folder
  public void exhibit(Map<String, String> sha256) throws WorkbenchException {
    change(
        () -> {
          try (PreparedStatement row =
              connection.prepareStatement("INSERT OR REPLACE INTO exhibit VALUES (?, ?, ?)")) {
            for (Map.Entry<String, String> entry : sha256.entrySet()) {
              insert(row, entry.getKey(), entry.getValue(), now());
            }
          }
        });
  }

  /// Hashes of the study's files, by file.
  public Map<String, String> exhibits() throws WorkbenchException {
    return asked(() -> pairs("SELECT file, sha256 FROM exhibit ORDER BY file"));
  }

  private Map<String, String> pairs(String query) throws SQLException {
    Map<String, String> pairs = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        pairs.put(rows.getString(1), rows.getString(2));
      }
    }
    return pairs;
  }

  /// Now, to the second.
  static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// Inserts a row; null is SQL's NULL.
  static void insert(PreparedStatement row, @Nullable Object... cells) throws SQLException {
    for (int i = 0; i < cells.length; i++) {
      row.setObject(i + 1, cells[i]);
    }
    row.executeUpdate();
  }

  /// Something that changes the database.
  private interface Change {
    void make() throws SQLException, WorkbenchException;
  }

  /// All of a change or nothing of it.
  private void change(Change change) throws WorkbenchException {
    try {
      connection.setAutoCommit(false);
      try {
        change.make();
        connection.commit();
      } finally {
        connection.rollback(); // nothing, after a commit
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /// A question to the database.
  private interface Question<T> {
    T ask() throws SQLException, WorkbenchException;
  }

  private <T> T asked(Question<T> question) throws WorkbenchException {
    try {
      return question.ask();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private WorkbenchException failed(SQLException e) {
    return new WorkbenchException(
        "%s cannot be used: %s; is the disk full, or another program at work in it?"
            .formatted(folder.resolve(FILE), e.getMessage()),
        e);
  }

  @Override
  public void close() throws WorkbenchException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed(e);
    }
  }
}
