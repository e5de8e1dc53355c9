package org.blindread.mpc.plan;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.blindread.mpc.tensor.Shape;
import org.blindread.mpc.tensor.Window;

/// What a protocol can do on ring elements. Operands are numbers of earlier steps of the [Plan].
///
/// Tensors are channels-last without a batch axis: spatial extents outermost, channels innermost (a
/// 2-D map is H×W×C). Everything an instruction states is public; every tensor constant is a
/// [Weight] and secret.
public sealed interface Instruction {
  /// Numbers of the steps whose values this instruction reads, in order.
  List<Integer> operands();

  /// A tensor of the run's data, new with every image.
  ///
  /// @param owner name of the party that holds it in the clear
  record Input(String owner, String name) implements Instruction {
    @Override
    public List<Integer> operands() {
      return List.of();
    }
  }

  /// A constant of the vendor, the same for every image of a session.
  record Weight(String name, Role role) implements Instruction {
    @Override
    public List<Integer> operands() {
      return List.of();
    }
  }

  /// How a [Weight] is used, which decides how it is protected.
  enum Role {
    /// Convolution weights, Cout×kernel×(Cin/groups), at scale f.
    KERNEL,
    /// Added to a convolution's result by the vendor alone; of shape C or of the whole result.
    BIAS,
    /// Added to an opened value before a comparison; one value a channel.
    OFFSET,
    /// One secret bit a channel, 1 where the sign of the comparison is to be flipped; scale 0.
    FLIPS
  }

  /// Convolution by secret weights; scales add up. A matrix product is the case of kernel 1.
  ///
  /// @param x S×Cin, S the spatial extents (1 to 3 axes)
  /// @param kernel a [Role#KERNEL] weight Cout×kernel×(Cin/groups)
  /// @param bias a [Role#BIAS] weight at the result's scale, Cout or the whole result
  record Convolve(int x, int kernel, OptionalInt bias, Window window, int groups)
      implements Instruction {
    @Override
    public List<Integer> operands() {
      return bias.isPresent() ? List.of(x, kernel, bias.getAsInt()) : List.of(x, kernel);
    }
  }

  /// What every party computes on its own share, being affine with public coefficients.
  sealed interface Local extends Instruction {}

  /// a + b, equal shapes and scales.
  record Add(int a, int b) implements Local {
    @Override
    public List<Integer> operands() {
      return List.of(a, b);
    }
  }

  /// a − b, equal shapes and scales.
  record Subtract(int a, int b) implements Local {
    @Override
    public List<Integer> operands() {
      return List.of(a, b);
    }
  }

  /// x times public integers, which adds `bits` to the scale.
  ///
  /// @param factors one factor, or one per spatial position (row-major over all axes but the last)
  /// @param bits what the scale grows by, for example f for a factor encoded at f
  record Scale(int x, List<Long> factors, int bits) implements Local {
    public Scale {
      factors = List.copyOf(factors);
    }

    @Override
    public List<Integer> operands() {
      return List.of(x);
    }
  }

  /// x plus one public ring element at the scale of x.
  record Offset(int x, long value) implements Local {
    @Override
    public List<Integer> operands() {
      return List.of(x);
    }
  }

  /// Sum over a window of the spatial axes, channel by channel; padding counts as 0.
  record SumPool(int x, Window window) implements Local {
    @Override
    public List<Integer> operands() {
      return List.of(x);
    }
  }

  /// `low` and `high` elements of a public ring element around each axis.
  record Pad(int x, List<Integer> low, List<Integer> high, long value) implements Local {
    public Pad {
      low = List.copyOf(low);
      high = List.copyOf(high);
    }

    @Override
    public List<Integer> operands() {
      return List.of(x);
    }
  }

  /// The given positions along one axis, in the given order; positions may repeat.
  record Take(int x, int axis, List<Integer> positions) implements Local {
    public Take {
      positions = List.copyOf(positions);
    }

    @Override
    public List<Integer> operands() {
      return List.of(x);
    }
  }

  /// Joins along one axis, equal scales.
  record Concat(List<Integer> operands, int axis) implements Local {
    public Concat {
      operands = List.copyOf(operands);
    }
  }

  /// The same elements under another shape.
  record Reshape(int x, Shape shape) implements Local {
    @Override
    public List<Integer> operands() {
      return List.of(x);
    }
  }

  /// Axis i of the result is axis `axes[i]` of x.
  record Permute(int x, List<Integer> axes) implements Local {
    public Permute {
      axes = List.copyOf(axes);
    }

    @Override
    public List<Integer> operands() {
      return List.of(x);
    }
  }

  /// ⌊(x + half) / 2^bits⌋, see [org.blindread.mpc.tensor.FixedPoint#truncate]; −2^(ℓ−2) ≤ x <
  /// 2^(ℓ−2).
  ///
  /// @param bits what the scale shrinks by, ≥ 1
  record Truncate(int x, int bits) implements Instruction {
    @Override
    public List<Integer> operands() {
      return List.of(x);
    }
  }

  /// ⌊x / divisor⌋, scale unchanged; −2^(ℓ−2) ≤ x < 2^(ℓ−2). Not every protocol does it.
  ///
  /// @param divisor public, 2 … 2^(ℓ−2) − 1
  record Divide(int x, int divisor) implements Instruction {
    @Override
    public List<Integer> operands() {
      return List.of(x);
    }
  }

  /// ([x + C ≥ 0] ⊕ n) · ⌊(x + C + half) / 2^bits⌋: ReLU, truncation, the secret threshold −C and
  /// the secret flip n of the forward fold in one step.
  ///
  /// @param offset an [Role#OFFSET] weight C at the scale of x, one value a channel
  /// @param flips a [Role#FLIPS] weight n, one bit a channel
  /// @param bits what the scale shrinks by, 0 for none
  record Relu(int x, OptionalInt offset, OptionalInt flips, int bits) implements Instruction {
    @Override
    public List<Integer> operands() {
      return IntStream.concat(IntStream.of(x), IntStream.concat(offset.stream(), flips.stream()))
          .boxed()
          .toList();
    }
  }

  /// The larger of a and b, element by element; −2^(ℓ−1) ≤ a − b < 2^(ℓ−1).
  record Maximum(int a, int b) implements Instruction {
    @Override
    public List<Integer> operands() {
      return List.of(a, b);
    }
  }

  /// Where along the last axis, which becomes 1, the largest element stands: the lowest such
  /// position, 0 … extent − 1, as an integer (scale 0); −2^(ℓ−2) ≤ x < 2^(ℓ−2). Not every protocol
  /// does it.
  record ArgMax(int x) implements Instruction {
    @Override
    public List<Integer> operands() {
      return List.of(x);
    }
  }

  /// Opens x to whom the run's reveal policy names.
  ///
  /// @param head what the receiver applies in the clear
  record Output(int x, String name, Head head) implements Instruction {
    @Override
    public List<Integer> operands() {
      return List.of(x);
    }
  }

  /// A function the receiver of an output applies to it in the clear.
  enum Head {
    NONE,
    SIGMOID,
    SOFTMAX
  }
}
