package org.blindread.data.phantom;

/// Where a collapse lies, if there is one; fixed by the visit.
final class Atelectasis {
  private Atelectasis() {}

  /// −1 right, 1 left.
  static int side(Visit visit) {
    return new Draws(visit.seed()).branch(7).side();
  }

  /// Whether a lobe has lost volume, rather than plates at the base.
  static boolean lobar(Visit visit) {
    return new Draws(visit.seed()).branch(8).chance(0.4);
  }
}
