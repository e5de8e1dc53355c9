package org.blindread.workbench.figure;

import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/// A figure on paper: title, subtitle, key, panels.
final class Sheet {
  private static final int SCALE = 2;
  private static final int EDGE = 8;
  private static final int TITLE = 24;
  private static final int LINE = 17;
  private static final int SAMPLE = 24;
  private static final int GAP = 13;
  private static final int MARK = 7;

  private final Figure figure;
  private final List<List<Key>> keys;

  private Sheet(Figure figure) {
    this.figure = figure;
    this.keys = keyLines(figure.key());
  }

  static byte[] png(Figure figure) {
    Sheet sheet = new Sheet(figure);
    BufferedImage picture =
        new BufferedImage(SCALE * Figure.WIDTH, SCALE * sheet.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = picture.createGraphics();
    pen.scale(SCALE, SCALE);
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    pen.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    sheet.paint(pen);
    pen.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not refuse bytes", e);
    }
    return bytes.toByteArray();
  }

  static String svg(Figure figure) {
    Sheet sheet = new Sheet(figure);
    VectorGraphics2D pen = new VectorGraphics2D();
    sheet.paint(pen);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      Processors.get("svg")
          .getDocument(pen.getCommands(), new PageSize(0, 0, Figure.WIDTH, sheet.height()))
          .writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not refuse bytes", e);
    }
    String file = bytes.toString(StandardCharsets.UTF_8);
    // VectorGraphics2D leaves out a size of 12, which is not what pages have, and any other family
    return file.substring(file.indexOf("<svg"))
        .replaceFirst("<svg ", "<svg font-size=\"12px\" ")
        .replaceAll("(font-family:&quot;[^&]+&quot;)", "$1,sans-serif");
  }

  private int head() {
    return EDGE
        + TITLE
        + (figure.subtitle().isEmpty() ? 0 : LINE)
        + LINE * keys.size()
        + (keys.isEmpty() ? 0 : EDGE);
  }

  private int height() {
    int height = head();
    for (int row = 0; row < rows(); row++) {
      height += rowHeight(row);
    }
    return height + EDGE;
  }

  private int rows() {
    return Math.ceilDiv(figure.panels().size(), figure.columns());
  }

  private int rowHeight(int row) {
    int from = row * figure.columns();
    int to = Math.min(from + figure.columns(), figure.panels().size());
    return figure.panels().subList(from, to).stream().mapToInt(Panel::height).max().orElse(0);
  }

  private void paint(Graphics2D pen) {
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, Figure.WIDTH, height());
    pen.setColor(Ink.BLACK);
    pen.setFont(Type.TITLE);
    int y = EDGE + 15;
    pen.drawString(Type.cut(figure.title(), Type.TITLE, Figure.WIDTH - 2.0 * EDGE), EDGE, y);
    y += TITLE - 5;
    pen.setFont(Type.SMALL);
    if (!figure.subtitle().isEmpty()) {
      pen.drawString(Type.cut(figure.subtitle(), Type.SMALL, Figure.WIDTH - 2.0 * EDGE), EDGE, y);
      y += LINE;
    }
    for (List<Key> line : keys) {
      paint(line, pen, y);
      y += LINE;
    }
    int top = head();
    int column = Figure.WIDTH / figure.columns();
    for (int i = 0; i < figure.panels().size(); i++) {
      paint(figure.panels().get(i), pen, i % figure.columns() * column, top, column);
      if (i % figure.columns() == figure.columns() - 1) {
        top += rowHeight(i / figure.columns());
      }
    }
  }

  private static void paint(Panel panel, Graphics2D pen, int left, int top, int column) {
    pen.setColor(Ink.BLACK);
    pen.setFont(Type.PANEL);
    int width = panel.width(column);
    int plot = left + column - width;
    pen.drawString(Type.cut(panel.title(), Type.PANEL, column - 2.0 * EDGE), left + EDGE, top + 13);
    Graphics2D own = (Graphics2D) pen.create();
    own.translate(plot, top + Panel.TITLE);
    panel.chart().paint(own, width, panel.chart().getHeight());
    own.dispose();
    pen.setFont(Type.SMALL);
    for (int i = 0; i < panel.rows().size(); i++) {
      String name = Type.cut(panel.rows().get(i), Type.SMALL, Panel.NAMES - 2.0 * EDGE);
      double y = panel.chart().getScreenYFromChart(panel.rows().size() - 1.0 - i);
      pen.drawString(
          name, (float) (plot - Type.width(name, Type.SMALL)), (float) (top + Panel.TITLE + y + 4));
    }
  }

  /// Entries as they fit into lines.
  private static List<List<Key>> keyLines(List<Key> key) {
    List<List<Key>> lines = new ArrayList<>();
    double used = Figure.WIDTH;
    for (Key entry : key) {
      double needed = width(entry);
      if (used + needed > Figure.WIDTH - 2 * EDGE) {
        lines.add(new ArrayList<>());
        used = 0;
      }
      lines.getLast().add(entry);
      used += needed;
    }
    return lines;
  }

  private static double width(Key entry) {
    return SAMPLE + 6 + Type.width(entry.meaning(), Type.SMALL) + GAP;
  }

  private static void paint(List<Key> line, Graphics2D pen, int y) {
    double x = EDGE;
    for (Key entry : line) {
      double middle = y - 4.0;
      pen.setColor(entry.ink().color());
      if (entry.ink().stroke().isPresent()) {
        pen.setStroke(entry.ink().stroke().get());
        pen.draw(new Line2D.Double(x, middle, x + SAMPLE, middle));
      }
      if (entry.ink().marker().isPresent()) {
        entry.ink().marker().get().paint(pen, x + SAMPLE / 2.0, middle, MARK);
      }
      pen.setColor(Ink.BLACK);
      pen.drawString(entry.meaning(), (float) (x + SAMPLE + 6), y);
      x += width(entry);
    }
  }
}
