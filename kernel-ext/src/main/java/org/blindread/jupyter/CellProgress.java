package org.blindread.jupyter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.blindread.workbench.ProgressSink;
import org.blindread.workbench.ProgressState;

/// Progress below a cell: one bar that is replaced at most ten times a second, whatever is counted
/// in turn, and one line in the end.
public final class CellProgress implements ProgressSink {
  private static final long PAUSE_NANOS = 100_000_000;

  private final Host host;
  private final String id = "blindread-" + UUID.randomUUID();
  private final List<String> ended = new ArrayList<>();
  private boolean shown;

  public CellProgress(Host host) {
    this.host = host;
  }

  @Override
  public long pauseNanos() {
    return PAUSE_NANOS;
  }

  @Override
  public boolean eager() {
    return true;
  }

  @Override
  public void show(ProgressState state) {
    String bar =
        "<progress value=\"%s\" max=\"1\" aria-label=\"%s\" style=\"width:16em;vertical-align:middle\"></progress> %s"
            .formatted(
                String.format(Locale.ROOT, "%.4f", state.fraction()),
                escaped(state.what()),
                escaped(state.line()));
    tell(Bundle.html(state.line(), bar));
  }

  @Override
  public void leave(String line) {
    ended.add(line);
    tell(Bundle.text(String.join("; ", ended)));
  }

  private synchronized void tell(Bundle bundle) {
    if (shown) {
      host.update(id, bundle);
    } else {
      host.show(id, bundle);
      shown = true;
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
