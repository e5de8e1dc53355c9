package org.blindread.mpc.frontend.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.blindread.mpc.frontend.ModelException;
import org.blindread.mpc.frontend.onnx.Value.Integers;
import org.blindread.mpc.frontend.onnx.Value.Known;
import org.blindread.mpc.frontend.onnx.Value.Reals;
import org.blindread.mpc.frontend.onnx.proto.TensorProto;
import org.blindread.mpc.frontend.onnx.proto.TensorProto.DataType;

/// Turns stored tensors into numbers: float, float16 and double become `float`; int32, int64 and
/// bool become `long`. Checks what a tensor states against what it holds before it allocates.
final class TensorReader {
  /// The most axes a tensor may have.
  static final int MAX_RANK = 8;

  private static final long MAX_BESIDE_ZERO = 1L << 16;

  private final ExternalData external;
  private final long limit;
  private long left;

  /// @param folder where external data may lie
  /// @param elements how many elements all tensors together may hold
  TensorReader(Path folder, long elements) {
    this.external = new ExternalData(folder);
    this.limit = elements;
    this.left = elements;
  }

  /// @throws ModelException naming the tensor, if it is malformed, of an unsupported type or holds
  ///   a number that is not finite
  Known read(TensorProto tensor, String name) throws ModelException {
    List<Integer> extents = extents(tensor.getDimsList(), name);
    int elements = extents.stream().reduce(1, (a, b) -> a * b);
    if (elements > left) {
      throw new ModelException(
          "the tensors of the model together exceed the limit of %d elements at '%s'; raise Limits.elements"
              .formatted(limit, name));
    }
    left -= elements;
    if (tensor.hasSegment()) {
      throw new ModelException("tensor '" + name + "' is stored in segments: not supported");
    }
    DataType type = DataType.forNumber(tensor.getDataType());
    if (type == null) {
      throw new ModelException(
          "tensor '%s' is of unknown type %d".formatted(name, tensor.getDataType()));
    }
    return switch (type) {
      case FLOAT, FLOAT16, DOUBLE ->
          finite(new Reals(name, extents, reals(tensor, type, name, elements)));
      case INT32, INT64, BOOL ->
          new Integers(name, extents, integers(tensor, type, name, elements));
      default ->
          throw new ModelException(
              ("tensor '%s' is of type %s; supported are FLOAT, FLOAT16, DOUBLE, INT32, INT64, BOOL:"
                      + " export the model in float32")
                  .formatted(name, type));
    };
  }

  /// Checks stated extents: at most [#MAX_RANK], none negative, their product an `int`.
  static List<Integer> extents(List<Long> dims, String name) throws ModelException {
    if (dims.size() > MAX_RANK) {
      throw new ModelException(
          "tensor '%s' has %d axes, at most %d are supported"
              .formatted(name, dims.size(), MAX_RANK));
    }
    List<Integer> extents = new ArrayList<>();
    // Extents beside a 0 hold nothing, yet loops run over them: they are kept small.
    long limit = dims.contains(0L) ? MAX_BESIDE_ZERO : Integer.MAX_VALUE;
    long product = 1;
    for (long dim : dims) {
      if (dim < 0) {
        throw new ModelException("tensor '%s' states negative extents: %s".formatted(name, dims));
      }
      if (dim > limit || product * Math.max(dim, 1) > limit) {
        throw new ModelException("tensor '%s' states too many elements: %s".formatted(name, dims));
      }
      product *= Math.max(dim, 1);
      extents.add((int) dim);
    }
    return List.copyOf(extents);
  }

  private static Reals finite(Reals tensor) throws ModelException {
    for (float value : tensor.values()) {
      // A single infinite number may be a bound of Clip; it is refused where it becomes a weight.
      if (Float.isNaN(value) || (Float.isInfinite(value) && tensor.size() > 1)) {
        throw new ModelException(
            "tensor '%s' holds %s: weights must be finite; the model's training diverged or the file is damaged"
                .formatted(tensor.name(), value));
      }
    }
    return tensor;
  }

  private float[] reals(TensorProto tensor, DataType type, String name, int elements)
      throws ModelException {
    int width = type == DataType.FLOAT ? 4 : type == DataType.DOUBLE ? 8 : 2;
    if (raw(tensor)) {
      ByteBuffer bytes = bytes(tensor, type, name, elements, width);
      float[] values = new float[elements];
      switch (type) {
        case FLOAT -> bytes.asFloatBuffer().get(values);
        case DOUBLE -> {
          for (int i = 0; i < elements; i++) {
            values[i] = (float) bytes.getDouble();
          }
        }
        default -> {
          for (int i = 0; i < elements; i++) {
            values[i] = Float.float16ToFloat(bytes.getShort());
          }
        }
      }
      return values;
    }
    int held =
        switch (type) {
          case FLOAT -> tensor.getFloatDataCount();
          case DOUBLE -> tensor.getDoubleDataCount();
          default -> tensor.getInt32DataCount();
        };
    expect(held, elements, tensor, type, name);
    float[] values = new float[elements];
    for (int i = 0; i < elements; i++) {
      values[i] =
          switch (type) {
            case FLOAT -> tensor.getFloatData(i);
            case DOUBLE -> (float) tensor.getDoubleData(i);
            default -> Float.float16ToFloat((short) tensor.getInt32Data(i));
          };
    }
    return values;
  }

  private long[] integers(TensorProto tensor, DataType type, String name, int elements)
      throws ModelException {
    int width = type == DataType.INT64 ? 8 : type == DataType.INT32 ? 4 : 1;
    if (raw(tensor)) {
      ByteBuffer bytes = bytes(tensor, type, name, elements, width);
      long[] values = new long[elements];
      for (int i = 0; i < elements; i++) {
        values[i] =
            switch (width) {
              case 8 -> bytes.getLong();
              case 4 -> bytes.getInt();
              default -> bytes.get() == 0 ? 0 : 1;
            };
      }
      return values;
    }
    boolean wide = type == DataType.INT64;
    expect(
        wide ? tensor.getInt64DataCount() : tensor.getInt32DataCount(),
        elements,
        tensor,
        type,
        name);
    long[] values = new long[elements];
    for (int i = 0; i < elements; i++) {
      long value = wide ? tensor.getInt64Data(i) : tensor.getInt32Data(i);
      values[i] = type == DataType.BOOL && value != 0 ? 1 : value;
    }
    return values;
  }

  private static boolean raw(TensorProto tensor) {
    return tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL || tensor.hasRawData();
  }

  private ByteBuffer bytes(TensorProto tensor, DataType type, String name, int elements, int width)
      throws ModelException {
    long needed = (long) elements * width;
    if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      return external
          .read(name, tensor.getExternalDataList(), needed)
          .order(ByteOrder.LITTLE_ENDIAN);
    }
    if (tensor.getRawData().size() != needed) {
      throw new ModelException(
          "tensor '%s' of type %s and extents %s needs %d bytes, the file holds %d"
              .formatted(name, type, tensor.getDimsList(), needed, tensor.getRawData().size()));
    }
    return tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void expect(int held, int elements, TensorProto tensor, DataType type, String name)
      throws ModelException {
    if (held != elements) {
      throw new ModelException(
          "tensor '%s' of type %s and extents %s needs %d elements, the file holds %d"
              .formatted(name, type, tensor.getDimsList(), elements, held));
    }
  }
}
