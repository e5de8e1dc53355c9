package org.blindread.workbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.blindread.data.transform.Preprocessing;
import org.blindread.mpc.compile.Ranges;

/// What a vendor says of a model: `M.json` beside `M.onnx`. A model without one is refused.
///
/// @param open what the others of a study may know: `name`, `input`, `outputs`
/// @param ranges what `calibrate` measured, of 0 images if it never ran; private to the vendor,
///   rounded outward to five digits in the file
/// @param origin where the model comes from; may be empty
/// @param licence under which terms it may be used; may be empty
public record ModelCard(PublicCard open, Ranges ranges, String origin, String licence) {
  private static final long BYTES = 1L << 26;

  /// The ranges of a model that was never calibrated.
  static final Ranges UNMEASURED = new Ranges(0, Map.of());

  /// Where the card of a model lies.
  public static Path pathFor(Path model) {
    String name = String.valueOf(model.getFileName());
    int dot = name.lastIndexOf('.');
    return model.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".json");
  }

  /// The card of a model, or empty if it has none: then [#missing] is what to say and [#template]
  /// what to offer.
  ///
  /// @throws WorkbenchException naming up to ten faults of the card
  public static Optional<ModelCard> beside(Path model) throws WorkbenchException {
    Path card = pathFor(model);
    return Files.exists(card) ? Optional.of(read(card)) : Optional.empty();
  }

  /// Reads a card.
  ///
  /// @throws WorkbenchException naming up to ten faults
  public static ModelCard read(Path file) throws WorkbenchException {
    try {
      if (Files.size(file) > BYTES) {
        throw new WorkbenchException(file + " is larger than 64 MiB: not a model card");
      }
      return CardJson.parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new WorkbenchException("cannot read " + file + ": no such file, or not utf-8 text", e);
    }
  }

  /// Writes the card, replacing an older one in one step. A card with measured ranges is its
  /// owner's alone to read.
  ///
  /// @throws WorkbenchException if the folder cannot be written
  public void write(Path file) throws WorkbenchException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(fresh);
      boolean secret = ranges.images() > 0;
      Files.createFile(fresh, secret ? AppendOnly.ownerOnly(fresh) : new FileAttribute<?>[0]);
      Files.writeString(fresh, CardJson.write(this));
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new WorkbenchException("cannot write " + file + ": is the folder writable?", e);
    }
  }

  /// The sentence for a model without a card.
  public static String missing(Path model) {
    return "%s has no model card %s, which says how images are prepared and what the outputs mean; correct the template and save it there"
        .formatted(model, pathFor(model).getFileName());
  }

  /// A card to correct: ImageNet's normalisation for three channels, none for others.
  ///
  /// @param name the model's name
  /// @param channels C of the model's input C×H×W
  /// @param height H
  /// @param width W
  /// @param outputs how many numbers the model puts out
  public static ModelCard template(String name, int channels, int height, int width, int outputs) {
    Preprocessing usual = Preprocessing.imageNet(height, width);
    Preprocessing input =
        channels == 3
            ? usual
            : new Preprocessing(
                channels,
                height,
                width,
                usual.resize(),
                usual.crop(),
                usual.scale(),
                IntStream.range(0, channels).mapToObj(channel -> 0.0).toList(),
                IntStream.range(0, channels).mapToObj(channel -> 1.0).toList());
    List<Output> findings =
        IntStream.rangeClosed(1, outputs)
            .mapToObj(number -> new Output("finding-" + number, Output.Kind.LOGIT))
            .toList();
    return new ModelCard(
        new PublicCard(name, input, findings), UNMEASURED, "who trained it on what", "");
  }

  public String toJson() {
    return CardJson.write(this);
  }

  /// The same card with other ranges.
  public ModelCard with(Ranges measured) {
    return new ModelCard(open, measured, origin, licence);
  }

  /// Whether the card holds ranges.
  public boolean calibrated() {
    return ranges.images() > 0;
  }

  public Preprocessing input() {
    return open.input();
  }

  /// The names of the outputs.
  public List<String> findings() {
    return open.findings();
  }
}
