package org.blindread.data.phantom;

/// How a site takes and stores a film; all of it is public.
///
/// @param width pixels per row of the stored image
/// @param height rows of the stored image
/// @param fieldCentimetres width of the field on the patient
/// @param contrast steepness of the film curve; 5 is usual, larger is harder
/// @param gamma exponent after the film curve; above 1 darkens
/// @param quantumNoise standard deviation of the attenuation at unit exposure
/// @param grain standard deviation of the coarse noise of film and scanner, in grey values
/// @param blurPixels standard deviation of the detector's blur
/// @param scatter scattered radiation relative to the open beam
/// @param tiltDegrees standard deviation of the patient's rotation in the plane
/// @param collimation most of each side that the diaphragm of the tube may cover, as part of it
/// @param lettering how films are marked
/// @param monochrome1 whether stored pixels are inverted (DICOM MONOCHROME1: 0 is white);
///   [PhantomStudy#render] undoes it, [PhantomStudy#renderStored] does not
public record Acquisition(
    int width,
    int height,
    double fieldCentimetres,
    double contrast,
    double gamma,
    double quantumNoise,
    double grain,
    double blurPixels,
    double scatter,
    double tiltDegrees,
    double collimation,
    Lettering lettering,
    boolean monochrome1) {

  /// What stands on a film in lead or in print.
  public enum Lettering {
    NONE,
    /// An L beside the patient's left shoulder.
    LEFT,
    /// An R beside the patient's right shoulder.
    RIGHT,
    /// An L, and the view below it.
    LEFT_AND_VIEW
  }
}
