package org.blindread.mpc.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.blindread.mpc.compile.Compiled;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.net.Traffic;
import org.blindread.mpc.protocol.Knob;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.protocol.Protocol;
import org.blindread.mpc.protocol.Reveal;
import org.blindread.mpc.protocol.Terms;
import org.blindread.mpc.protocol.plain.Overflow;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;

/// A compiled model that reads images, every party of its protocol being a thread of this process.
///
/// @param protocol how
/// @param mode faithful or fast
/// @param reveal who learns the scores
/// @param knobs the protocol's knobs that were turned, by name
/// @param compiled what
/// @param image C×H×W
public record BlindReader(
    Protocol protocol,
    Mode mode,
    Reveal reveal,
    Map<String, String> knobs,
    Compiled compiled,
    Shape image) {
  /// @throws IllegalArgumentException if the protocol has no such knob or the knob no such value
  public BlindReader {
    knobs = Map.copyOf(knobs);
    Knob.check(protocol, knobs);
  }

  /// The same in another mode.
  public BlindReader in(Mode other) {
    return new BlindReader(protocol, other, reveal, knobs, compiled, image);
  }

  /// The same with one knob of the protocol turned.
  ///
  /// @throws IllegalArgumentException if the protocol has no such knob or the knob no such value
  public BlindReader with(String knob, String value) {
    Map<String, String> turned = new TreeMap<>(knobs);
    turned.put(knob, value);
    return new BlindReader(protocol, mode, reveal, turned, compiled, image);
  }

  /// Reads images one after the other.
  ///
  /// @param images C×H×W each
  /// @throws ProtocolException if a party fails
  /// @throws IllegalArgumentException if an image has another size than the model's input
  /// @throws InterruptedException if this thread was interrupted; every party has ended then
  public Outcome predict(List<float[]> images) throws ProtocolException, InterruptedException {
    List<RealTensor> pixels = new ArrayList<>();
    images.forEach(values -> pixels.add(new RealTensor(image, values)));
    return protocol.parties().isEmpty() ? twin(pixels) : parties(pixels);
  }

  private Outcome twin(List<RealTensor> pixels) {
    Twin twin = new Twin(compiled.plan(), compiled.weights());
    List<ImageRecord> records = new ArrayList<>();
    List<Overflow> overflows = new ArrayList<>();
    for (int i = 0; i < pixels.size(); i++) {
      Twin.Result result = twin.read(i, Encoding.encode(compiled.plan(), pixels.get(i)));
      records.add(result.record());
      overflows.addAll(result.overflows());
    }
    Map<Party, List<ImageRecord>> learnt = new TreeMap<>();
    for (Party party : List.of(Party.VENDOR, Party.HOSPITAL)) {
      if (reveal.to(party)) {
        learnt.put(party, records);
      }
    }
    return outcome(learnt, Traffic.NONE, seconds(records), overflows);
  }

  private Outcome parties(List<RealTensor> pixels) throws ProtocolException, InterruptedException {
    Terms terms = new Terms(compiled.plan().numbers(), mode, reveal, pixels.size(), knobs);
    Agreement agreement =
        Agreement.of("simulation", protocol, "of this process", compiled.plan(), terms, 1);
    Map<Party, List<ImageRecord>> records = new TreeMap<>();
    Map<Party, PartyRun> runs = new TreeMap<>();
    for (Party party : protocol.parties()) {
      List<ImageRecord> mine = Collections.synchronizedList(new ArrayList<>());
      records.put(party, mine);
      runs.put(
          party,
          new PartyRun(
              protocol,
              compiled.plan(),
              terms,
              agreement,
              party.equals(Party.VENDOR) ? Optional.of(compiled.weights()) : Optional.empty(),
              party.equals(Party.HOSPITAL)
                  ? Optional.of(number -> pixels.get(Math.toIntExact(number)))
                  : Optional.empty(),
              new BitSet(),
              Observer.collecting(mine::add)));
    }
    try {
      Simulation.run(runs);
    } catch (IOException e) {
      throw new IllegalStateException("images in memory cannot fail to be read", e);
    }
    Traffic traffic = Traffic.NONE;
    for (int i = 0; i < pixels.size(); i++) {
      Traffic image = Traffic.NONE;
      for (List<ImageRecord> mine : records.values()) {
        image = image.beside(mine.get(i).traffic());
      }
      traffic = traffic.plus(image);
    }
    return outcome(records, traffic, seconds(records.get(Party.HOSPITAL)), List.of());
  }

  private static List<Double> seconds(List<ImageRecord> records) {
    return records.stream().map(record -> record.nanos() * 1e-9).toList();
  }

  private Outcome outcome(
      Map<Party, List<ImageRecord>> records,
      Traffic traffic,
      List<Double> seconds,
      List<Overflow> overflows) {
    Map<Party, List<double[]>> opened = new TreeMap<>();
    records.forEach(
        (party, mine) -> {
          List<double[]> scores = new ArrayList<>();
          for (ImageRecord record : mine) {
            Reading.elements(compiled.plan(), record.opened())
                .ifPresent(found -> scores.add(Reading.scores(compiled.plan(), found)));
          }
          if (reveal.to(party)) {
            opened.put(party, scores);
          }
        });
    return new Outcome(opened, traffic, seconds, overflows);
  }
}
