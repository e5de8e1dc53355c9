package org.blindread.workbench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.blindread.data.DatasetException;
import org.blindread.data.Manifest;
import org.blindread.data.ManifestRow;
import org.blindread.data.transform.Preprocessing;
import org.blindread.mpc.run.Images;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;

/// The images of a run, in order, as a radiologist has a list to work off.
///
/// @param items what stands beside the scores, one an image
/// @param images the preprocessed pixels, read when needed
/// @param sha256 hash of the manifest, or of what the images are made from
public record Worklist(List<Item> items, Images images, String sha256) {
  /// How a manifest's place names seeded images: `seeded:7`.
  public static final String SEEDED = "seeded:";

  /// One image.
  ///
  /// @param image its name, unique in the list
  /// @param site where it was taken; may be empty
  /// @param patient whose it is; may be empty
  public record Item(String image, String site, String patient) {}

  public Worklist {
    items = List.copyOf(items);
  }

  /// The images of a manifest.
  ///
  /// @param limit at most so many, the first ones
  /// @throws WorkbenchException if the manifest cannot be hashed or lists fewer than `limit`
  public static Worklist of(Manifest manifest, Preprocessing input, OptionalInt limit)
      throws WorkbenchException {
    int count = limit.orElse(manifest.rows().size());
    if (count > manifest.rows().size()) {
      throw new WorkbenchException(
          "%s lists %d images, %d were asked for; lower --images or add rows"
              .formatted(manifest.file(), manifest.rows().size(), count));
    }
    List<Item> items = new ArrayList<>();
    for (ManifestRow row : manifest.rows().subList(0, count)) {
      items.add(new Item(row.image(), row.site().orElse(""), row.patient().orElse("")));
    }
    Shape shape = Shape.of(input.channels(), input.height(), input.width());
    Images images =
        image -> {
          ManifestRow row = manifest.rows().get(Math.toIntExact(image));
          try {
            return new RealTensor(shape, input.apply(manifest.read(row)));
          } catch (DatasetException e) {
            throw new IOException(
                "row %d of %s: %s".formatted(row.number(), manifest.file(), e.getMessage()), e);
          }
        };
    return new Worklist(items, images, Sha256.of(manifest.file()));
  }

  /// Random images for a benchmark, the same on every machine: normal-like numbers in −3 … 3, as
  /// preprocessing gives. They stand for no patient.
  public static Worklist seeded(Shape shape, long seed, int count) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(new Item("seeded-%d-%d".formatted(seed, i), "", ""));
    }
    String source = SEEDED + seed + " " + shape;
    return new Worklist(
        items,
        image -> seededImage(shape, seed, image),
        Sha256.of(source.getBytes(StandardCharsets.UTF_8)));
  }

  /// One of [#seeded]: sums of four uniform numbers, which every machine adds alike.
  public static RealTensor seededImage(Shape shape, long seed, long image) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + image);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      int sum = 0;
      for (int k = 0; k < 4; k++) {
        sum += random.nextInt(1 << 20);
      }
      values[i] = (sum - (1 << 21)) * 0x1.8p-20f;
    }
    return new RealTensor(shape, values);
  }

  /// What a party without images knows of them: how many.
  public static Worklist anonymous(int count) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(new Item(String.valueOf(i), "", ""));
    }
    return new Worklist(
        items,
        _ -> {
          throw new IOException("this party has no images");
        },
        "");
  }

  public int size() {
    return items.size();
  }

  /// An image in words: site, if known, and name.
  String detail(long image) {
    Item item = items.get(Math.toIntExact(image));
    return item.site().isEmpty() ? item.image() : item.site() + ", " + item.image();
  }

  /// A row of scores for an image of the list.
  public ScoreRow row(long image, double[] scores) {
    Item item = items.get(Math.toIntExact(image));
    return new ScoreRow(item.image(), item.site(), item.patient(), scores);
  }

  @Override
  public String toString() {
    return "Worklist[%d images]".formatted(items.size());
  }
}
