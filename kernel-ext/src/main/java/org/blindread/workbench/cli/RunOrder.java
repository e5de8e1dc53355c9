package org.blindread.workbench.cli;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.blindread.mpc.compile.CompileException;
import org.blindread.mpc.compile.Compiled;
import org.blindread.workbench.PlainRun;
import org.blindread.workbench.RunIdentity;
import org.blindread.workbench.RunReport;
import org.blindread.workbench.SecureRun;
import org.blindread.workbench.Task;
import org.blindread.workbench.TwinCheck;
import org.blindread.workbench.VendorModel;
import org.blindread.workbench.WorkbenchException;

/// A run as it was ordered, on the command line or in a cell: the same options, checks and run.
///
/// @param read model and images
/// @param engine floating point in the clear, if so
/// @param protocol fixed point, in the clear or not
/// @param parties how parties compute
/// @param numbers how exactly
public record RunOrder(
    ReadOptions read,
    Optional<String> engine,
    Optional<String> protocol,
    PartyOptions parties,
    NumberOptions numbers) {

  /// Refuses what contradicts itself or would change nothing.
  ///
  /// @param images whether images were given
  /// @throws WorkbenchException saying what to do instead
  public void check(boolean images) throws WorkbenchException {
    if (engine.isPresent() == protocol.isPresent()) {
      throw new WorkbenchException(
          "say how the model is computed: either --engine onnxruntime|nd4j|reference or --protocol"
              + " plain|3pc");
    }
    read.check(images);
    if (engine.isPresent() && numbers.given()) {
      throw new WorkbenchException(
          "--bits, --scale, --profile and --allow-unsafe-range need --protocol; an engine computes"
              + " in floating point");
    }
    parties.check(!protocol.map("plain"::equals).orElse(true));
  }

  /// The setting of a secure run; empty for one in the clear.
  ///
  /// @throws WorkbenchException if there is no such protocol, or nobody was named to learn the
  ///   scores
  public Optional<SecureRun.Setting> setting() throws WorkbenchException {
    return protocol.isEmpty() ? Optional.empty() : parties.setting(protocol.get());
  }

  /// Runs to the end.
  ///
  /// @param secure as [#setting] gives it
  /// @throws Exception a checked exception of model, data, network or workbench, or
  ///   [InterruptedException]; no party is left then
  public RunReport run(Task task, Optional<SecureRun.Setting> secure) throws Exception {
    return run(task, secure, _ -> {});
  }

  /// Runs to the end.
  ///
  /// @param secure as [#setting] gives it
  /// @param stopped told what a run took that does not end
  /// @throws Exception as [#run]
  public RunReport run(Task task, Optional<SecureRun.Setting> secure, Consumer<RunReport> stopped)
      throws Exception {
    if (engine.isPresent()) {
      return PlainRun.engine(task, engine.get(), stopped);
    }
    Compiled compiled = numbers.precision(task.model()).compile(task.model());
    return secure.isPresent()
        ? SecureRun.run(task, compiled, secure.get(), stopped)
        : PlainRun.twin(task, compiled, stopped);
  }

  /// What makes two runs of this order the same, the images aside.
  ///
  /// @param secure as [#setting] gives it
  /// @throws WorkbenchException if numbers contradict one another
  /// @throws CompileException if no scale fits
  public RunIdentity identity(VendorModel model, Optional<SecureRun.Setting> secure)
      throws WorkbenchException, CompileException {
    Map<String, String> values = new TreeMap<>(model.sha256());
    engine.ifPresent(name -> values.put("engine", name));
    if (protocol.isPresent()) {
      values.put("protocol", protocol.get());
      values.put("precision", numbers.precision(model).name());
    }
    secure.ifPresent(
        setting -> {
          values.put("mode", setting.mode().toString());
          values.put("reveal", setting.reveal().toString());
          if (!setting.knobText().isEmpty()) {
            values.put("knobs", setting.knobText());
          }
        });
    return new RunIdentity(values);
  }

  /// Whether a comparison with the twin came out as it must. In fast mode the last places may
  /// differ, but something must have been compared.
  public boolean mayBeBelieved(TwinCheck twin) {
    return twin.equal() || (twin.compared() > 0 && parties.fast());
  }
}
