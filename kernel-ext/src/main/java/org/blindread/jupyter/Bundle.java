package org.blindread.jupyter;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a cell shows, in several forms of which a front end takes the richest it can.
///
/// @param data text by MIME type; always `text/plain`, pictures in base 64
public record Bundle(Map<String, String> data) {
  public static final String TEXT = "text/plain";
  public static final String HTML = "text/html";
  public static final String PNG = "image/png";

  /// @throws IllegalArgumentException if there is no plain text
  public Bundle {
    if (!data.containsKey(TEXT)) {
      throw new IllegalArgumentException("what is shown has a text/plain form, not only " + data);
    }
    data = Map.copyOf(data);
  }

  public static Bundle text(String text) {
    return new Bundle(Map.of(TEXT, text));
  }

  public static Bundle html(String text, String html) {
    return new Bundle(Map.of(TEXT, text, HTML, html));
  }

  /// A picture.
  ///
  /// @param png the bytes of a PNG file
  public static Bundle png(String text, byte[] png) {
    Map<String, String> data = new LinkedHashMap<>();
    data.put(TEXT, text);
    data.put(PNG, Base64.getEncoder().encodeToString(png));
    return new Bundle(data);
  }
}
