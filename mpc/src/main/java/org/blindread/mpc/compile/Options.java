package org.blindread.mpc.compile;

/// How a model is compiled. All of it shows in the plan, nothing of it depends on a weight.
///
/// @param inputOwner name of the party that holds the model's input in the clear; no default
/// @param foldForward whether batch normalisations fold through ReLU ([FoldBatchNormForward])
/// @param equalize whether channels are equalised ([EqualizeChannels])
/// @param divide whether averages divide exactly ([org.blindread.mpc.plan.Instruction.Divide])
///   where they otherwise multiply by a rounded reciprocal; not every protocol does it
/// @param allowUnsafeRange whether a model whose values may leave the range is compiled; the report
///   says so
public record Options(
    String inputOwner,
    boolean foldForward,
    boolean equalize,
    boolean divide,
    boolean allowUnsafeRange) {

  /// All passes on, averages by reciprocals, unsafe ranges refused.
  public static Options ownedBy(String inputOwner) {
    return new Options(inputOwner, true, true, false, false);
  }

  /// The same, compiling even what may leave the range.
  public Options allowingUnsafeRange() {
    return new Options(inputOwner, foldForward, equalize, divide, true);
  }
}
