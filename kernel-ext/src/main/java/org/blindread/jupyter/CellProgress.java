package org.blindread.jupyter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.blindread.workbench.ProgressSink;
import org.blindread.workbench.ProgressState;

/// Progress below a cell: one bar that is replaced at most ten times a second, whatever is counted
/// in turn, and one line in the end.
public final class CellProgress implements ProgressSink {
  private static final long PAUSE_NANOS = 100_000_000;

  /// Bars that stand: of one cell, for a kernel runs one at a time.
  private static final Set<CellProgress> STANDING = ConcurrentHashMap.newKeySet();

  private final Host host;
  private final String id = "blindread-" + UUID.randomUUID();
  private final List<String> ended = new ArrayList<>();
  private boolean shown;
  private boolean over;
  private String last = "";

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
  public synchronized void show(ProgressState state) {
    if (over) {
      return;
    }
    String bar =
        "<progress value=\"%s\" max=\"1\" aria-label=\"%s\" style=\"width:16em;vertical-align:middle\"></progress> %s"
            .formatted(
                String.format(Locale.ROOT, "%.4f", state.fraction()),
                escaped(state.what()),
                escaped(state.line()));
    STANDING.add(this);
    last = state.line();
    tell(Bundle.html(state.line(), bar));
  }

  @Override
  public synchronized void leave(String line) {
    ended.add(line);
    STANDING.remove(this);
    tell(Bundle.text(String.join("; ", ended)));
  }

  /// Leaves a line in place of every bar that stands. Called when a cell fails: an interrupted cell
  /// ends at once, and what its threads would leave a moment later nobody shows.
  public static void abandon() {
    for (CellProgress bar : STANDING) {
      synchronized (bar) {
        bar.leave(bar.last + ", then it stopped");
        bar.over = true;
      }
    }
  }

  private synchronized void tell(Bundle bundle) {
    if (over) {
      return;
    }
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
