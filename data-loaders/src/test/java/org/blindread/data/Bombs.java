package org.blindread.data;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/// Small files that ask for much memory.
final class Bombs {
  private static final long SIGNATURE = 0x89504E470D0A1A0AL;
  private static final int IHDR_END = 33;

  private Bombs() {}

  /// A whole and valid image, all black.
  static Path blackPng(Path file, int width, int height) throws IOException {
    var data = new ByteArrayOutputStream();
    byte[] row = new byte[width + 1];
    try (var deflated =
        new DeflaterOutputStream(data, new Deflater(Deflater.BEST_SPEED), 1 << 16)) {
      for (int y = 0; y < height; y++) {
        deflated.write(row);
      }
    }
    return Files.write(
        file,
        joined(
            signature(),
            chunk("IHDR", header(width, height, 8, 0)),
            chunk("IDAT", data.toByteArray()),
            chunk("IEND", new byte[0])));
  }

  /// Nothing but signature and header.
  static Path pngHeader(Path file, int width, int height, int depth, int colourType)
      throws IOException {
    return Files.write(
        file, joined(signature(), chunk("IHDR", header(width, height, depth, colourType))));
  }

  /// A whole JPEG whose frame header claims another size.
  static Path jpegHeader(Path file, Path whole, int width, int height) throws IOException {
    byte[] bytes = Files.readAllBytes(whole);
    int at = 2;
    while ((bytes[at + 1] & 0xFF) != 0xC0) {
      at += 2 + (ByteBuffer.wrap(bytes).getShort(at + 2) & 0xFFFF);
    }
    ByteBuffer.wrap(bytes).putShort(at + 5, (short) height).putShort(at + 7, (short) width);
    return Files.write(file, bytes);
  }

  /// A whole image with a compressed comment of the given length behind its header.
  static Path withSwellingText(Path file, Path whole, int length) throws IOException {
    byte[] png = Files.readAllBytes(whole);
    var text = new ByteArrayOutputStream();
    text.write("Comment\0\0".getBytes(StandardCharsets.ISO_8859_1));
    byte[] zeros = new byte[1 << 20];
    try (var deflated =
        new DeflaterOutputStream(text, new Deflater(Deflater.BEST_SPEED), 1 << 16)) {
      for (int done = 0; done < length; done += zeros.length) {
        deflated.write(zeros);
      }
    }
    ByteBuffer all = ByteBuffer.wrap(png);
    byte[] head = new byte[IHDR_END];
    byte[] tail = new byte[png.length - IHDR_END];
    all.get(head).get(tail);
    return Files.write(file, joined(head, chunk("zTXt", text.toByteArray()), tail));
  }

  private static byte[] signature() {
    return ByteBuffer.allocate(8).putLong(SIGNATURE).array();
  }

  private static byte[] header(int width, int height, int depth, int colourType) {
    return ByteBuffer.allocate(13)
        .putInt(width)
        .putInt(height)
        .put((byte) depth)
        .put((byte) colourType)
        .array();
  }

  private static byte[] chunk(String type, byte[] data) throws IOException {
    byte[] typed = joined(type.getBytes(StandardCharsets.US_ASCII), data);
    CRC32 crc = new CRC32();
    crc.update(typed);
    var out = new ByteArrayOutputStream();
    var numbers = new DataOutputStream(out);
    numbers.writeInt(data.length);
    numbers.write(typed);
    numbers.writeInt((int) crc.getValue());
    return out.toByteArray();
  }

  private static byte[] joined(byte[]... parts) throws IOException {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.write(part);
    }
    return out.toByteArray();
  }
}
