package org.blindread.workbench;

import java.util.List;

/// Something `doctor` looks at beside the machine itself, found by `ServiceLoader`.
public interface Examination {
  /// Looks; takes what time it needs, and never throws for what it finds.
  List<Doctor.Finding> examine();
}
