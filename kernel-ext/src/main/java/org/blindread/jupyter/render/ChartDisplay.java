package org.blindread.jupyter.render;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.blindread.jupyter.Bundle;
import org.blindread.jupyter.Display;
import org.knowm.xchart.internal.chartpart.Chart;

/// A figure of XChart as PNG. It has a ground of its own, so it can be read on dark, too; its SVG
/// would break the conversion to HTML.
@SuppressWarnings("rawtypes")
public final class ChartDisplay implements Display<Chart> {
  /// For `ServiceLoader`.
  public ChartDisplay() {}

  @Override
  public Class<Chart> type() {
    return Chart.class;
  }

  @Override
  public Bundle bundle(Chart chart) {
    BufferedImage picture =
        new BufferedImage(chart.getWidth(), chart.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = picture.createGraphics();
    chart.paint(pen, chart.getWidth(), chart.getHeight());
    pen.dispose();
    return Bundle.png("figure: " + chart.getTitle(), ImageDisplay.png(picture));
  }
}
