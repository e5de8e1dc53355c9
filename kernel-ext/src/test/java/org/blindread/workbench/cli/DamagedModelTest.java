package org.blindread.workbench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.blindread.mpc.frontend.onnx.proto.GraphProto;
import org.blindread.mpc.frontend.onnx.proto.ModelProto;
import org.blindread.workbench.ModelCard;
import org.blindread.workbench.cli.TinyStudy.Result;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A broken model is refused by the command line in one sentence, whatever broke it.
final class DamagedModelTest {
  @TempDir private static Path folder;
  private static TinyStudy study;

  @BeforeAll
  static void writeStudy() throws Exception {
    study = TinyStudy.in(folder);
  }

  /// Kinds of damage, and what the sentence says.
  enum Damage {
    EMPTY("holds no graph"),
    RANDOM_BYTES("damaged or not an ONNX file"),
    CUT("damaged or not an ONNX file"),
    NO_GRAPH("holds no graph"),
    OLD_OPSET("opset"),
    UNKNOWN_OPERATOR("LSTM"),
    UNDEFINED_OPERAND("nowhere"),
    WEIGHTS_TOO_SHORT("'w'"),
    WEIGHTS_NOT_FINITE("'v'"),
    SHAPES_THAT_DO_NOT_FIT("conv2"),
    NO_OUTPUT("output"),
    HUGE_EXTENT("image");

    private final String said;

    Damage(String said) {
      this.said = said;
    }

    byte[] applied() throws Exception {
      byte[] whole = TinyStudy.network(7);
      return switch (this) {
        case EMPTY -> new byte[0];
        case RANDOM_BYTES -> {
          byte[] noise = new byte[500];
          new java.util.Random(5).nextBytes(noise);
          yield noise;
        }
        case CUT -> Arrays.copyOf(whole, whole.length / 2);
        case NO_GRAPH -> ModelProto.parseFrom(whole).toBuilder().clearGraph().build().toByteArray();
        case OLD_OPSET -> {
          ModelProto.Builder model = ModelProto.parseFrom(whole).toBuilder();
          model.getOpsetImportBuilder(0).setVersion(3);
          yield model.build().toByteArray();
        }
        case UNKNOWN_OPERATOR -> graph(whole, g -> g.getNodeBuilder(1).setOpType("LSTM"));
        case UNDEFINED_OPERAND -> graph(whole, g -> g.getNodeBuilder(3).setInput(0, "nowhere"));
        case WEIGHTS_TOO_SHORT ->
            graph(
                whole,
                g -> {
                  ByteString raw = g.getInitializer(0).getRawData();
                  g.getInitializerBuilder(0).setRawData(raw.substring(4));
                });
        case WEIGHTS_NOT_FINITE ->
            graph(
                whole,
                g -> {
                  byte[] raw = g.getInitializer(2).getRawData().toByteArray();
                  Arrays.fill(raw, 0, 4, (byte) 0xFF);
                  g.getInitializerBuilder(2).setRawData(ByteString.copyFrom(raw));
                });
        case SHAPES_THAT_DO_NOT_FIT -> graph(whole, g -> g.getNodeBuilder(3).setInput(1, "w"));
        case NO_OUTPUT -> graph(whole, GraphProto.Builder::clearOutput);
        case HUGE_EXTENT ->
            graph(
                whole,
                g ->
                    g.getInputBuilder(0)
                        .getTypeBuilder()
                        .getTensorTypeBuilder()
                        .getShapeBuilder()
                        .getDimBuilder(2)
                        .setDimValue(1L << 40));
      };
    }

    private static byte[] graph(byte[] whole, Consumer<GraphProto.Builder> damage)
        throws Exception {
      ModelProto.Builder model = ModelProto.parseFrom(whole).toBuilder();
      damage.accept(model.getGraphBuilder());
      return model.build().toByteArray();
    }
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void aDamagedModelIsRefusedInOneSentence(Damage damage) throws Exception {
    Path broken = folder.resolve(damage + ".onnx");
    Files.write(broken, damage.applied());
    Files.copy(ModelCard.pathFor(study.model), ModelCard.pathFor(broken));
    Result result =
        Result.of(
            "run",
            "--model",
            broken,
            "--manifest",
            study.manifest,
            "--protocol",
            "plain",
            "--out",
            folder.resolve("never.csv"));
    assertEquals(2, result.code, result.out + result.err);
    assertEquals(1, result.err.lines().count(), result.err);
    assertTrue(result.err.startsWith("blindread: "), result.err);
    assertTrue(result.err.contains(damage.said), result.err);
    assertTrue(Files.notExists(folder.resolve("never.csv")), "scores were begun");
  }
}
