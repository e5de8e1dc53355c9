package org.blindread.workbench;

import java.util.List;
import org.blindread.mpc.run.ImageRecord;
import org.blindread.mpc.run.Observer;

/// Several observers of one run, told in order. What an image took is logged before its result is
/// kept: an image whose result stands is not read again, and would never be logged.
///
/// @param all who is told
public record Observers(List<Observer> all) implements Observer {
  public Observers {
    all = List.copyOf(all);
  }

  public static Observers of(Observer... all) {
    return new Observers(List.of(all));
  }

  @Override
  public void step(long image, int step, int steps, String layer) {
    all.forEach(observer -> observer.step(image, step, steps, layer));
  }

  @Override
  public void done(ImageRecord record) {
    all.forEach(observer -> observer.done(record));
  }
}
