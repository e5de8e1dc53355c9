package org.blindread.jupyter.render;

import org.blindread.jupyter.Bundle;
import org.blindread.jupyter.Display;
import org.blindread.workbench.figure.Figure;

/// A figure as PNG, on a ground of its own; its caption is the text.
public final class FigureDisplay implements Display<Figure> {
  /// For `ServiceLoader`.
  public FigureDisplay() {}

  @Override
  public Class<Figure> type() {
    return Figure.class;
  }

  @Override
  public Bundle bundle(Figure figure) {
    return Bundle.png(figure.title() + "\n" + figure.caption(), figure.png());
  }

  /// The caption alone, to be shown below the picture: front ends show no text beside one.
  public static Bundle caption(Figure figure) {
    return Bundle.html(figure.caption(), Html.line(figure.caption()));
  }
}
