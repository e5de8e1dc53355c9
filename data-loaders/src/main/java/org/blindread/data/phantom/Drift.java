package org.blindread.data.phantom;

/// What changed at a site after the films a vendor trained on were collected: each number
/// multiplies the one of the same name in [Acquisition], and 1 leaves it. A site that replaced its
/// machine or lets others use it takes noisier, softer or flatter films of the same patients.
///
/// @param fieldCentimetres above 1, the chest is smaller on the film
/// @param contrast below 1, the film is flatter
/// @param gamma above 1, the film is darker
/// @param quantumNoise above 1, fewer quanta reach the detector
/// @param grain above 1, the scanner's noise is coarser
/// @param blurPixels above 1, the film is softer
/// @param scatter above 1, the film is veiled: a grid is missing
/// @param tiltDegrees above 1, patients are positioned with less care
public record Drift(
    double fieldCentimetres,
    double contrast,
    double gamma,
    double quantumNoise,
    double grain,
    double blurPixels,
    double scatter,
    double tiltDegrees) {
  /// Nothing changed.
  public static final Drift NONE = new Drift(1, 1, 1, 1, 1, 1, 1, 1);

  /// How films are taken since. Size, collimation, lettering and storage stay.
  public Acquisition since(Acquisition before) {
    return new Acquisition(
        before.width(),
        before.height(),
        before.fieldCentimetres() * fieldCentimetres,
        before.contrast() * contrast,
        before.gamma() * gamma,
        before.quantumNoise() * quantumNoise,
        before.grain() * grain,
        before.blurPixels() * blurPixels,
        before.scatter() * scatter,
        before.tiltDegrees() * tiltDegrees,
        before.collimation(),
        before.lettering(),
        before.monochrome1());
  }
}
