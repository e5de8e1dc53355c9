package org.blindread.mpc.frontend.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.blindread.mpc.frontend.ModelException;
import org.blindread.mpc.frontend.onnx.proto.StringStringEntryProto;

/// Weights stored in files beside the model, read only inside the model's own folder.
///
/// @param folder the folder of the model
record ExternalData(Path folder) {
  /// The bytes a tensor refers to.
  ///
  /// @param tensor name for errors
  /// @param entries `location`, optionally `offset` and `length`
  /// @param bytes how many the tensor's shape and type need; exactly these are read
  /// @throws ModelException if the place is outside the folder or does not hold those bytes
  ByteBuffer read(String tensor, List<StringStringEntryProto> entries, long bytes)
      throws ModelException {
    Map<String, String> stated = new HashMap<>();
    for (StringStringEntryProto entry : entries) {
      stated.put(entry.getKey(), entry.getValue());
    }
    String location = stated.getOrDefault("location", "");
    Path file = inside(tensor, location);
    long offset = number(tensor, stated.getOrDefault("offset", "0"));
    long length = number(tensor, stated.getOrDefault("length", Long.toString(bytes)));
    if (length != bytes || bytes > Integer.MAX_VALUE) {
      throw new ModelException(
          "tensor '%s' needs %d bytes, its external data states %d"
              .formatted(tensor, bytes, length));
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      if (offset > channel.size() - bytes) {
        throw new ModelException(
            "tensor '%s' needs bytes %d to %d of external file '%s', which holds %d"
                .formatted(tensor, offset, offset + bytes, location, channel.size()));
      }
      ByteBuffer buffer = ByteBuffer.allocate((int) bytes);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, offset + buffer.position()) < 0) {
          throw new ModelException(
              "external file '%s' of tensor '%s' became shorter while it was read"
                  .formatted(location, tensor));
        }
      }
      return buffer.flip();
    } catch (IOException e) {
      throw unreadable(tensor, location, e);
    }
  }

  private Path inside(String tensor, String location) throws ModelException {
    try {
      Path stated = Path.of(location);
      boolean climbs = false;
      for (Path part : stated) {
        climbs |= part.toString().equals("..");
      }
      if (location.isEmpty() || stated.isAbsolute() || climbs || location.contains("\\")) {
        throw escape(tensor, location);
      }
      Path home = folder.toRealPath();
      Path file = home.resolve(stated).toRealPath();
      if (!file.startsWith(home)) {
        throw escape(tensor, location);
      }
      if (!Files.isRegularFile(file)) {
        throw new ModelException(
            "external data '%s' of tensor '%s' is not a file".formatted(location, tensor));
      }
      return file;
    } catch (InvalidPathException e) {
      throw new ModelException(
          "external data of tensor '" + tensor + "' states a location that is no path", e);
    } catch (IOException e) {
      throw unreadable(tensor, location, e);
    }
  }

  private static long number(String tensor, String text) throws ModelException {
    try {
      long number = Long.parseLong(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException _) {
      // falls through to the one sentence for both
    }
    throw new ModelException(
        "external data of tensor '%s' states '%s' where a count of bytes must stand"
            .formatted(tensor, text));
  }

  private static ModelException escape(String tensor, String location) {
    return new ModelException(
        ("external data '%s' of tensor '%s' is outside the model's folder; keep it beside the"
                + " model and refer to it by its relative name")
            .formatted(location, tensor));
  }

  private static ModelException unreadable(String tensor, String location, IOException e) {
    return new ModelException(
        "external data '%s' of tensor '%s' cannot be read; copy it beside the model"
            .formatted(location, tensor),
        e);
  }
}
