package org.blindread.workbench.cli;

import java.util.Optional;
import org.blindread.workbench.PlainRun;
import org.blindread.workbench.RunReport;
import org.blindread.workbench.SecureRun;
import org.blindread.workbench.Task;
import org.blindread.workbench.TwinCheck;
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
    if (secure.isPresent()) {
      return SecureRun.run(task, numbers.precision(task.model()), secure.get());
    }
    return engine.isPresent()
        ? PlainRun.engine(task, engine.get())
        : PlainRun.twin(task, numbers.precision(task.model()));
  }

  /// Whether a comparison with the twin came out as it must. In fast mode the last places may
  /// differ, but something must have been compared.
  public boolean mayBeBelieved(TwinCheck twin) {
    return twin.equal() || (twin.compared() > 0 && parties.fast());
  }
}
