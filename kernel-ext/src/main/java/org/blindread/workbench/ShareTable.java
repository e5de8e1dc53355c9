package org.blindread.workbench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/// One party's additive shares of a run's scores, as its share file holds them. One table alone
/// says nothing of the scores; two of different parties together say all.
///
/// @param header whose shares of which run
/// @param shares by image, one ring element a finding
/// @param bytes length of the file up to the end of the last whole record
public record ShareTable(ShareHeader header, Map<String, long[]> shares, long bytes) {
  static final byte[] MAGIC = "BRSHARE1".getBytes(StandardCharsets.US_ASCII);
  static final int IMAGE_BYTES = 1024;
  private static final int HEADER_BYTES = 1 << 20;
  private static final int RECORDS = 10_000_000;

  public ShareTable {
    shares = Collections.unmodifiableMap(new LinkedHashMap<>(shares));
  }

  /// Reads a share file, whoever may have written it. A last record that was not written to its end
  /// is left out.
  ///
  /// @throws WorkbenchException if the file is no share file or is damaged
  public static ShareTable read(Path file) throws WorkbenchException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return read(file, in);
    } catch (IOException e) {
      throw new WorkbenchException("cannot read " + file + ": no such file, or not readable", e);
    }
  }

  static ShareTable read(Path file, InputStream in) throws WorkbenchException, IOException {
    try {
      byte[] magic = in.readNBytes(MAGIC.length);
      if (!Arrays.equals(magic, MAGIC)) {
        throw new WorkbenchException(
            file + " is not a share file of this version (it must begin with BRSHARE1)");
      }
      byte[] bytes =
          block(in, HEADER_BYTES)
              .orElseThrow(() -> new WorkbenchException(file + " ends within its header"));
      ShareHeader header = ShareHeader.decode(bytes);
      return records(file, in, header, MAGIC.length + 8L + bytes.length);
    } catch (IllegalArgumentException e) {
      throw new WorkbenchException(file + ": the header is damaged: " + e.getMessage(), e);
    }
  }

  private static ShareTable records(Path file, InputStream in, ShareHeader header, long start)
      throws IOException, WorkbenchException {
    Map<String, long[]> shares = new LinkedHashMap<>();
    long end = start;
    try {
      int longest = 2 + IMAGE_BYTES + 8 * header.findings().size();
      Optional<byte[]> next = block(in, longest);
      while (next.isPresent()) {
        record(header, next.get(), shares);
        end += 8L + next.get().length;
        next = block(in, longest);
      }
      return new ShareTable(header, shares, end);
    } catch (IllegalArgumentException e) {
      throw new WorkbenchException(
          "%s is damaged after %d images, at byte %d: %s; cut it there, in a copy, to keep those"
              .formatted(file, shares.size(), end, e.getMessage()),
          e);
    }
  }

  private static void record(ShareHeader header, byte[] bytes, Map<String, long[]> shares) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int findings = header.findings().size();
    int length = in.remaining() < 2 ? -1 : in.getShort();
    if (length < 1 || length > IMAGE_BYTES || in.remaining() != length + 8 * findings) {
      throw new IllegalArgumentException("a record has a wrong length");
    }
    byte[] image = new byte[length];
    in.get(image);
    long[] values = new long[findings];
    in.asLongBuffer().get(values);
    if (shares.size() == RECORDS) {
      throw new IllegalArgumentException("more than 10,000,000 images");
    }
    if (shares.put(new String(image, StandardCharsets.UTF_8), values) != null) {
      throw new IllegalArgumentException("an image has shares twice");
    }
  }

  /// A block is its length (4 bytes), its bytes and their CRC-32C (4 bytes). Empty at the end of
  /// the file, also where the end comes within the block.
  private static Optional<byte[]> block(InputStream in, int longest) throws IOException {
    byte[] prefix = in.readNBytes(4);
    if (prefix.length < 4) {
      return Optional.empty();
    }
    int length = ByteBuffer.wrap(prefix).getInt();
    if (length < 1 || length > longest) {
      throw new IllegalArgumentException("a length of " + length + " bytes");
    }
    byte[] bytes = in.readNBytes(length);
    byte[] suffix = in.readNBytes(4);
    if (suffix.length < 4) {
      return Optional.empty();
    }
    if (ByteBuffer.wrap(suffix).getInt() != checksum(bytes)) {
      throw new IllegalArgumentException("a checksum does not fit");
    }
    return Optional.of(bytes);
  }

  /// The block of the given bytes.
  static byte[] block(byte[] bytes) {
    return ByteBuffer.allocate(bytes.length + 8)
        .putInt(bytes.length)
        .put(bytes)
        .putInt(checksum(bytes))
        .array();
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  /// No shares.
  @Override
  public String toString() {
    return "ShareTable[%s of run %s, %d images]"
        .formatted(header.party(), header.run(), shares.size());
  }
}
