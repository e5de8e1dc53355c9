package org.blindread.workbench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.blindread.data.GreyImage;
import org.blindread.data.phantom.EmbeddedCohort;
import org.blindread.mpc.frontend.onnx.proto.AttributeProto;
import org.blindread.mpc.frontend.onnx.proto.GraphProto;
import org.blindread.mpc.frontend.onnx.proto.ModelProto;
import org.blindread.mpc.frontend.onnx.proto.NodeProto;
import org.blindread.mpc.frontend.onnx.proto.OperatorSetIdProto;
import org.blindread.mpc.frontend.onnx.proto.TensorProto;
import org.blindread.mpc.frontend.onnx.proto.TensorShapeProto;
import org.blindread.mpc.frontend.onnx.proto.TypeProto;
import org.blindread.mpc.frontend.onnx.proto.ValueInfoProto;
import org.blindread.workbench.ModelCard;
import org.blindread.workbench.Output;
import org.blindread.workbench.PublicCard;
import org.blindread.workbench.VendorModel;
import picocli.CommandLine;

/// A tiny network (Conv, Relu, MaxPool, GlobalAveragePool, Gemm), its calibrated card and forty
/// phantoms, in a folder.
public final class TinyStudy {
  public static final int IMAGES = 40;
  public static final int SIDE = 16;

  public final Path folder;
  public final Path model;
  public final Path manifest;

  private TinyStudy(Path folder) {
    this.folder = folder;
    this.model = folder.resolve("tiny.onnx");
    this.manifest = folder.resolve("images.csv");
  }

  public static TinyStudy in(Path folder) throws Exception {
    TinyStudy study = new TinyStudy(folder);
    Files.write(study.model, network(7));
    ModelCard template = VendorModel.template(study.model);
    PublicCard open =
        new PublicCard(
            "tiny",
            template.input(),
            List.of(
                new Output("pneumonia", Output.Kind.LOGIT),
                new Output("effusion", Output.Kind.LOGIT)));
    new ModelCard(open, template.ranges(), "a test", "Apache-2.0")
        .write(ModelCard.pathFor(study.model));
    study.writeImages();
    Result calibrated =
        Result.of("calibrate", "--model", study.model, "--manifest", study.manifest);
    assertEquals(0, calibrated.code, calibrated.err);
    return study;
  }

  private void writeImages() throws IOException {
    StringBuilder csv = new StringBuilder("path,image,patient,site,pneumonia\n");
    for (int i = 0; i < IMAGES; i++) {
      GreyImage phantom = phantom(i, SIDE);
      BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          picture.getRaster().setSample(x, y, 0, phantom.sample(x, y));
        }
      }
      ImageIO.write(picture, "png", folder.resolve("p" + i + ".png").toFile());
      csv.append("p%d.png,image-%d,patient-%d,site-%d,%d\n".formatted(i, i, i, i % 2, i % 3 % 2));
    }
    Files.writeString(manifest, csv);
  }

  /// A film of the embedded cohort, of which every so-manieth pixel is taken.
  public static GreyImage phantom(int which, int side) {
    GreyImage film = EmbeddedCohort.studies().get(which).render();
    short[] samples = new short[side * side];
    for (int i = 0; i < samples.length; i++) {
      samples[i] =
          (short) film.sample(i % side * film.width() / side, i / side * film.height() / side);
    }
    return new GreyImage(side, side, 8, samples);
  }

  /// The network's file; another seed gives other weights of the same shapes.
  public static byte[] network(long seed) {
    Random random = new Random(seed);
    GraphProto graph =
        GraphProto.newBuilder()
            .setName("tiny")
            .addInput(value("image", 1, 1, SIDE, SIDE))
            .addOutput(value("scores", 1, 2))
            .addInitializer(tensor(random, "w", 0.5, 4, 1, 3, 3))
            .addInitializer(tensor(random, "b", 0.2, 4))
            .addInitializer(tensor(random, "v", 0.5, 6, 4, 3, 3))
            .addInitializer(tensor(random, "m", 1, 2, 6))
            .addInitializer(tensor(random, "c", 1, 2))
            .addNode(
                node("Conv", "conv1", "image", "w", "b").addAttribute(ints("pads", 1, 1, 1, 1)))
            .addNode(node("Relu", "relu1", "conv1"))
            .addNode(
                node("MaxPool", "pool", "relu1")
                    .addAttribute(ints("kernel_shape", 2, 2))
                    .addAttribute(ints("strides", 2, 2)))
            .addNode(node("Conv", "conv2", "pool", "v"))
            .addNode(node("Relu", "relu2", "conv2"))
            .addNode(node("GlobalAveragePool", "mean", "relu2"))
            .addNode(node("Flatten", "flat", "mean"))
            .addNode(
                node("Gemm", "scores", "flat", "m", "c")
                    .addAttribute(
                        AttributeProto.newBuilder()
                            .setName("transB")
                            .setType(AttributeProto.AttributeType.INT)
                            .setI(1)))
            .build();
    return ModelProto.newBuilder()
        .setIrVersion(7)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static NodeProto.Builder node(String op, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(op)
        .setName(output)
        .addOutput(output)
        .addAllInput(List.of(inputs));
  }

  private static AttributeProto ints(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  private static TensorProto tensor(Random random, String name, double spread, int... shape) {
    int size = 1;
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(1);
    for (int extent : shape) {
      tensor.addDims(extent);
      size *= extent;
    }
    ByteBuffer bytes = ByteBuffer.allocate(4 * size).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < size; i++) {
      bytes.putFloat((float) (spread * random.nextGaussian()));
    }
    return tensor.setRawData(ByteString.copyFrom(bytes.flip())).build();
  }

  private static ValueInfoProto value(String name, int... shape) {
    TensorShapeProto.Builder extents = TensorShapeProto.newBuilder();
    for (int extent : shape) {
      extents.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(extent));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(1).setShape(extents)))
        .build();
  }

  /// A run of the tiny network over the first images.
  public Result run(String out, int images, Object... more) {
    Object[] all = new Object[9 + more.length];
    Object[] common = {
      "run", "--model", model, "--manifest", manifest, "--images", images, "--out", file(out)
    };
    System.arraycopy(common, 0, all, 0, common.length);
    System.arraycopy(more, 0, all, common.length, more.length);
    return Result.of(all);
  }

  public Path file(String name) {
    return folder.resolve(name);
  }

  /// What a command gave.
  public static final class Result {
    public final int code;
    public final String out;
    public final String err;

    private Result(int code, String out, String err) {
      this.code = code;
      this.out = out;
      this.err = err;
    }

    public static Result of(Object... arguments) {
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      CommandLine command = Blindread.commandLine();
      command.setOut(new PrintWriter(out));
      command.setErr(new PrintWriter(err));
      String[] words = List.of(arguments).stream().map(String::valueOf).toArray(String[]::new);
      int code = command.execute(words);
      return new Result(code, out.toString(), err.toString());
    }
  }
}
