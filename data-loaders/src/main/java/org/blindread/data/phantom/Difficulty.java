package org.blindread.data.phantom;

/// How visible each finding is: the knobs by which the task is made harder or easier. Larger is
/// easier. Changing one changes every phantom with that finding, and with it the fixed hashes and
/// the network that was trained on them.
public final class Difficulty {
  /// Cardiothoracic ratio added at severity 1.
  public static final double HEART = 0.12;

  /// Part of the air that edema replaces beside the hilum, at severity 1.
  public static final double EDEMA = 0.20;

  /// Part of the air that a consolidation replaces in its middle, at severity 1.
  public static final double CONSOLIDATION = 0.66;

  /// Part of the air replaced in a collapsed part, at severity 1.
  public static final double ATELECTASIS = 1.0;

  /// Height of the fluid above the costophrenic angle in centimetres, at severity 1.
  public static final double EFFUSION = 7.5;

  private Difficulty() {}
}
