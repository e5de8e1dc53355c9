package org.blindread.mpc.frontend.onnx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blindread.mpc.frontend.ModelException;
import org.blindread.mpc.frontend.onnx.proto.AttributeProto;
import org.blindread.mpc.frontend.onnx.proto.AttributeProto.AttributeType;
import org.blindread.mpc.frontend.onnx.proto.TensorProto;

/// The attributes of one node. Each is taken by name and type; one that no rule takes is an error,
/// so that nothing in a file is silently ignored.
final class Attributes {
  private final Map<String, AttributeProto> left = new LinkedHashMap<>();

  Attributes(List<AttributeProto> attributes) throws ModelException {
    for (AttributeProto attribute : attributes) {
      if (left.put(attribute.getName(), attribute) != null) {
        throw new ModelException("attribute '" + attribute.getName() + "' is given twice");
      }
      if (attribute.hasRefAttrName()) {
        throw new ModelException(
            "attribute '" + attribute.getName() + "' refers to a function; inline functions first");
      }
    }
  }

  Optional<Long> integer(String name) throws ModelException {
    return take(name, AttributeType.INT).map(AttributeProto::getI);
  }

  Optional<Float> real(String name) throws ModelException {
    return take(name, AttributeType.FLOAT).map(AttributeProto::getF);
  }

  Optional<List<Long>> integers(String name) throws ModelException {
    return take(name, AttributeType.INTS).map(AttributeProto::getIntsList);
  }

  Optional<List<Float>> reals(String name) throws ModelException {
    return take(name, AttributeType.FLOATS).map(AttributeProto::getFloatsList);
  }

  Optional<String> text(String name) throws ModelException {
    return take(name, AttributeType.STRING).map(attribute -> attribute.getS().toStringUtf8());
  }

  Optional<TensorProto> tensor(String name) throws ModelException {
    return take(name, AttributeType.TENSOR).map(AttributeProto::getT);
  }

  /// Takes an attribute that means nothing for inference.
  void ignore(String name) {
    left.remove(name);
  }

  /// @throws ModelException naming the attributes that nobody took
  void expectNoneLeft() throws ModelException {
    if (!left.isEmpty()) {
      throw new ModelException(
          "attribute '%s' is not supported here".formatted(String.join("', '", left.keySet())));
    }
  }

  private Optional<AttributeProto> take(String name, AttributeType type) throws ModelException {
    Optional<AttributeProto> attribute = Optional.ofNullable(left.remove(name));
    if (attribute.isPresent()) {
      AttributeType stated = attribute.get().getType();
      // Files before IR version 2 state no type; the field that is set then decides.
      if (stated != type && !(stated == AttributeType.UNDEFINED && holds(attribute.get(), type))) {
        throw new ModelException(
            "attribute '%s' must be of type %s, not %s".formatted(name, type, stated));
      }
    }
    return attribute;
  }

  private static boolean holds(AttributeProto attribute, AttributeType type) {
    return switch (type) {
      case INT -> attribute.hasI();
      case FLOAT -> attribute.hasF();
      case STRING -> attribute.hasS();
      case TENSOR -> attribute.hasT();
      case INTS -> attribute.getIntsCount() > 0;
      case FLOATS -> attribute.getFloatsCount() > 0;
      default -> false;
    };
  }
}
