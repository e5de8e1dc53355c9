package org.blindread.workbench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/// A party's share file being written, in a run with `--reveal none`: nobody learns the scores,
/// each evaluating party keeps one additive share of each (mod 2^ℓ). Only the owner may read the
/// file (mode 0600); an image's shares are in it as soon as they are appended.
///
/// Layout, big endian: `BRSHARE1`; a block with the header; a block an image with its name (2 bytes
/// of length, utf-8) and 8 bytes a finding. A block is its length (4 bytes), its bytes, their
/// CRC-32C.
public final class ShareFile implements AutoCloseable {
  private final AppendOnly out;
  private final ShareHeader header;
  private final Set<String> done;

  private ShareFile(AppendOnly out, ShareHeader header, Set<String> done) {
    this.out = out;
    this.header = header;
    this.done = done;
  }

  /// Begins a new file.
  ///
  /// @throws WorkbenchException if the file exists or cannot be written
  public static ShareFile create(Path file, ShareHeader header) throws WorkbenchException {
    AppendOnly out = AppendOnly.create(file, true);
    out.append(head(header));
    return new ShareFile(out, header, new LinkedHashSet<>());
  }

  private static byte[] head(ShareHeader header) {
    byte[] block = ShareTable.block(header.encode());
    return ByteBuffer.allocate(ShareTable.MAGIC.length + block.length)
        .put(ShareTable.MAGIC)
        .put(block)
        .array();
  }

  /// Goes on with a file, or begins it if there is none. A last record that a killed run did not
  /// write to its end is cut off.
  ///
  /// @throws WorkbenchException if the file is damaged or belongs to another run
  public static ShareFile resume(Path file, ShareHeader header) throws WorkbenchException {
    if (!Files.exists(file)) {
      return create(file, header);
    }
    AppendOnly out = AppendOnly.resume(file, true);
    try {
      byte[] contents = out.contents();
      byte[] head = head(header);
      if (contents.length < head.length
          && Arrays.equals(contents, Arrays.copyOf(head, contents.length))) {
        out.cut(0);
        out.append(head);
        return new ShareFile(out, header, new LinkedHashSet<>());
      }
      ShareTable table = ShareTable.read(file, new ByteArrayInputStream(contents));
      checkHeader(file, table.header(), header);
      out.cut(table.bytes());
      return new ShareFile(out, header, new LinkedHashSet<>(table.shares().keySet()));
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot be read", e);
    } catch (WorkbenchException e) {
      out.close();
      throw e;
    }
  }

  private static void checkHeader(Path file, ShareHeader found, ShareHeader wanted)
      throws WorkbenchException {
    if (!found.equals(wanted)) {
      throw new WorkbenchException(
          "%s holds shares of %s in run %s, findings %s, %d bits, scale %d, not those of this run; name another file"
              .formatted(
                  file, found.party(), found.run(), found.findings(), found.bits(), found.scale()));
    }
  }

  /// Writes one image's shares.
  ///
  /// @param shares one ring element a finding
  /// @throws WorkbenchException if the disk refuses
  /// @throws IllegalArgumentException if the name or the number of shares is out of range
  /// @throws IllegalStateException if the image has shares already
  public void append(String image, long[] shares) throws WorkbenchException {
    byte[] name = image.getBytes(StandardCharsets.UTF_8);
    if (name.length < 1 || name.length > ShareTable.IMAGE_BYTES) {
      throw new IllegalArgumentException("an image's name has 1 to 1024 bytes");
    }
    if (shares.length != header.findings().size()) {
      throw new IllegalArgumentException(
          "%d shares for %d findings".formatted(shares.length, header.findings().size()));
    }
    if (!done.add(image)) {
      throw new IllegalStateException("image '" + image + "' has shares already");
    }
    ByteBuffer record = ByteBuffer.allocate(2 + name.length + 8 * shares.length);
    record.putShort((short) name.length).put(name);
    record.asLongBuffer().put(shares);
    out.append(ShareTable.block(record.array()));
  }

  /// The images whose shares stand in the file.
  public Set<String> done() {
    return Collections.unmodifiableSet(done);
  }

  @Override
  public void close() throws WorkbenchException {
    out.close();
  }

  /// No shares.
  @Override
  public String toString() {
    return "ShareFile[%s, run %s]".formatted(header.party(), header.run());
  }
}
