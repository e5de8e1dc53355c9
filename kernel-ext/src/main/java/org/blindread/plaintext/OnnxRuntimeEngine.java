package org.blindread.plaintext;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.blindread.mpc.frontend.ModelException;

/// ONNX Runtime, on one thread, so that a run gives the same numbers each time.
public final class OnnxRuntimeEngine implements PlaintextEngine {
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final Path file;
  private final String input;
  private final long[] shape;

  private OnnxRuntimeEngine(
      OrtEnvironment environment, OrtSession session, Path file, String input, long[] shape) {
    this.environment = environment;
    this.session = session;
    this.file = file;
    this.input = input;
    this.shape = shape;
  }

  /// Loads a model with one float input N×C×H×W, of which N is 1 or left open.
  ///
  /// @param file the ONNX file
  /// @param channels C, as the model card says
  /// @param height H
  /// @param width W
  /// @throws ModelException if the file is no such model
  public static OnnxRuntimeEngine load(Path file, int channels, int height, int width)
      throws ModelException {
    if (!Files.isReadable(file)) {
      throw new ModelException("cannot read " + file + ": no such file, or not readable");
    }
    OrtEnvironment environment =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "blindread");
    OrtSession session;
    try (var options = new OrtSession.SessionOptions()) {
      environment.setTelemetry(false);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      session = environment.createSession(file.toString(), options);
    } catch (OrtException e) {
      throw new ModelException("ONNX Runtime cannot load " + file + ": " + e.getMessage(), e);
    }
    long[] shape = {1, channels, height, width};
    try {
      return new OnnxRuntimeEngine(environment, session, file, input(file, session, shape), shape);
    } catch (OrtException | ModelException e) {
      close(session);
      throw e instanceof ModelException known
          ? known
          : new ModelException("ONNX Runtime cannot load " + file + ": " + e.getMessage(), e);
    }
  }

  private static String input(Path file, OrtSession session, long[] shape)
      throws OrtException, ModelException {
    Map<String, NodeInfo> inputs = session.getInputInfo();
    if (inputs.size() != 1) {
      throw new ModelException(
          file + " has " + inputs.size() + " inputs " + inputs.keySet() + "; one image is put in");
    }
    NodeInfo node = inputs.values().iterator().next();
    if (!(node.getInfo() instanceof TensorInfo info) || info.type != OnnxJavaType.FLOAT) {
      throw new ModelException(file + ": input '" + node.getName() + "' is not a float tensor");
    }
    long[] declared = info.getShape();
    boolean fits = declared.length == shape.length;
    for (int i = 0; fits && i < shape.length; i++) {
      fits = declared[i] == -1 || declared[i] == shape[i];
    }
    if (!fits) {
      throw new ModelException(
          "%s: input '%s' has shape %s, but the model card says %s"
              .formatted(file, node.getName(), text(declared), text(shape)));
    }
    return node.getName();
  }

  private static String text(long[] shape) {
    return LongStream.of(shape)
        .mapToObj(extent -> extent == -1 ? "?" : String.valueOf(extent))
        .collect(Collectors.joining("×"));
  }

  @Override
  public String name() {
    return "onnxruntime";
  }

  @Override
  public String version() {
    return environment.getVersion();
  }

  @Override
  public float[] logits(float[] image) throws ModelException {
    long size = shape[1] * shape[2] * shape[3];
    if (image.length != size) {
      throw new IllegalArgumentException(
          "the input %s has %d elements, given %d".formatted(text(shape), size, image.length));
    }
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(image), shape);
        OrtSession.Result result = session.run(Map.of(input, tensor))) {
      float[] all = new float[0];
      for (Map.Entry<String, OnnxValue> output : result) {
        float[] numbers = numbers(output.getKey(), output.getValue());
        int before = all.length;
        all = Arrays.copyOf(all, before + numbers.length);
        System.arraycopy(numbers, 0, all, before, numbers.length);
      }
      return all;
    } catch (OrtException e) {
      throw new ModelException("ONNX Runtime cannot evaluate " + file + ": " + e.getMessage(), e);
    }
  }

  /// Real numbers, or the integers that ArgMax gives.
  private float[] numbers(String output, OnnxValue value) throws ModelException {
    if (value instanceof OnnxTensor tensor && tensor.getInfo().type == OnnxJavaType.FLOAT) {
      FloatBuffer reals = tensor.getFloatBuffer();
      float[] numbers = new float[reals.remaining()];
      reals.get(numbers);
      return numbers;
    }
    if (value instanceof OnnxTensor tensor && tensor.getInfo().type == OnnxJavaType.INT64) {
      LongBuffer integers = tensor.getLongBuffer();
      float[] numbers = new float[integers.remaining()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = integers.get(i);
      }
      return numbers;
    }
    throw new ModelException(file + ": output '" + output + "' is not a float or int64 tensor");
  }

  @Override
  public void close() {
    close(session);
  }

  private static void close(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime does not release its model", e);
    }
  }
}
