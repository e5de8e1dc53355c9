package org.blindread.workbench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.blindread.data.Cohort;
import org.blindread.data.DatasetException;
import org.blindread.data.Study;
import org.blindread.data.transform.Preprocessing;
import org.blindread.mpc.run.Images;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.zoo.BenchmarkNetworks;

/// The images of a run, in order, as a radiologist has a list to work off.
///
/// @param items what stands beside the scores, one an image
/// @param images the preprocessed pixels, read when needed
/// @param sha256 identifies the cohort ([Cohort#sha256]), or what the images are made from
public record Worklist(List<Item> items, Images images, String sha256) {
  /// How a manifest's place names seeded images: `seeded:7`.
  public static final String SEEDED = "seeded:";

  /// 2^64 divided by the golden ratio: seeds that follow one another lie far apart.
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  /// One image.
  ///
  /// @param image its name, unique in the list
  /// @param site where it was taken; may be empty
  /// @param patient whose it is; may be empty
  public record Item(String image, String site, String patient) {}

  public Worklist {
    items = List.copyOf(items);
  }

  /// The images of a cohort.
  ///
  /// @param limit at most so many, the first ones
  /// @throws WorkbenchException if the cohort has fewer than `limit`
  public static Worklist of(Cohort cohort, Preprocessing input, OptionalInt limit)
      throws WorkbenchException {
    int count = limit.orElse(cohort.size());
    if (count > cohort.size()) {
      throw new WorkbenchException(
          "%s lists %d images, %d were asked for; lower --images or add rows"
              .formatted(cohort.origin().source(), cohort.size(), count));
    }
    List<Item> items = new ArrayList<>();
    for (Study study : cohort.studies().subList(0, count)) {
      items.add(new Item(study.image(), study.site().orElse(""), study.patient().orElse("")));
    }
    Shape shape = Shape.of(input.channels(), input.height(), input.width());
    Images images =
        image -> {
          Study study = cohort.studies().get(Math.toIntExact(image));
          try {
            return new RealTensor(shape, input.apply(study.pixels().read()));
          } catch (DatasetException e) {
            throw new IOException(
                "row %d of %s: %s".formatted(study.row(), cohort.origin().source(), e.getMessage()),
                e);
          }
        };
    return new Worklist(items, images, cohort.sha256());
  }

  /// Images drawn from a seed for a benchmark, the same on every machine: those that the built-in
  /// networks are made for. They stand for no patient.
  public static Worklist seeded(Shape shape, long seed, int count) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(new Item("seeded-%d-%d".formatted(seed, i), "", ""));
    }
    String source = SEEDED + seed + " BenchmarkNetworks.image " + shape;
    return new Worklist(
        items,
        image -> seededImage(shape, seed, image),
        Sha256.of(source.getBytes(StandardCharsets.UTF_8)));
  }

  /// One of [#seeded].
  public static RealTensor seededImage(Shape shape, long seed, long image) {
    return BenchmarkNetworks.image(shape, seed * SPREAD + image);
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

  /// An image's name.
  String name(long image) {
    return items.get(Math.toIntExact(image)).image();
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
