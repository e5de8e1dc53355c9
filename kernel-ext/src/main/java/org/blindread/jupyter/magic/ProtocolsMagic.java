package org.blindread.jupyter.magic;

import java.util.stream.Collectors;
import org.blindread.jupyter.Cell;
import org.blindread.jupyter.Magic;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.protocol.Protocol;
import org.blindread.mpc.run.Protocols;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/// `%protocols`: the protocols there are, with their parties and what they claim.
public final class ProtocolsMagic implements Magic {
  /// For `ServiceLoader`.
  public ProtocolsMagic() {}

  @Override
  public String name() {
    return "protocols";
  }

  @Override
  public Place place() {
    return Place.LINE;
  }

  @Override
  public void run(Cell cell) {
    Table table =
        Table.create("protocols")
            .addColumns(
                StringColumn.create("name"),
                StringColumn.create("parties"),
                StringColumn.create("adversary"),
                StringColumn.create("trust"),
                StringColumn.create("knobs"));
    for (Protocol protocol : Protocols.all()) {
      table.stringColumn(0).append(protocol.name());
      table
          .stringColumn(1)
          .append(protocol.parties().stream().map(Party::name).collect(Collectors.joining(", ")));
      table.stringColumn(2).append(protocol.threat().adversary());
      table.stringColumn(3).append(protocol.threat().trust());
      table.stringColumn(4).append(knobs(protocol));
    }
    cell.show(table);
  }

  /// What `--with` takes; of each knob the first value is the default.
  private static String knobs(Protocol protocol) {
    return protocol.knobs().stream()
        .map(knob -> knob.name() + "=" + String.join("|", knob.values()))
        .collect(Collectors.joining(", "));
  }
}
