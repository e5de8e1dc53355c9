package org.blindread.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTest {
  private static List<List<String>> read(String text) throws DatasetException {
    List<List<String>> records = new ArrayList<>();
    try (Csv csv = Csv.of("x.csv", new StringReader(text))) {
      Optional<List<String>> next = csv.next();
      while (next.isPresent()) {
        records.add(next.get());
        next = csv.next();
      }
    }
    return records;
  }

  @Test
  void cellsAndLinesAreSplitAsRfc4180Says() throws DatasetException {
    var expected = List.of(List.of("a", "b"), List.of("1", ""), List.of("", "2"));
    assertEquals(expected, read("a,b\n1,\n,2\n"));
    assertEquals(expected, read("a,b\r\n1,\r\n,2\r\n"));
    assertEquals(expected, read("\uFEFFa,b\r1,\r,2"));
    assertEquals(expected, read("\n\na,b\n\r\n1,\n\n,2"));
  }

  @Test
  void quotedCellsHoldCommasQuotesAndLineEnds() throws DatasetException {
    assertEquals(
        List.of(List.of("a,b", "say \"x\"", "two\nlines", "")),
        read("\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",\"\"\r\n"));
  }

  @Test
  void anEmptyTextHasNoRecord() throws DatasetException {
    assertEquals(List.of(), read(""));
    assertEquals(List.of(), read("\uFEFF\r\n"));
  }

  @Test
  void whatIsWrittenIsReadBack() throws DatasetException {
    List<String> cells = List.of("", "plain", "a,b", "\"", "x\r\ny", "Zürich");
    assertEquals(List.of(cells), read(Csv.line(cells) + "\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a,"b     | x.csv, row 2: a quoted cell that does not end
          a,"b"c   | x.csv, row 2: text after the closing quote of a cell
          a,b"c    | x.csv, row 2: a quote inside a cell that does not begin with one; write "a ""b\"""
          """)
  void brokenQuotesAreNamedWithTheirRow(String line, String message) {
    var e = assertThrows(DatasetException.class, () -> read("header,x\n" + line));
    assertEquals(message, e.getMessage());
  }

  @Test
  void cellsAndRecordsAreBounded() {
    var cell = assertThrows(DatasetException.class, () -> read("x".repeat(70_000)));
    assertEquals("x.csv, row 1: a cell longer than 65536 characters", cell.getMessage());
    var record = assertThrows(DatasetException.class, () -> read(",".repeat(5000)));
    assertEquals("x.csv, row 1: more than 4096 cells", record.getMessage());
    String many = ("x".repeat(60_000) + ",").repeat(20);
    var whole = assertThrows(DatasetException.class, () -> read(many));
    assertEquals("x.csv, row 1: a record longer than 1048576 characters", whole.getMessage());
  }

  @Test
  void otherEncodingsAndMissingFilesAreNamed(@TempDir Path folder) throws Exception {
    Path latin = folder.resolve("latin.csv");
    Files.write(latin, new byte[] {'a', ',', (byte) 0xFC, '\n'});
    try (Csv csv = Csv.open(latin)) {
      var e = assertThrows(DatasetException.class, csv::next);
      assertEquals(latin + ", row 1: not utf-8; save the file with that encoding", shown(e));
    }
    String rows = "name\n" + "x\n".repeat(5000);
    Path far = folder.resolve("far.csv");
    Files.write(far, (rows + "Zürich\n" + rows).getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(far + ", row 5002: not utf-8; save the file with that encoding", fault(far));
    Files.write(far, (rows + "ü\n").getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(far + ", row 5002: not utf-8; save the file with that encoding", fault(far));
    Path absent = folder.resolve("absent.csv");
    var e = assertThrows(DatasetException.class, () -> Csv.open(absent));
    assertEquals("cannot read " + absent + ": no such file, or not readable", shown(e));
  }

  private static String fault(Path file) {
    var e =
        assertThrows(
            DatasetException.class,
            () -> {
              try (Csv csv = Csv.open(file)) {
                Optional<List<String>> record = csv.next();
                while (record.isPresent()) {
                  record = csv.next();
                }
              }
            });
    return shown(e);
  }

  private static String shown(Exception e) {
    return String.valueOf(e.getMessage());
  }
}
