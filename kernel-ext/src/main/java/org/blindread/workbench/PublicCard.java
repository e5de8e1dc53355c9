package org.blindread.workbench;

import java.util.List;
import org.blindread.data.transform.Preprocessing;

/// The part of a model card that every party of a study reads: how images are prepared and what the
/// outputs mean. It lies beside `M.plan`; nothing in it was measured on the vendor's data.
///
/// @param name the model's name
/// @param input how images are prepared
/// @param outputs what the model puts out, in order; at least one
public record PublicCard(String name, Preprocessing input, List<Output> outputs) {
  /// @throws IllegalArgumentException if there is no output, or two of one name
  public PublicCard {
    outputs = List.copyOf(outputs);
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("outputs must name at least one finding");
    }
    if (outputs.stream().map(Output::finding).distinct().count() < outputs.size()) {
      throw new IllegalArgumentException("outputs must have different names");
    }
  }

  /// Reads the form that [#toJson] writes.
  ///
  /// @param place stands in messages: a file's name, or the party that sent it
  /// @throws WorkbenchException naming up to ten faults
  public static PublicCard parse(String place, String json) throws WorkbenchException {
    return CardJson.parsePublic(place, json);
  }

  public String toJson() {
    return CardJson.write(this);
  }

  /// The names of the outputs.
  public List<String> findings() {
    return outputs.stream().map(Output::finding).toList();
  }
}
