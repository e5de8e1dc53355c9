package org.blindread.data.phantom;

/// The findings drawn into phantoms, in the order of the columns.
public enum PhantomFinding {
  /// A wide heart: cardiothoracic ratio.
  CARDIOMEGALY("cardiomegaly"),
  /// Fluid in the lung's interstitium: perihilar haze, wide upper vessels, Kerley lines; bilateral.
  EDEMA("edema"),
  /// A part of a lobe filled: fluffy opacity with air bronchograms.
  CONSOLIDATION("consolidation"),
  /// A collapsed part: plates, or loss of a lobe's volume with shift.
  ATELECTASIS("atelectasis"),
  /// Fluid beside the lung: blunt angle, meniscus; a veil when supine.
  PLEURAL_EFFUSION("pleural effusion");

  private final String column;

  PhantomFinding(String column) {
    this.column = column;
  }

  /// The column's name in manifests, scores and model cards: CheXpert's name in lower case.
  public String column() {
    return column;
  }
}
