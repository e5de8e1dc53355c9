package org.blindread.jupyter;

/// A word a cell (`%%name`) or a line (`%name`) begins with, found by `ServiceLoader`: one file in
/// `org.blindread.jupyter.magic`, one line in `META-INF/services`.
public interface Magic {
  /// Where the word may stand.
  enum Place {
    /// `%%name` on the first line of a cell.
    CELL,
    /// `%name` on a line of its own.
    LINE
  }

  /// The word, without its per cent signs.
  String name();

  Place place();

  /// Does what the cell asks.
  ///
  /// @throws Exception what went wrong; [Magics] makes one sentence of it
  void run(Cell cell) throws Exception;
}
