package org.blindread.workbench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.blindread.mpc.compile.Compiled;
import org.blindread.mpc.frontend.ModelException;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.PlanText;
import org.blindread.mpc.run.Encoding;
import org.blindread.mpc.run.Reading;
import org.blindread.mpc.run.Twin;
import org.blindread.plaintext.PlaintextEngine;
import org.blindread.plaintext.PlaintextEngines;

/// A run in the clear: a floating-point engine, or the fixed-point twin. Not secure, never called
/// so.
public final class PlainRun {
  /// Gives the scores of one image. Used by several threads.
  private interface Reader {
    double[] scores(long image) throws Exception;
  }

  private PlainRun() {}

  /// Runs a floating-point engine.
  ///
  /// @param engine one of [PlaintextEngines#NAMES]
  /// @throws Exception one of the checked exceptions of model, data and workbench, or
  ///   [InterruptedException]
  public static RunReport engine(Task task, String engine) throws Exception {
    return engine(task, engine, _ -> {});
  }

  /// Runs a floating-point engine.
  ///
  /// @param stopped told what a run took that does not end
  /// @throws Exception as [#engine]
  public static RunReport engine(Task task, String engine, Consumer<RunReport> stopped)
      throws Exception {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("engine", engine);
    try (PlaintextEngine loaded = load(task.model(), engine)) {
      Reader reader =
          image -> {
            float[] logits = loaded.logits(task.worklist().images().read(image).values());
            double[] scores = new double[logits.length];
            for (int i = 0; i < scores.length; i++) {
              scores[i] = logits[i];
            }
            return scores;
          };
      Provenance provenance = Provenance.of(task.sha256(), Map.of(engine, loaded.version()));
      return run(task, settings, provenance, List.of(), new OverflowTally(), reader, stopped);
    }
  }

  private static PlaintextEngine load(VendorModel model, String engine)
      throws ModelException, WorkbenchException {
    try {
      return PlaintextEngines.load(engine, model.graph(), model.file());
    } catch (IllegalArgumentException e) {
      throw new WorkbenchException(String.valueOf(e.getMessage()), e);
    }
  }

  /// Runs the cleartext twin.
  ///
  /// @throws Exception as [#engine]
  public static RunReport twin(Task task, Precision precision) throws Exception {
    return twin(task, precision.compile(task.model()), _ -> {});
  }

  /// Runs the cleartext twin of a compiled model.
  ///
  /// @param stopped told what a run took that does not end
  /// @throws Exception as [#engine]
  public static RunReport twin(Task task, Compiled compiled, Consumer<RunReport> stopped)
      throws Exception {
    Plan plan = compiled.plan();
    Twin twin = new Twin(plan, compiled.weights());
    OverflowTally overflows = new OverflowTally();
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("protocol", "plain");
    settings.put("bits", plan.numbers().bits());
    settings.put("scale", plan.numbers().fractionBits());
    settings.put("error", RunReport.error(0));
    Reader reader =
        image -> {
          Twin.Result result =
              twin.read(image, Encoding.encode(plan, task.worklist().images().read(image)));
          overflows.add(image, result.overflows());
          return Reading.scores(
              plan, Reading.elements(plan, result.record().opened()).orElseThrow());
        };
    Map<String, String> hashes = new LinkedHashMap<>(task.sha256());
    hashes.put("plan", PlanText.hash(plan));
    return run(
        task,
        settings,
        Provenance.of(hashes, Map.of()),
        compiled.report().warnings(),
        overflows,
        reader,
        stopped);
  }

  private static RunReport run(
      Task task,
      Map<String, Object> settings,
      Provenance provenance,
      List<String> warnings,
      OverflowTally overflows,
      Reader reader,
      Consumer<RunReport> stopped)
      throws Exception {
    settings.put("images", task.worklist().size());
    settings.put("lanes", task.lanes());
    long begin = System.nanoTime();
    List<Double> times = Collections.synchronizedList(new ArrayList<>());
    Supplier<RunReport> report =
        () -> {
          synchronized (times) {
            return new RunReport(
                settings,
                times,
                (System.nanoTime() - begin) * 1e-9,
                Map.of(),
                Optional.empty(),
                overflows.layers(),
                warnings,
                provenance);
          }
        };
    Results results = Results.open(task, settings, provenance);
    try (results) {
      List<Long> missing = Task.missing(task.worklist(), results.done());
      if (!missing.isEmpty()) {
        try (Progress progress = Progress.of(task.progress(), "images", missing.size())) {
          ImageLoop.each(
              missing,
              task.lanes(),
              image -> {
                long before = System.nanoTime();
                double[] scores = reader.scores(image);
                times.add((System.nanoTime() - before) * 1e-9);
                results.append(task.worklist().row(image, scores));
                progress.step(task.worklist().detail(image));
              });
        }
      }
    } catch (Exception e) {
      stopped.accept(report.get());
      throw e;
    }
    return report.get();
  }
}
