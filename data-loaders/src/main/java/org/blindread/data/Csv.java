package org.blindread.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads comma-separated values after RFC 4180, one record at a time: quoted cells with `""` for a
/// quote, line ends LF or CRLF, utf-8 with or without a byte order mark. Empty lines are skipped.
///
/// A cell holds at most 65,536 characters, a record at most 4,096 cells and 1,048,576 characters.
public final class Csv implements AutoCloseable {
  private static final int CELL_CHARACTERS = 1 << 16;
  private static final int CELLS = 4096;
  private static final int RECORD_CHARACTERS = 1 << 20;
  private static final int SHOWN = 80;
  private static final int END = -1;

  /// What a decoder puts where bytes are not utf-8. Decoding reads ahead; this stays in its row.
  private static final int REPLACEMENT = 0xFFFD;

  private final String name;
  private final Reader in;
  private int pushed = -2;
  private int records;
  private boolean between = true;
  private int characters;

  private Csv(String name, Reader in) {
    this.name = name;
    this.in = in;
  }

  /// Opens a file.
  ///
  /// @throws DatasetException if it cannot be read
  public static Csv open(Path file) throws DatasetException {
    return of(file.toString(), stream(file));
  }

  /// The bytes of a file, from its beginning.
  ///
  /// @throws DatasetException if it cannot be read
  static InputStream stream(Path file) throws DatasetException {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new DatasetException("cannot read " + file + ": no such file, or not readable", e);
    }
  }

  /// Reads bytes in utf-8; `name` stands in messages.
  static Csv of(String name, InputStream bytes) {
    return of(name, new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8)));
  }

  /// Reads from any source; `name` stands in messages.
  public static Csv of(String name, Reader in) {
    return new Csv(name, in);
  }

  /// The next record's cells, or empty at the end of the file.
  ///
  /// @throws DatasetException if the text is not csv or not utf-8
  public Optional<List<String>> next() throws DatasetException {
    int c = read();
    if (records == 0 && c == '\uFEFF') {
      c = read();
    }
    while (c == '\n' || c == '\r') {
      c = read();
    }
    if (c == END) {
      return Optional.empty();
    }
    records++;
    between = false;
    characters = 0;
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    while (true) {
      c = c == '"' ? quoted(cell) : plain(c, cell);
      if (cells.size() == CELLS) {
        throw broken("more than " + CELLS + " cells");
      }
      cells.add(cell.toString());
      cell.setLength(0);
      if (c != ',') {
        between = true;
        return Optional.of(cells);
      }
      c = read();
    }
  }

  /// Number of records read so far. The header is row 1, as a spreadsheet counts.
  public int row() {
    return records;
  }

  private int plain(int first, StringBuilder cell) throws DatasetException {
    int c = first;
    while (c != ',' && c != '\n' && c != END) {
      if (c == '"') {
        throw broken("a quote inside a cell that does not begin with one; write \"a \"\"b\"\"\"");
      }
      if (c == '\r') {
        c = afterReturn();
        break;
      }
      append(cell, c);
      c = read();
    }
    return c;
  }

  private int quoted(StringBuilder cell) throws DatasetException {
    while (true) {
      int c = read();
      if (c == END) {
        throw broken("a quoted cell that does not end");
      }
      if (c != '"') {
        append(cell, c);
        continue;
      }
      c = read();
      if (c == '"') {
        append(cell, c);
      } else if (c == ',' || c == '\n' || c == END) {
        return c;
      } else if (c == '\r') {
        return afterReturn();
      } else {
        throw broken("text after the closing quote of a cell");
      }
    }
  }

  private int afterReturn() throws DatasetException {
    int c = read();
    if (c != '\n') {
      pushed = c;
    }
    return '\n';
  }

  private void append(StringBuilder cell, int c) throws DatasetException {
    if (cell.length() == CELL_CHARACTERS) {
      throw broken("a cell longer than " + CELL_CHARACTERS + " characters");
    }
    characters++;
    if (characters > RECORD_CHARACTERS) {
      throw broken("a record longer than " + RECORD_CHARACTERS + " characters");
    }
    cell.append((char) c);
  }

  private int read() throws DatasetException {
    if (pushed != -2) {
      int c = pushed;
      pushed = -2;
      return c;
    }
    try {
      int c = in.read();
      if (c == REPLACEMENT) {
        throw broken("not utf-8; save the file with that encoding");
      }
      return c;
    } catch (IOException e) {
      throw new DatasetException("cannot read " + name + " after row " + records, e);
    }
  }

  private DatasetException broken(String what) {
    return new DatasetException(name + ", row " + (between ? records + 1 : records) + ": " + what);
  }

  /// One cell as it must be written: quoted if it holds a comma, a quote or a line end.
  public static String cell(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  /// One record as it must be written, without the line end.
  public static String line(List<String> cells) {
    return String.join(",", cells.stream().map(Csv::cell).toList());
  }

  /// Whether a text holds neither control characters nor marks that reorder what is shown.
  static boolean printable(String text) {
    return text.codePoints()
        .noneMatch(
            c ->
                Character.isISOControl(c)
                    || (c >= 0x202A && c <= 0x202E)
                    || (c >= 0x2066 && c <= 0x2069));
  }

  /// A cell as a message shows it: short, and without what is not printable.
  static String shown(String text) {
    String head = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    return head.codePoints()
        .map(c -> printable(Character.toString(c)) ? c : '?')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Override
  public void close() throws DatasetException {
    try {
      in.close();
    } catch (IOException e) {
      throw new DatasetException("cannot close " + name, e);
    }
  }
}
