package org.blindread.workbench;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.blindread.mpc.plan.Cost;
import org.blindread.mpc.run.ImageRecord;
import org.blindread.mpc.run.Observer;

/// Watches a secure run and tells how far it is: site, image, layer, bytes sent, time left. Bytes
/// are those the plan declares for the steps passed, which is what the parties send; they also
/// measure how much of an image is done.
final class RunProgress implements Observer, AutoCloseable {
  private final Progress progress;
  private final Worklist worklist;

  /// Bytes of an image before each step; one more entry than steps.
  private final long[] sentBefore;

  /// Bytes of the images not done yet.
  private final ConcurrentMap<Long, Long> sent = new ConcurrentHashMap<>();

  private long done;

  private RunProgress(Progress progress, Worklist worklist, long[] sentBefore) {
    this.progress = progress;
    this.worklist = worklist;
    this.sentBefore = sentBefore;
  }

  /// @param costs of each step of the plan
  static RunProgress of(Progress progress, Worklist worklist, List<Cost> costs) {
    long[] before = new long[costs.size() + 1];
    for (int i = 0; i < costs.size(); i++) {
      before[i + 1] = before[i] + costs.get(i).totalBytes();
    }
    return new RunProgress(progress, worklist, before);
  }

  private long whole() {
    return sentBefore[sentBefore.length - 1];
  }

  @Override
  public void step(long image, int step, int steps, String layer) {
    sent.put(image, sentBefore[Math.clamp(step, 0, sentBefore.length - 1)]);
    long unfinished = sent.values().stream().mapToLong(Long::longValue).sum();
    progress.tell(
        "%s, %s, %s".formatted(worklist.detail(image), layer, megabytes(unfinished)),
        whole() == 0 ? 0 : unfinished / (double) whole());
  }

  @Override
  public void done(ImageRecord record) {
    done(record.image());
  }

  /// An image was read.
  void done(long image) {
    sent.remove(image);
    synchronized (this) {
      done++;
    }
    progress.step("%s, %s".formatted(worklist.detail(image), megabytes(0)));
  }

  private synchronized String megabytes(long unfinished) {
    return String.format(Locale.ROOT, "%.1f MB", (done * whole() + unfinished) * 1e-6);
  }

  @Override
  public void close() {
    progress.close();
  }
}
