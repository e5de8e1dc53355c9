package org.blindread.workbench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.blindread.mpc.run.ImageRecord;
import org.blindread.mpc.run.StepRecord;

/// What one image took, as one party of a secure run saw it: a row of [ImageLog#images].
///
/// @param party whose view it is
/// @param image as this party knows it: by name at the hospital, by number at the others
/// @param seconds wall-clock time, waiting included
/// @param rounds depth of the online messages
/// @param peakMemoryBytes the most memory the party's process had up to the image's end, if it was
///   a process of its own
/// @param bytes payload bytes by link (`sender>receiver`) of all links this party is an end of,
///   those it sent over and those it received over, what was prepared for the image included
public record ImageCost(
    String party,
    String image,
    double seconds,
    int rounds,
    OptionalLong peakMemoryBytes,
    Map<String, Long> bytes) {
  private static final List<String> LEADING =
      List.of("party", "image", "seconds", "rounds", "peak_memory_bytes");

  public ImageCost {
    bytes = java.util.Collections.unmodifiableMap(new TreeMap<>(bytes));
  }

  /// What a party measured.
  static ImageCost of(String party, String image, ImageRecord record, OptionalLong peakMemory) {
    Map<String, Long> bytes = new TreeMap<>();
    List<StepRecord> all = new ArrayList<>(record.steps());
    all.addFirst(record.preparation());
    for (StepRecord step : all) {
      step.bytes().forEach((link, count) -> bytes.merge(link, count, Long::sum));
      step.received().forEach((link, count) -> bytes.merge(link, count, Long::sum));
    }
    return new ImageCost(
        party, image, record.nanos() * 1e-9, record.traffic().rounds(), peakMemory, bytes);
  }

  /// The same image under another name.
  ImageCost named(String name) {
    return new ImageCost(party, name, seconds, rounds, peakMemoryBytes, bytes);
  }

  /// The columns of such rows.
  static LinkColumns columns(List<String> links) {
    return new LinkColumns(LEADING, links);
  }

  List<String> cells() {
    return List.of(
        party,
        image,
        seconds(seconds),
        String.valueOf(rounds),
        peakMemoryBytes.isPresent() ? String.valueOf(peakMemoryBytes.getAsLong()) : "");
  }

  /// Seconds as logs print them: to the nanosecond.
  static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.9f", seconds);
  }

  /// Reads a row back.
  ///
  /// @throws NumberFormatException if a cell is no number
  static ImageCost of(LinkColumns columns, List<String> cells) {
    List<String> own = new ArrayList<>(cells.subList(0, LEADING.size()));
    return new ImageCost(
        own.get(0),
        own.get(1),
        Double.parseDouble(own.get(2)),
        Integer.parseInt(own.get(3)),
        own.get(4).isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(own.get(4))),
        columns.bytes(cells));
  }
}
