package org.blindread.workbench.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// A panel while it is drawn: lines, marks and notes in the coordinates of its axes, in the order
/// in which they are laid on one another.
final class Drawing {
  private static final float BAR = 11;

  private final String title;
  private final XYChart chart;
  private List<String> rows = List.of();
  private int drawn;

  /// An empty panel.
  ///
  /// @param columns how many stand side by side
  Drawing(String title, String x, String y, int columns, int height) {
    this.title = title;
    chart = new XYChart(Figure.WIDTH / columns, height);
    chart.setTitle(title);
    chart.setXAxisTitle(x);
    chart.setYAxisTitle(y);
    XYStyler styler = chart.getStyler();
    style(styler);
    styler.setMarkerSize(7);
    styler.setYAxisTitleVisible(!y.isEmpty());
    styler.setPlotContentSize(1.0);
  }

  /// What all panels share.
  static void style(AxesChartStyler styler) {
    styler.setBaseFont(Type.SMALL);
    styler.setChartTitleVisible(false);
    styler.setAxisTitleFont(Type.SMALL);
    styler.setAxisTickLabelsFont(Type.SMALL);
    styler.setAnnotationTextFont(Type.SMALL);
    styler.setAnnotationTextFontColor(Ink.GREY.darker());
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setChartFontColor(Ink.BLACK);
    styler.setPlotBorderVisible(false);
    styler.setAxisTickMarksColor(Ink.GREY);
    styler.setPlotGridLinesColor(Ink.PALE);
    styler.setPlotGridLinesStroke(new BasicStroke(0.6f));
    styler.setChartPadding(6);
    styler.setAxisTitlePadding(8);
    styler.setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
    styler.setAxisTickPadding(3);
    styler.setLegendVisible(false);
    styler.setLocale(Locale.ROOT);
    styler.setAntiAlias(true);
  }

  XYStyler styler() {
    return chart.getStyler();
  }

  /// What was drawn; axes alone if nothing was.
  Panel panel() {
    if (drawn == 0) { // XChart has no axes without a series
      line(
          new Ink(Ink.PALE, Optional.empty(), Optional.empty()),
          styler().getXAxisMin(),
          styler().getYAxisMin(),
          styler().getXAxisMax(),
          styler().getYAxisMax());
    }
    return new Panel(title, rows, chart);
  }

  /// Bounds of the axis across.
  Drawing across(double from, double to) {
    styler().setXAxisMin(from).setXAxisMax(to);
    return this;
  }

  /// Bounds of the axis upwards.
  Drawing upwards(double from, double to) {
    styler().setYAxisMin(from).setYAxisMax(to);
    return this;
  }

  /// Rows with names instead of an axis upwards; the first is the uppermost.
  Drawing rows(List<String> names) {
    rows = names;
    upwards(-0.6, names.size() - 0.4);
    styler().setYAxisTicksVisible(false).setPlotGridHorizontalLinesVisible(false);
    return this;
  }

  /// A line through many places.
  Drawing line(Ink ink, Trace trace) {
    XYSeries series = series(trace.x(), trace.y());
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
    series.setLineColor(ink.color());
    series.setLineStyle(ink.stroke().orElse(SeriesLines.NONE));
    series.setMarker(SeriesMarkers.NONE);
    return this;
  }

  /// A line from one place to another.
  Drawing line(Ink ink, double fromX, double fromY, double toX, double toY) {
    return line(ink, new Trace(new double[] {fromX, toX}, new double[] {fromY, toY}));
  }

  Drawing marks(Ink ink, double[] x, double[] y) {
    XYSeries series = series(x, y);
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    series.setMarker(ink.marker().orElse(SeriesMarkers.CIRCLE));
    series.setMarkerColor(ink.color());
    return this;
  }

  Drawing mark(Ink ink, double x, double y) {
    return marks(ink, new double[] {x}, new double[] {y});
  }

  /// A closed polygon, filled.
  Drawing area(Color color, Trace outline) {
    XYSeries series = series(outline.x(), outline.y());
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
    series.setFillColor(color);
    series.setLineStyle(SeriesLines.NONE);
    series.setMarker(SeriesMarkers.NONE);
    return this;
  }

  private XYSeries series(double[] x, double[] y) {
    XYSeries series = chart.addSeries("series " + ++drawn, x, y);
    series.setShowInLegend(false);
    return series;
  }

  /// Words, centred at a place.
  Drawing note(String text, double x, double y) {
    chart.addAnnotation(new AnnotationText(text, x, y, false));
    return this;
  }

  /// A bar along a row.
  Drawing bar(Color color, double from, double to, double y) {
    return line(Ink.line(color, Ink.solid(BAR)), from, y, to, y);
  }

  /// The middle of words that follow a bar.
  ///
  /// @param to where the bar ends
  /// @param reach where the axis ends, which begins at 0
  double after(double to, String words, double reach) {
    double plot = chart.getWidth() - (rows.isEmpty() ? 60.0 : Panel.NAMES) - 12;
    return to + (Type.width(words, Type.SMALL) / 2 + 5) / plot * reach;
  }
}
