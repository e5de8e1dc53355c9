package org.blindread.mpc.frontend.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.blindread.mpc.frontend.ModelException;
import org.blindread.mpc.frontend.onnx.proto.GraphProto;
import org.blindread.mpc.frontend.onnx.proto.ModelProto;
import org.blindread.mpc.frontend.onnx.proto.NodeProto;
import org.blindread.mpc.frontend.onnx.proto.OperatorSetIdProto;
import org.blindread.mpc.frontend.onnx.proto.TensorProto;
import org.blindread.mpc.frontend.onnx.proto.TensorShapeProto.Dimension;
import org.blindread.mpc.frontend.onnx.proto.TypeProto;
import org.blindread.mpc.frontend.onnx.proto.ValueInfoProto;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.tensor.Shape;

/// Reads an ONNX file to a [Graph]. Whatever a file holds, the result is a graph or a
/// [ModelException].
///
/// Values of the graph carry the names of the file's values (not of its nodes, which need not be
/// unique). The batch is bound to 1; operators are those of [OnnxOperators].
public final class OnnxReader {
  /// How much a file may ask for, and the extents it leaves open.
  ///
  /// @param bytes largest file
  /// @param elements most elements of one value, of all stored tensors together and of all folded
  ///   ones together
  /// @param nodes most nodes
  /// @param dimensions extent by name of a symbolic dimension (`height`) or by place (`input[2]`,
  ///   axes from 0)
  public record Limits(long bytes, long elements, int nodes, Map<String, Long> dimensions) {
    public Limits {
      dimensions = Map.copyOf(dimensions);
      if (bytes < 0 || bytes > Integer.MAX_VALUE || elements < 0 || nodes < 0) {
        throw new IllegalArgumentException(
            "limits must be 0 or more and bytes below 2^31: %d bytes, %d elements, %d nodes"
                .formatted(bytes, elements, nodes));
      }
    }

    /// 2^30 bytes, 2^28 elements, 100,000 nodes, no dimension given.
    public static Limits defaults() {
      return new Limits(1L << 30, 1L << 28, 100_000, Map.of());
    }

    /// These limits with the extent of one open dimension.
    public Limits with(String dimension, long extent) {
      Map<String, Long> more = new LinkedHashMap<>(dimensions);
      more.put(dimension, extent);
      return new Limits(bytes, elements, nodes, more);
    }
  }

  /// The stored bytes, the numbers read from them and a transposed copy stand side by side.
  private static final int MEMORY_PER_BYTE = 3;

  private final Limits limits;
  private final GraphProto graph;
  private final OnnxScope scope;

  private OnnxReader(Limits limits, GraphProto graph, OnnxScope scope) {
    this.limits = limits;
    this.graph = graph;
    this.scope = scope;
  }

  /// Reads with [Limits#defaults()].
  ///
  /// @throws ModelException if the file is missing, damaged or not supported
  public static Graph read(Path file) throws ModelException {
    return read(file, Limits.defaults());
  }

  /// Reads within the given limits.
  ///
  /// @throws ModelException if the file is missing, damaged, beyond the limits or not supported
  public static Graph read(Path file, Limits limits) throws ModelException {
    ModelProto model = parse(file, limits);
    if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
      throw new ModelException("'" + file + "' holds no graph: it is not an ONNX model");
    }
    GraphProto graph = model.getGraph();
    if (graph.getNodeCount() > limits.nodes()) {
      throw new ModelException(
          "the model has %d nodes, the limit is %d; raise Limits.nodes"
              .formatted(graph.getNodeCount(), limits.nodes()));
    }
    int opset = opset(model);
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
    var tensors = new TensorReader(folder, limits.elements());
    var scope = new OnnxScope(opset, tensors, limits.elements());
    try {
      return new OnnxReader(limits, graph, scope).translate();
    } catch (IllegalArgumentException e) {
      throw new ModelException("the model gives no valid graph: " + e.getMessage(), e);
    }
  }

  private static ModelProto parse(Path file, Limits limits) throws ModelException {
    if (!Files.isRegularFile(file)) {
      throw new ModelException(
          Files.exists(file)
              ? "'%s' is not a file; give the path of the .onnx file".formatted(file)
              : "there is no model '%s'".formatted(file));
    }
    try {
      long size = Files.size(file);
      if (size > limits.bytes()) {
        throw new ModelException(
            "'%s' holds %d bytes, the limit is %d; raise Limits.bytes or keep weights as external data"
                .formatted(file, size, limits.bytes()));
      }
      long memory = Runtime.getRuntime().maxMemory();
      if (size > memory / MEMORY_PER_BYTE) {
        throw new ModelException(
            "'%s' holds %d bytes, too many for a Java heap of %d; raise -Xmx"
                .formatted(file, size, memory));
      }
      try (InputStream bytes = Files.newInputStream(file)) {
        Census.check(coded(bytes, limits));
      }
      try (InputStream bytes = Files.newInputStream(file)) {
        return ModelProto.parseFrom(coded(bytes, limits));
      }
    } catch (InvalidProtocolBufferException e) {
      throw new ModelException(
          "'%s' is damaged or not an ONNX file: %s; copy or export it again"
              .formatted(file, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new ModelException("'%s' cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static CodedInputStream coded(InputStream bytes, Limits limits) {
    CodedInputStream coded = CodedInputStream.newInstance(bytes);
    coded.setSizeLimit((int) limits.bytes());
    return coded;
  }

  private static int opset(ModelProto model) throws ModelException {
    long opset = -1;
    for (OperatorSetIdProto stated : model.getOpsetImportList()) {
      if (isOnnx(stated.getDomain())) {
        if (opset >= 0) {
          throw new ModelException("the model states the opset of ai.onnx twice");
        }
        opset = stated.getVersion();
      }
    }
    if (opset < OnnxOperators.OLDEST_OPSET || opset > OnnxOperators.NEWEST_OPSET) {
      throw new ModelException(
          "opset %s of ai.onnx is not supported; export the model with opset %d to %d"
              .formatted(
                  opset < 0 ? "(none)" : String.valueOf(opset),
                  OnnxOperators.OLDEST_OPSET,
                  OnnxOperators.NEWEST_OPSET));
    }
    return (int) opset;
  }

  private static boolean isOnnx(String domain) {
    return domain.isEmpty() || domain.equals("ai.onnx");
  }

  private Graph translate() throws ModelException {
    expectSupported();
    if (graph.getSparseInitializerCount() > 0) {
      throw new ModelException(
          "sparse initializers are not supported; store them as dense tensors");
    }
    for (TensorProto tensor : graph.getInitializerList()) {
      scope.initializer(tensor);
    }
    bindInputs();
    for (NodeProto node : graph.getNodeList()) {
      translate(node);
    }
    List<String> outputs = new ArrayList<>();
    for (ValueInfoProto output : graph.getOutputList()) {
      outputs.add(output.getName());
    }
    if (outputs.isEmpty() || new HashSet<>(outputs).size() != outputs.size()) {
      throw new ModelException("the model names no output, or one twice: " + outputs);
    }
    return scope.finish(Text.clean(graph.getName()), outputs);
  }

  /// Names everything that is not supported in one message.
  private void expectSupported() throws ModelException {
    Map<String, List<String>> unsupported = new LinkedHashMap<>();
    for (NodeProto node : graph.getNodeList()) {
      boolean known =
          isOnnx(node.getDomain())
              && OnnxOperators.rule(node.getOpType(), scope.opset()).isPresent();
      if (!known) {
        unsupported.computeIfAbsent(type(node), _ -> new ArrayList<>()).add(name(node));
      }
    }
    if (unsupported.isEmpty()) {
      return;
    }
    List<String> parts = new ArrayList<>();
    unsupported.forEach(
        (type, nodes) ->
            parts.add(
                "op '%s' is not supported (node%s '%s'%s, opset %d)"
                    .formatted(
                        type,
                        nodes.size() > 1 ? "s" : "",
                        String.join("', '", nodes.subList(0, Math.min(nodes.size(), 5))),
                        nodes.size() > 5 ? " and %d more".formatted(nodes.size() - 5) : "",
                        scope.opset())));
    if (parts.size() > 100) {
      parts.subList(100, parts.size()).clear();
      parts.add("and more");
    }
    throw new ModelException(String.join("; ", parts) + "; supported: docs/operators.md");
  }

  private static String type(NodeProto node) {
    String domain = isOnnx(node.getDomain()) ? "" : node.getDomain() + ".";
    return Text.clean(domain + node.getOpType());
  }

  private static String name(NodeProto node) {
    String name = node.getName();
    return Text.clean(name.isEmpty() && node.getOutputCount() > 0 ? node.getOutput(0) : name);
  }

  private void bindInputs() throws ModelException {
    Set<String> seen = new HashSet<>();
    for (ValueInfoProto input : graph.getInputList()) {
      // Before IR version 4 initializers are listed among the inputs too: they are constants.
      if (!scope.isInitializer(input.getName())) {
        scope.input(input.getName(), shape(input));
      } else if (!seen.add(input.getName())) {
        throw new ModelException("the name '" + input.getName() + "' is defined twice");
      }
    }
    if (seen.size() == graph.getInputCount()) {
      throw new ModelException("the model has no input that is not a constant");
    }
  }

  private Shape shape(ValueInfoProto input) throws ModelException {
    String name = Text.clean(input.getName());
    TypeProto.Tensor type = input.getType().getTensorType();
    TensorProto.DataType element = TensorProto.DataType.forNumber(type.getElemType());
    if (element != TensorProto.DataType.FLOAT
        && element != TensorProto.DataType.FLOAT16
        && element != TensorProto.DataType.DOUBLE) {
      throw new ModelException(
          "input '%s' must be a tensor of real numbers, not of type %s; export the model in float32"
              .formatted(name, element));
    }
    if (!type.hasShape()) {
      throw new ModelException(
          "input '" + name + "' states no shape; export the model with the shape of its input");
    }
    List<Long> extents = new ArrayList<>();
    for (Dimension dimension : type.getShape().getDimList()) {
      extents.add(extent(dimension, name, extents.size()));
      if (extents.size() > TensorReader.MAX_RANK) {
        break;
      }
    }
    if (!extents.isEmpty() && extents.getFirst() != 1) {
      throw new ModelException(
          "input '%s' has batch size %d; images are read one by one: export with batch size 1 or a symbolic one"
              .formatted(name, extents.getFirst()));
    }
    return new Shape(TensorReader.extents(extents, name));
  }

  private long extent(Dimension dimension, String input, int axis) throws ModelException {
    if (dimension.hasDimValue()) {
      if (dimension.getDimValue() < 1) {
        throw new ModelException(
            "axis %d of input '%s' has extent %d; it must be at least 1"
                .formatted(axis, input, dimension.getDimValue()));
      }
      return dimension.getDimValue();
    }
    String place = "%s[%d]".formatted(input, axis);
    Optional<Long> given =
        Optional.ofNullable(limits.dimensions().get(place))
            .or(() -> Optional.ofNullable(limits.dimensions().get(dimension.getDimParam())));
    if (given.isEmpty() && axis > 0) {
      throw new ModelException(
          "axis %d of input '%s' is the open dimension '%s'; give its extent as '%s' or '%s'"
              .formatted(
                  axis,
                  input,
                  Text.clean(dimension.getDimParam()),
                  Text.clean(dimension.getDimParam()),
                  place));
    }
    return given.orElse(1L);
  }

  private void translate(NodeProto proto) throws ModelException {
    try {
      if (proto.getOutputCount() == 0) {
        throw new ModelException("the node defines no value");
      }
      boolean mask = proto.getOpType().equals("Dropout");
      for (String more : proto.getOutputList().subList(1, proto.getOutputCount())) {
        if (!more.isEmpty() && !mask) {
          throw new ModelException(
              "output '%s' is not supported, only the first one is".formatted(Text.clean(more)));
        }
      }
      scope.declare(proto.getOutput(0));
      var node = new OnnxNode(scope, proto);
      Value value =
          OnnxOperators.rule(proto.getOpType(), scope.opset())
              .orElseThrow(() -> new ModelException("the operator is not supported"))
              .apply(node);
      node.expectAllRead();
      scope.define(proto.getOutput(0), value);
    } catch (ModelException e) {
      throw new ModelException(e.getMessage() + place(proto), e);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ModelException(e.getMessage() + place(proto), e);
    }
  }

  private String place(NodeProto node) {
    return " (node '%s', op %s, opset %d)".formatted(name(node), type(node), scope.opset());
  }
}
