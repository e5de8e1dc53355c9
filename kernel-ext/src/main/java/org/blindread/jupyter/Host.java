package org.blindread.jupyter;

import java.util.Optional;

/// What a kernel offers to a cell. The adapters of JJava and IJava implement it; nothing else of a
/// kernel is used.
public interface Host {
  /// Runs Java in the notebook's own scope.
  ///
  /// @return the value of the last expression, if it has one
  /// @throws CellFailure if it does not compile or throws; the text says why
  Optional<Object> evaluate(String code);

  /// Shows something below the cell.
  void show(Bundle bundle);

  /// Shows something that [#update] can replace.
  ///
  /// @param id unique in the notebook's session
  void show(String id, Bundle bundle);

  /// Replaces what was shown under an id; does nothing once the cell has ended.
  void update(String id, Bundle bundle);
}
