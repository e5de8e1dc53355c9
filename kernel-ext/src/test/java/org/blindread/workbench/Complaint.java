package org.blindread.workbench;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;

/// What the workbench says when it refuses.
final class Complaint {
  private Complaint() {}

  static String complaint(Executable action) {
    return String.valueOf(assertThrows(WorkbenchException.class, action).getMessage());
  }
}
