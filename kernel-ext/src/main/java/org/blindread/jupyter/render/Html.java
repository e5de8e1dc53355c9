package org.blindread.jupyter.render;

import java.util.List;

/// Small pieces of HTML that take the page's colours.
final class Html {
  private static final String NUMBER =
      " style=\"text-align:right;font-variant-numeric:tabular-nums\"";
  private static final String TEXT = " style=\"text-align:left\"";

  private Html() {}

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /// A table whose first columns are text and whose others are numbers.
  ///
  /// @param texts how many columns are text
  static String table(List<String> header, List<List<String>> rows, int texts) {
    StringBuilder html = new StringBuilder("<table><thead><tr>");
    for (int i = 0; i < header.size(); i++) {
      cell(html, "th", header.get(i), i < texts);
    }
    html.append("</tr></thead><tbody>");
    for (List<String> row : rows) {
      html.append("<tr>");
      for (int i = 0; i < row.size(); i++) {
        cell(html, "td", row.get(i), i < texts);
      }
      html.append("</tr>");
    }
    return html.append("</tbody></table>").toString();
  }

  private static void cell(StringBuilder html, String tag, String content, boolean text) {
    html.append('<').append(tag).append(text ? TEXT : NUMBER).append('>');
    html.append(escaped(content)).append("</").append(tag).append('>');
  }

  static String line(String text) {
    return "<div>" + escaped(text) + "</div>";
  }

  static String strong(String text) {
    return "<div><strong>" + escaped(text) + "</strong></div>";
  }

  /// Text as it stands, behind a line that opens it.
  static String details(String summary, String html) {
    return "<details><summary>%s</summary>%s</details>".formatted(escaped(summary), html);
  }

  static String preformatted(String text) {
    return "<pre style=\"white-space:pre-wrap\">" + escaped(text) + "</pre>";
  }
}
