package org.blindread.mpc.run;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.blindread.mpc.net.Party;
import org.blindread.mpc.plan.Cost;
import org.blindread.mpc.plan.Instruction;
import org.blindread.mpc.plan.Plan;
import org.blindread.mpc.plan.PlanText;
import org.blindread.mpc.plan.Step;
import org.blindread.mpc.protocol.Knob;
import org.blindread.mpc.protocol.Mode;
import org.blindread.mpc.protocol.Protocol;
import org.blindread.mpc.protocol.Reveal;
import org.blindread.mpc.protocol.Terms;
import org.blindread.mpc.tensor.FixedPoint;

/// The text of `docs/protocols.md`, from what every protocol declares of itself.
final class ProtocolsPage {
  private static final int VALUES = 8192;

  /// For protocols that take them; the places of 8192 rows of 14 scores.
  private static final String EXACT =
      """
      %10 = divide %7 divisor=49 : 32×32×8 @F "row"
      %11 = output %10 name="quotients" head=none : 32×32×8 @F "y"
      %12 = input "scores" owner="hospital" : 8192×14 @F "image"
      %13 = argmax %12 : 8192×1 @0 "row"
      %14 = output %13 name="labels" head=none : 8192×1 @0 "y"
      """;

  private static final List<FixedPoint> RINGS =
      List.of(FixedPoint.of(64, 20), FixedPoint.of(32, 11));

  private ProtocolsPage() {}

  static String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # Protocols

        Generated from `Protocols.all()`; a test keeps it equal. What every protocol computes is in
        [numeric-semantics.md](numeric-semantics.md); how to add one in
        [how-to-add-a-protocol.md](how-to-add-a-protocol.md).

        Costs are what `Protocol.costs` declares, and the contract suite holds every protocol to them.
        They are those of one output element in a plan of %d values a step, with what its readers need
        included: a convolution and the maximum of two values, read by comparisons; a ReLU (with the
        truncation by f bits inside) and a truncation by f bits, read by convolutions; where a protocol
        takes them, an exact division by 49 and the place of the largest of 14. Rounds are what the step
        adds to the longest chain of messages, however many elements it has.
        """
            .formatted(VALUES));
    Protocols.all().stream()
        .sorted(Comparator.comparing(Protocol::name))
        .forEach(protocol -> section(protocol, text));
    return text.toString();
  }

  private static void section(Protocol protocol, StringBuilder text) {
    var threat = protocol.threat();
    String parties =
        protocol.parties().isEmpty()
            ? "whoever runs it, alone"
            : protocol.parties().stream().map(Party::name).collect(Collectors.joining(", "));
    text.append("\n## ").append(protocol.name()).append("\n\n");
    row(text, "parties", parties);
    row(text, "adversary", threat.adversary());
    text.append("- **who learns what:**\n");
    threat.learns().forEach(line -> text.append("  - ").append(line).append('\n'));
    row(text, "trust", threat.trust());
    row(text, "what a cheat could do", threat.cheating());
    row(text, "paper", threat.paper());
    row(
        text,
        "error of a step against the twin",
        "%d ulps faithful, %d fast"
            .formatted(protocol.ulps(Mode.FAITHFUL), protocol.ulps(Mode.FAST)));
    protocol.knobs().forEach(knob -> row(text, knob));
    refusals(protocol, text);
    if (!protocol.parties().isEmpty()) {
      costs(protocol, text);
    }
  }

  /// What it leaves to others, of the instructions that some protocol refuses.
  private static void refusals(Protocol protocol, StringBuilder text) {
    Stream.of(new Instruction.Divide(0, 49), new Instruction.ArgMax(0))
        .forEach(
            instruction ->
                protocol
                    .refuses(instruction)
                    .ifPresent(why -> row(text, "refuses `%s`".formatted(kind(instruction)), why)));
  }

  private static void row(StringBuilder text, String name, String value) {
    text.append("- **%s:** %s\n".formatted(name, value));
  }

  private static void row(StringBuilder text, Knob knob) {
    row(
        text,
        "knob " + knob.name(),
        "%s (the first is the default): %s"
            .formatted(String.join(", ", knob.values()), knob.help()));
  }

  private static void costs(Protocol protocol, StringBuilder text) {
    TreeSet<String> links = new TreeSet<>();
    for (FixedPoint numbers : RINGS) {
      protocol
          .costs(plan(protocol, numbers), new Terms(numbers, Mode.FAITHFUL, Reveal.HOSPITAL))
          .forEach(cost -> links.addAll(cost.bytes().keySet()));
    }
    text.append("\nBytes an element:\n\n| ℓ/f | mode | step | rounds | bytes |");
    links.forEach(link -> text.append(' ').append(link.replace(">", "→")).append(" |"));
    text.append("\n|---|---|---|---|---|").append("---|".repeat(links.size())).append('\n');
    for (FixedPoint numbers : RINGS) {
      for (Mode mode : Mode.values()) {
        Plan plan = plan(protocol, numbers);
        List<Cost> costs = protocol.costs(plan, new Terms(numbers, mode, Reveal.HOSPITAL));
        for (int i = 0; i < costs.size(); i++) {
          Optional<String> name = name(plan.step(i));
          Cost cost = costs.get(i);
          if (name.isPresent()) {
            text.append(
                "| %d/%d | %s | %s | %d | %s |"
                    .formatted(
                        numbers.bits(),
                        numbers.fractionBits(),
                        mode,
                        name.get(),
                        cost.rounds(),
                        each(cost.totalBytes())));
            links.forEach(
                link ->
                    text.append(' ')
                        .append(each(cost.bytes().getOrDefault(link, 0L)))
                        .append(" |"));
            text.append('\n');
          }
        }
      }
    }
  }

  /// What a row is called, for the steps that get one.
  private static Optional<String> name(Step step) {
    return step.layer().equals("row") ? Optional.of(kind(step.instruction())) : Optional.empty();
  }

  private static String kind(Instruction instruction) {
    return instruction.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /// Bytes an element, exact: bit planes make eighths of a byte.
  private static String each(long bytes) {
    return BigDecimal.valueOf(bytes)
        .divide(BigDecimal.valueOf(VALUES))
        .stripTrailingZeros()
        .toPlainString();
  }

  /// Each kind of step once, under the layer `row`, between neighbours as trained networks have
  /// them.
  private static Plan plan(Protocol protocol, FixedPoint numbers) {
    String window = "kernel=[1,1] stride=[1,1] low=[0,0] high=[0,0] dilation=[1,1] groups=1";
    return PlanText.parse(
        """
        blindread-plan 1
        name "costs"
        numbers bits=BITS scale=F rounding=nearest
        %0 = weight "kernel" role=kernel : 8×1×1×8 @F "kernel"
        %1 = input "image" owner="hospital" : 32×32×8 @F "image"
        %2 = convolve %1 %0 WINDOW : 32×32×8 @2F "row"
        %3 = convolve %1 %0 WINDOW : 32×32×8 @2F "other"
        %4 = maximum %2 %3 : 32×32×8 @2F "row"
        %5 = relu %4 bits=F : 32×32×8 @F "row"
        %6 = convolve %5 %0 WINDOW : 32×32×8 @2F "other"
        %7 = truncate %6 bits=F : 32×32×8 @F "row"
        %8 = convolve %7 %0 WINDOW : 32×32×8 @2F "other"
        %9 = output %8 name="y" head=none : 32×32×8 @2F "y"
        """
            .concat(protocol.refuses(new Instruction.Divide(7, 49)).isPresent() ? "" : EXACT)
            .replace("WINDOW", window)
            .replace("BITS", Integer.toString(numbers.bits()))
            .replace("2F", Integer.toString(2 * numbers.fractionBits()))
            .replace("=F", "=" + numbers.fractionBits())
            .replace("@F", "@" + numbers.fractionBits()));
  }
}
