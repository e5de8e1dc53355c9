package org.blindread.mpc.frontend.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.blindread.mpc.frontend.ModelException;
import org.blindread.mpc.frontend.onnx.OnnxReader.Limits;
import org.blindread.mpc.frontend.onnx.proto.AttributeProto;
import org.blindread.mpc.frontend.onnx.proto.GraphProto;
import org.blindread.mpc.frontend.onnx.proto.ModelProto;
import org.blindread.mpc.frontend.onnx.proto.NodeProto;
import org.blindread.mpc.frontend.onnx.proto.OperatorSetIdProto;
import org.blindread.mpc.frontend.onnx.proto.SparseTensorProto;
import org.blindread.mpc.frontend.onnx.proto.StringStringEntryProto;
import org.blindread.mpc.frontend.onnx.proto.TensorProto;
import org.blindread.mpc.frontend.onnx.proto.TensorProto.DataType;
import org.blindread.mpc.frontend.onnx.proto.TensorShapeProto.Dimension;
import org.blindread.mpc.frontend.onnx.proto.ValueInfoProto;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a file holds, reading it gives a graph or one sentence.
final class DamagedModelsTest {
  /// One convolution named n3_Conv of x (1×3×8×8) by c1 (4×3×3×3) and c2 (4).
  private static final Path CONV = OnnxCasesTest.CASES.resolve("conv-padded/model.onnx");

  @TempDir private Path folder;

  private Graph read(Consumer<ModelProto.Builder> damage) throws IOException, ModelException {
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(CONV)).toBuilder();
    damage.accept(model);
    return OnnxReader.read(write(model.build().toByteArray()));
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("model.onnx"), bytes);
  }

  private void refused(String sentence, Consumer<ModelProto.Builder> damage) {
    ModelException refusal = assertThrows(ModelException.class, () -> read(damage));
    assertTrue(
        refusal.getMessage().contains(sentence),
        () -> "expected '" + sentence + "' in: " + refusal.getMessage());
  }

  private void refusedGraph(String sentence, Consumer<GraphProto.Builder> damage) {
    refused(sentence, model -> damage.accept(model.getGraphBuilder()));
  }

  private void refusedNode(String sentence, Consumer<NodeProto.Builder> damage) {
    refusedGraph(sentence, graph -> damage.accept(graph.getNodeBuilder(0)));
  }

  private void refusedWeight(String sentence, Consumer<TensorProto.Builder> damage) {
    refusedGraph(sentence, graph -> damage.accept(graph.getInitializerBuilder(0)));
  }

  private void refusedDimension(String sentence, int axis, Dimension.Builder dimension) {
    refusedGraph(
        sentence,
        graph ->
            graph
                .getInputBuilder(0)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .getShapeBuilder()
                .setDim(axis, dimension));
  }

  private static AttributeProto.Builder ints(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute;
  }

  @Test
  void theUndamagedModelIsRead() throws Exception {
    assertEquals(Shape.of(1, 4, 8, 8), read(model -> {}).shape("conv_3"));
  }

  @Test
  void aMissingFileOrAFolderIsRefused() {
    ModelException missing =
        assertThrows(ModelException.class, () -> OnnxReader.read(folder.resolve("none.onnx")));
    assertTrue(missing.getMessage().startsWith("there is no model"), missing.getMessage());
    ModelException directory = assertThrows(ModelException.class, () -> OnnxReader.read(folder));
    assertTrue(directory.getMessage().contains("is not a file"), directory.getMessage());
  }

  @Test
  void anEmptyFileAndOneOfRandomBytesAreRefused() throws Exception {
    Path empty = write(new byte[0]);
    ModelException refusal = assertThrows(ModelException.class, () -> OnnxReader.read(empty));
    assertTrue(refusal.getMessage().contains("is not an ONNX model"), refusal.getMessage());
    for (int seed = 0; seed < 200; seed++) {
      byte[] bytes = new byte[1 + 17 * seed];
      new Random(seed).nextBytes(bytes);
      Path random = write(bytes);
      assertThrows(ModelException.class, () -> OnnxReader.read(random), "seed " + seed);
    }
  }

  @Test
  void aTruncatedFileIsRefusedWhereverItIsCut() throws Exception {
    byte[] whole = Files.readAllBytes(CONV);
    for (int length = 0; length < whole.length; length += 1 + whole.length / 97) {
      Path cut = write(java.util.Arrays.copyOf(whole, length));
      assertThrows(ModelException.class, () -> OnnxReader.read(cut), "cut at " + length);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv-padded",
        "shape-arithmetic",
        "maxpool-ceil",
        "pad-as-torch-exports-it",
        "slice-negative-steps",
        "constants-of-every-form",
        "range-and-expand",
        "reshape-forms",
        "gemm-scaled",
        "network-densenet"
      })
  void aFlippedBitGivesAGraphOrOneSentence(String name) throws Exception {
    byte[] whole = Files.readAllBytes(OnnxCasesTest.CASES.resolve(name).resolve("model.onnx"));
    for (int seed = 0; seed < 250; seed++) {
      var random = new Random(seed);
      byte[] damaged = whole.clone();
      for (int flips = 1 + seed % 3; flips > 0; flips--) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      expectGraphOrSentence(damaged, name + ", seed " + seed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"conv-padded", "shape-arithmetic", "constants-of-every-form"})
  void aCutOrDoubledPieceGivesAGraphOrOneSentence(String name) throws Exception {
    byte[] whole = Files.readAllBytes(OnnxCasesTest.CASES.resolve(name).resolve("model.onnx"));
    for (int seed = 0; seed < 250; seed++) {
      var random = new Random(seed);
      int from = random.nextInt(whole.length);
      int to = from + random.nextInt(whole.length - from);
      var damaged = new ByteArrayOutputStream();
      damaged.write(whole, 0, seed % 2 == 0 ? from : to);
      damaged.write(whole, seed % 2 == 0 ? to : from, whole.length - (seed % 2 == 0 ? to : from));
      expectGraphOrSentence(damaged.toByteArray(), name + ", seed " + seed);
    }
  }

  private void expectGraphOrSentence(byte[] bytes, String place) throws IOException {
    Path file = write(bytes);
    try {
      assertTrue(!OnnxReader.read(file).outputs().isEmpty(), place);
    } catch (ModelException e) {
      assertTrue(!e.getMessage().isBlank(), place);
    } catch (RuntimeException | Error e) {
      throw new AssertionError(place, e);
    }
  }

  @Test
  void aFileOfCountlessEmptyMessagesIsRefusedBeforeItIsParsed() throws Exception {
    int nodes = 10_000_000;
    ByteBuffer bytes = ByteBuffer.allocate(2 * nodes + 5);
    bytes.put((byte) (7 << 3 | 2)); // ModelProto.graph
    for (int rest = 2 * nodes, i = 0; i < 4; i++, rest >>>= 7) {
      bytes.put((byte) (i < 3 ? (rest & 0x7f) | 0x80 : rest));
    }
    for (int i = 0; i < nodes; i++) {
      bytes.put((byte) (1 << 3 | 2)).put((byte) 0); // GraphProto.node
    }
    Path file = write(bytes.array());
    ModelException refusal = assertThrows(ModelException.class, () -> OnnxReader.read(file));
    assertTrue(refusal.getMessage().contains("fields"), refusal.getMessage());
  }

  @Test
  void messagesNestedDeeplyAreRefused() throws Exception {
    GraphProto graph = GraphProto.getDefaultInstance();
    for (int depth = 0; depth < 200; depth++) {
      graph =
          GraphProto.newBuilder()
              .addNode(NodeProto.newBuilder().addAttribute(AttributeProto.newBuilder().setG(graph)))
              .build();
    }
    GraphProto nested = graph;
    refused("deeper", model -> model.setGraph(nested));
  }

  @Test
  void theLimitsOfTheCallerHold() throws Exception {
    Limits all = Limits.defaults();
    for (Limits limits :
        List.of(
            new Limits(100, all.elements(), all.nodes(), all.dimensions()),
            new Limits(all.bytes(), 100, all.nodes(), all.dimensions()),
            new Limits(all.bytes(), all.elements(), 0, all.dimensions()))) {
      ModelException refusal =
          assertThrows(ModelException.class, () -> OnnxReader.read(CONV, limits));
      assertTrue(refusal.getMessage().contains("limit"), refusal.getMessage());
    }
  }

  @Test
  void hugeAndNegativeExtentsAreRefused() {
    refusedWeight("too many elements", w -> w.setDims(0, 1L << 40));
    refusedWeight("too many elements", w -> w.setDims(0, 1L << 30).setDims(1, 1L << 30));
    refusedWeight("negative extents", w -> w.setDims(0, -4));
    refusedWeight("needs 1073741724 bytes", w -> w.setDims(0, 9942053));
    refusedWeight("exceed the limit", w -> w.setDims(0, 70_000_000));
    refusedWeight("axes", w -> w.addAllDims(java.util.Collections.nCopies(100_000, 1L)));
    refusedDimension("exceeds the limit", 2, Dimension.newBuilder().setDimValue(1 << 25));
    refusedDimension("too many elements", 2, Dimension.newBuilder().setDimValue(1L << 60));
    refusedDimension("must be at least 1", 2, Dimension.newBuilder().setDimValue(-1));
  }

  @Test
  void aWrongLengthOfDataIsRefused() {
    refusedWeight(
        "needs 432 bytes, the file holds 431", w -> w.setRawData(w.getRawData().substring(1)));
    refusedWeight("needs 432 bytes, the file holds 0", w -> w.setRawData(ByteString.EMPTY));
    refusedWeight(
        "needs 108 elements, the file holds 2",
        w -> w.clearRawData().addFloatData(1).addFloatData(2));
  }

  @Test
  void weightsThatAreNotFiniteAreRefusedByName() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      refusedWeight(
          "tensor 'c1' holds " + bad,
          w -> {
            ByteBuffer bytes = ByteBuffer.wrap(w.getRawData().toByteArray());
            bytes.order(ByteOrder.LITTLE_ENDIAN).putFloat(40, bad);
            w.setRawData(ByteString.copyFrom(bytes.array()));
          });
    }
  }

  @Test
  void tensorsOfOtherTypesAreRefused() {
    refusedWeight("type STRING", w -> w.setDataType(DataType.STRING.getNumber()));
    refusedWeight("type COMPLEX64", w -> w.setDataType(DataType.COMPLEX64.getNumber()));
    refusedWeight("unknown type 77", w -> w.setDataType(77));
    refusedWeight("must hold real numbers", w -> w.setDataType(DataType.INT32.getNumber()));
    refusedWeight("segments", w -> w.setSegment(TensorProto.Segment.newBuilder().setBegin(0)));
    refusedGraph("sparse", g -> g.addSparseInitializer(SparseTensorProto.newBuilder()));
  }

  @Test
  void undefinedCyclicAndDuplicateNamesAreRefused() {
    refusedNode("operand 'nowhere' is neither", node -> node.setInput(0, "nowhere"));
    refusedNode("operand 'conv_3' is neither", node -> node.setInput(0, "conv_3"));
    refusedGraph("defined twice", g -> g.addNode(g.getNode(0)));
    refusedGraph("defined twice", g -> g.addInitializer(g.getInitializer(0)));
    refusedGraph("defined twice", g -> g.addInput(g.getInput(0)));
    refusedGraph("or one twice", g -> g.addOutput(g.getOutput(0)));
    refusedNode("defined twice", node -> node.setOutput(0, "x"));
    refusedNode("printable", node -> node.setOutput(0, "\u001b[2J"));
    refusedNode("printable", node -> node.setOutput(0, ""));
    refusedNode("defines no value", NodeProto.Builder::clearOutput);
  }

  @Test
  void aModelWithoutInputOrOutputIsRefused() {
    refusedGraph("no input", GraphProto.Builder::clearInput);
    refusedGraph("names no output", GraphProto.Builder::clearOutput);
    refusedGraph("computed by no node", g -> g.getOutputBuilder(0).setName("else"));
    refusedGraph("does not depend on any input", g -> g.getOutputBuilder(0).setName("c1"));
    refused("holds no graph", ModelProto.Builder::clearGraph);
    refusedGraph("holds no graph", GraphProto.Builder::clearNode);
  }

  @Test
  void inputsThatAreNoImageAreRefused() {
    refusedGraph(
        "states no shape",
        g -> g.getInputBuilder(0).getTypeBuilder().getTensorTypeBuilder().clearShape());
    refusedGraph("must be a tensor of real numbers", g -> g.getInputBuilder(0).clearType());
    refusedGraph(
        "must be a tensor of real numbers, not of type INT64",
        g -> g.getInputBuilder(0).getTypeBuilder().getTensorTypeBuilder().setElemType(7));
    refusedDimension("batch size 8", 0, Dimension.newBuilder().setDimValue(8));
    refusedDimension(
        "axis 3 of input 'x' is the open dimension 'width'; give its extent as 'width' or 'x[3]'",
        3,
        Dimension.newBuilder().setDimParam("width"));
  }

  @Test
  void anOpenDimensionIsBoundByNameOrPlace() throws Exception {
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(CONV)).toBuilder();
    ValueInfoProto.Builder input = model.getGraphBuilder().getInputBuilder(0);
    input
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .getShapeBuilder()
        .setDim(0, Dimension.newBuilder())
        .setDim(2, Dimension.newBuilder().setDimParam("height"))
        .setDim(3, Dimension.newBuilder());
    Path file = write(model.build().toByteArray());
    Limits limits = Limits.defaults().with("height", 6).with("x[3]", 5);
    assertEquals(Shape.of(1, 4, 6, 5), OnnxReader.read(file, limits).shape("conv_3"));
    Limits negative = Limits.defaults().with("height", -6).with("x[3]", 5);
    assertThrows(ModelException.class, () -> OnnxReader.read(file, negative));
    Limits zero = Limits.defaults().with("height", 0).with("x[3]", 5);
    assertThrows(ModelException.class, () -> OnnxReader.read(file, zero));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 6, 22, 1L << 40})
  void anOpsetOutsideTheRangeIsRefused(long opset) {
    refused(
        "opset " + (opset < 0 ? "(none)" : opset),
        model -> model.getOpsetImportBuilder(0).setVersion(opset));
  }

  @Test
  void aMissingOrDoubleOpsetIsRefused() {
    refused("opset (none)", ModelProto.Builder::clearOpsetImport);
    refused(
        "twice",
        model -> model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("ai.onnx")));
  }

  @Test
  void everythingThatIsNotSupportedIsNamedInOneMessage() {
    refusedGraph(
        "op 'LSTM' is not supported (node 'rnn', opset 13); op 'com.vendor.Conv' is not supported"
            + " (node 'n3_Conv', opset 13); op 'Einsum' is not supported (nodes 'a', 'b', opset 13);"
            + " supported: docs/operators.md",
        g -> {
          NodeProto conv = g.getNode(0);
          g.clearNode();
          g.addNode(NodeProto.newBuilder().setOpType("LSTM").setName("rnn"));
          g.addNode(conv.toBuilder().setDomain("com.vendor"));
          g.addNode(NodeProto.newBuilder().setOpType("Einsum").addOutput("a"));
          g.addNode(NodeProto.newBuilder().setOpType("Einsum").addOutput("b"));
        });
  }

  @Test
  void malformedAttributesAreRefusedWithTheirPlace() {
    String place = "(node 'n3_Conv', op Conv, opset 13)";
    for (AttributeProto.Builder attribute :
        List.of(
            ints("strides", -1, 1),
            ints("strides", 0, 1),
            ints("strides", 1),
            ints("strides", Long.MAX_VALUE, 1),
            ints("dilations", 1, 0),
            ints("dilations", 60_000, 60_000),
            ints("kernel_shape", 5, 3),
            ints("pads", 1, 2, 3, 4),
            ints("surprise", 1),
            AttributeProto.newBuilder().setName("group").setF(1),
            AttributeProto.newBuilder()
                .setName("group")
                .setI(0)
                .setType(AttributeProto.AttributeType.INT),
            AttributeProto.newBuilder()
                .setName("group")
                .setI(3)
                .setType(AttributeProto.AttributeType.INT),
            AttributeProto.newBuilder()
                .setName("auto_pad")
                .setS(ByteString.copyFromUtf8("SOMEHOW"))
                .setType(AttributeProto.AttributeType.STRING),
            AttributeProto.newBuilder().setName("group").setRefAttrName("g"))) {
      // 'pads' is there already: a second one is an error of its own.
      refusedNode(place, node -> node.addAttribute(attribute));
    }
    refusedNode(
        "padding must not be negative", node -> node.setAttribute(0, ints("pads", -1, 0, 0, 0)));
    refusedNode("operand 3", node -> node.addInput("c1"));
    refusedNode("operand 1 is missing", node -> node.setInput(1, ""));
    refusedNode("is a constant", node -> node.setInput(0, "c1"));
    refusedNode("only the first", node -> node.addOutput("second"));
  }

  private static void external(TensorProto.Builder w, String... entries) {
    w.clearRawData().setDataLocation(TensorProto.DataLocation.EXTERNAL);
    for (int i = 0; i < entries.length; i += 2) {
      w.addExternalData(
          StringStringEntryProto.newBuilder().setKey(entries[i]).setValue(entries[i + 1]));
    }
  }

  @Test
  void externalDataIsReadBesideTheModel() throws Exception {
    byte[] bytes = new byte[500];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(8, 2.5f);
    Files.createDirectories(folder.resolve("weights"));
    Files.write(folder.resolve("weights/c1.bin"), bytes);
    Graph graph =
        read(
            model ->
                external(
                    model.getGraphBuilder().getInitializerBuilder(0),
                    "location",
                    "weights/c1.bin",
                    "offset",
                    "8",
                    "length",
                    "432"));
    assertEquals(2.5f, graph.constants().get("c1").values()[0]);
  }

  @Test
  void externalDataOutsideTheFolderOrOfTheWrongSizeIsRefused() throws Exception {
    Path outside = Files.createTempFile("outside", ".bin");
    Files.write(outside, new byte[432]);
    Files.write(folder.resolve("short.bin"), new byte[100]);
    Files.createDirectories(folder.resolve("sub"));
    Files.createSymbolicLink(folder.resolve("link.bin"), outside);
    Files.createSymbolicLink(folder.resolve("out"), outside.getParent());
    String escape = "is outside the model's folder";
    refusedWeight(escape, w -> external(w, "location", outside.toString()));
    refusedWeight(escape, w -> external(w, "location", "../" + outside.getFileName()));
    refusedWeight(escape, w -> external(w, "location", "sub/../short.bin"));
    refusedWeight(escape, w -> external(w, "location", "link.bin"));
    refusedWeight(escape, w -> external(w, "location", "out/" + outside.getFileName()));
    refusedWeight(escape, w -> external(w, "location", ""));
    refusedWeight(escape, w -> external(w));
    refusedWeight("is no path", w -> external(w, "location", "a\0b"));
    refusedWeight("is not a file", w -> external(w, "location", "sub"));
    refusedWeight("cannot be read", w -> external(w, "location", "none.bin"));
    refusedWeight("which holds 100", w -> external(w, "location", "short.bin"));
    refusedWeight("needs 432 bytes", w -> external(w, "location", "short.bin", "length", "100"));
    refusedWeight("count of bytes", w -> external(w, "location", "short.bin", "offset", "-1"));
    refusedWeight("count of bytes", w -> external(w, "location", "short.bin", "offset", "ten"));
    refusedWeight(
        "which holds 100",
        w -> external(w, "location", "short.bin", "offset", String.valueOf(Long.MAX_VALUE)));
    for (Path made : List.of(folder.resolve("link.bin"), folder.resolve("out"), outside)) {
      Files.delete(made);
    }
  }
}
