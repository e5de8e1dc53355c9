package org.blindread.workbench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// Works through images on several threads; the first failure ends all.
final class ImageLoop {
  /// What is done with one image.
  interface Work {
    void on(long image) throws Exception;
  }

  private ImageLoop() {}

  /// Does the work for each image, in order as far as threads allow.
  ///
  /// @throws Exception what the work threw first
  /// @throws InterruptedException if this thread was interrupted; no thread is left then
  static void each(List<Long> images, int threads, Work work) throws Exception {
    AtomicInteger next = new AtomicInteger();
    AtomicReference<java.util.Optional<Throwable>> failure =
        new AtomicReference<>(java.util.Optional.empty());
    List<Thread> all = new ArrayList<>();
    for (int k = 0; k < Math.min(threads, images.size()); k++) {
      all.add(
          Thread.ofPlatform()
              .name("image-" + k)
              .start(
                  () -> {
                    try {
                      for (int i = next.getAndIncrement();
                          i < images.size();
                          i = next.getAndIncrement()) {
                        work.on(images.get(i));
                      }
                    } catch (Exception | Error e) {
                      next.set(images.size());
                      failure.compareAndSet(java.util.Optional.empty(), java.util.Optional.of(e));
                    }
                  }));
    }
    try {
      for (Thread thread : all) {
        thread.join();
      }
    } catch (InterruptedException e) {
      next.set(images.size());
      for (Thread thread : all) {
        thread.join();
      }
      throw e;
    }
    if (failure.get().isPresent()) {
      switch (failure.get().get()) {
        case Exception e -> throw e;
        case Error e -> throw e;
        case Throwable e -> throw new IllegalStateException(e);
      }
    }
  }
}
