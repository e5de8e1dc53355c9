package org.blindread.workbench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.run.ImageRecord;
import org.blindread.mpc.run.Observer;

/// An [ImageLog] being written, image by image. What is appended stands on the disk when the call
/// returns. Thread-safe: parties that are threads share it.
final class ImageLogFile implements AutoCloseable {
  private final LinkColumns imageColumns;
  private final LinkColumns layerColumns;
  private final GrowingCsv images;
  private final GrowingCsv layers;

  private ImageLogFile(List<String> links, GrowingCsv images, GrowingCsv layers) {
    this.imageColumns = ImageCost.columns(links);
    this.layerColumns = LayerCost.columns(links);
    this.images = images;
    this.layers = layers;
  }

  /// Opens a log.
  ///
  /// @param links its columns, see [LinkColumns#between]
  /// @param resume whether what is there is gone on with instead of replaced
  /// @throws WorkbenchException if it cannot be written, or is of other parties
  static ImageLogFile open(ImageLog log, List<String> links, boolean resume)
      throws WorkbenchException {
    try {
      if (!resume) {
        log.remove();
      }
    } catch (IOException e) {
      throw new WorkbenchException("cannot replace " + log.images() + ": is it yours?", e);
    }
    GrowingCsv images = GrowingCsv.resume(log.images(), ImageCost.columns(links).header());
    try {
      return new ImageLogFile(
          links, images, GrowingCsv.resume(log.layers(), LayerCost.columns(links).header()));
    } catch (WorkbenchException e) {
      images.close();
      throw e;
    }
  }

  /// Writes what a party of a run measures, an image when it is done.
  ///
  /// @param worklist names the images
  /// @param peakMemory of the party's process, if it is one of its own
  Observer at(Party party, Plan plan, Worklist worklist, Supplier<OptionalLong> peakMemory) {
    return Observer.collecting(
        record -> {
          try {
            append(party.name(), plan, worklist.name(record.image()), record, peakMemory.get());
          } catch (WorkbenchException e) {
            throw new UncheckedIOException(new IOException(e.getMessage(), e));
          }
        });
  }

  private void append(
      String party, Plan plan, String image, ImageRecord record, OptionalLong peakMemory)
      throws WorkbenchException {
    StringBuilder layerRows = new StringBuilder();
    LayerCost.of(party, image, plan, record).forEach(layer -> layerRows.append(row(layer)));
    append(row(ImageCost.of(party, image, record, peakMemory)), layerRows.toString());
  }

  private String row(ImageCost image) {
    return imageColumns.row(image.party(), image.cells(), image.bytes());
  }

  private String row(LayerCost layer) {
    return layerColumns.row(layer.party(), layer.cells(), layer.took().bytes());
  }

  /// Layers first, since an image is whole in the log when its own row stands.
  private synchronized void append(String imageRows, String layerRows) throws WorkbenchException {
    layers.append(layerRows);
    images.append(imageRows);
  }

  /// Appends another log.
  ///
  /// @param name what an image of the other is called here
  /// @param wanted whether an image of the other, by its name there, is taken over
  void append(ImageLog other, UnaryOperator<String> name, Predicate<String> wanted)
      throws WorkbenchException {
    StringBuilder imageRows = new StringBuilder();
    StringBuilder layerRows = new StringBuilder();
    other.read(
        new ImageLog.Reader<RuntimeException>() {
          @Override
          public void image(ImageCost image) {
            if (wanted.test(image.image())) {
              imageRows.append(row(image.named(name.apply(image.image()))));
            }
          }

          @Override
          public void layer(LayerCost layer) {
            if (wanted.test(layer.image())) {
              layerRows.append(row(layer.named(name.apply(layer.image()))));
            }
          }
        });
    append(imageRows.toString(), layerRows.toString());
  }

  @Override
  public synchronized void close() throws WorkbenchException {
    try (layers) {
      images.close();
    }
  }
}
