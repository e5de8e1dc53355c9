package org.blindread.mpc.frontend.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.blindread.mpc.frontend.ModelException;
import org.blindread.mpc.frontend.onnx.proto.AttributeProto;
import org.blindread.mpc.frontend.onnx.proto.AttributeProto.AttributeType;
import org.blindread.mpc.frontend.onnx.proto.GraphProto;
import org.blindread.mpc.frontend.onnx.proto.ModelProto;
import org.blindread.mpc.frontend.onnx.proto.NodeProto;
import org.blindread.mpc.frontend.onnx.proto.OperatorSetIdProto;
import org.blindread.mpc.frontend.onnx.proto.TensorProto;
import org.blindread.mpc.frontend.onnx.proto.TensorProto.DataType;
import org.blindread.mpc.frontend.onnx.proto.TensorShapeProto.Dimension;
import org.blindread.mpc.frontend.onnx.proto.ValueInfoProto;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.graph.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What single rules refuse, and what becomes of names, constants and nodes nobody needs.
final class OnnxRulesTest {
  @TempDir private Path folder;

  /// A model of x (1×2×4×4) with the given nodes; w holds 16 reals, axes the integers 2 and 3.
  private Graph read(int opset, String output, NodeProto.Builder... nodes)
      throws IOException, ModelException {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("rules");
    ValueInfoProto.Builder x = ValueInfoProto.newBuilder().setName("x");
    for (int extent : new int[] {1, 2, 4, 4}) {
      x.getTypeBuilder()
          .getTensorTypeBuilder()
          .setElemType(DataType.FLOAT.getNumber())
          .getShapeBuilder()
          .addDim(Dimension.newBuilder().setDimValue(extent));
    }
    graph.addInput(x);
    TensorProto.Builder w = TensorProto.newBuilder().setName("w").setDataType(1);
    w.addDims(4).addDims(4);
    for (int i = 0; i < 16; i++) {
      w.addFloatData(i);
    }
    graph.addInitializer(w);
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName("axes")
            .setDataType(7)
            .addDims(2)
            .addInt64Data(2)
            .addInt64Data(3));
    for (NodeProto.Builder node : nodes) {
      graph.addNode(node);
    }
    graph.addOutput(ValueInfoProto.newBuilder().setName(output));
    ModelProto model =
        ModelProto.newBuilder()
            .setGraph(graph)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
            .build();
    return OnnxReader.read(Files.write(folder.resolve("rules.onnx"), model.toByteArray()));
  }

  private static NodeProto.Builder node(String type, String output, String... operands) {
    return NodeProto.newBuilder().setOpType(type).addOutput(output).addAllInput(List.of(operands));
  }

  private static AttributeProto.Builder integer(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value);
  }

  private static AttributeProto.Builder text(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.STRING)
        .setS(com.google.protobuf.ByteString.copyFromUtf8(value));
  }

  private void refused(String sentence, int opset, NodeProto.Builder... nodes) {
    ModelException refusal =
        assertThrows(ModelException.class, () -> read(opset, "y", nodes), sentence);
    assertTrue(refusal.getMessage().contains(sentence), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("opset " + opset), refusal.getMessage());
  }

  @Test
  void whatARuleDoesNotSupportIsRefusedWithItsReason() {
    refused(
        "mode 'reflect' is not supported",
        13,
        node("Pad", "y", "x", "axes").addAttribute(text("mode", "reflect")));
    refused("exactly one side", 13, node("MatMul", "y", "x", "x"));
    refused("exactly one side", 13, node("MatMul", "y", "w", "w"));
    refused(
        "select_last_index is set",
        13,
        node("ArgMax", "y", "x").addAttribute(integer("select_last_index", 1)));
    refused("spans all axes", 11, node("Softmax", "y", "x"));
    refused("on constants and shapes only", 13, node("Gather", "y", "x", "axes"));
    refused("cannot be cast to INT64", 13, node("Cast", "y", "x").addAttribute(integer("to", 7)));
    refused("a cast to type 8", 13, node("Cast", "y", "x").addAttribute(integer("to", 8)));
    refused("the integer tensor 'axes'", 13, node("Add", "y", "x", "axes"));
    refused("must be a constant list of integers", 13, node("Reshape", "y", "x", "x"));
    refused("cannot reshape [1, 2, 4, 4] to [2, 3]", 13, node("Reshape", "y", "x", "axes"));
    refused("attribute 'kernel_shape' is missing", 13, node("MaxPool", "y", "x"));
    refused("attribute 'axis' is missing", 13, node("Concat", "y", "x"));
    refused(
        "axis 9 is not one of the 4 axes",
        13,
        node("Softmax", "y", "x").addAttribute(integer("axis", 9)));
    refused(
        "shapes differ: 1×2×4×4 and 2×3",
        13,
        node("ConstantOfShape", "c", "axes"),
        node("Add", "y", "x", "c"));
  }

  @Test
  void constantsThatGrowFromNothingAreBounded() {
    NodeProto.Builder shape =
        node("Constant", "huge")
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("value_ints")
                    .setType(AttributeType.INTS)
                    .addInts(30_000)
                    .addInts(30_000));
    refused("exceed the limit", 13, shape, node("ConstantOfShape", "y", "huge"));
    NodeProto.Builder one =
        node("Constant", "one")
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("value_float")
                    .setType(AttributeType.FLOAT)
                    .setF(1));
    refused("exceed the limit", 13, shape, one, node("Expand", "y", "one", "huge"));
  }

  @Test
  void unneededNodesAndConstantsAreLeftOut() throws Exception {
    Graph graph =
        read(
            13,
            "y",
            node("MatMul", "unneeded", "x", "w"),
            node("Relu", "kept", "x"),
            node("Identity", "again", "kept"),
            node("Sigmoid", "y", "again"));
    assertEquals(List.of("kept", "y"), graph.nodes().stream().map(Node::name).toList());
    assertEquals(Set.of(), graph.constants().keySet());
  }

  @Test
  void anOutputThatIsOnlyAnotherNameRenamesItsNode() throws Exception {
    Graph graph =
        read(
            13,
            "y",
            node("Relu", "inner", "x"),
            node("Relu", "outer", "inner"),
            node("Identity", "y", "outer"));
    assertEquals(List.of("inner", "y"), graph.nodes().stream().map(Node::name).toList());
    assertEquals(List.of("y"), graph.outputs());
  }

  @Test
  void aConstantUsedTwiceIsHeldOnce() throws Exception {
    Graph graph = read(13, "y", node("Add", "sum", "x", "w"), node("Mul", "y", "sum", "w"));
    assertEquals(Set.of("w"), graph.constants().keySet());
  }
}
