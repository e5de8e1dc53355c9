package org.blindread.mpc.zoo;

import java.util.ArrayList;
import java.util.List;
import org.blindread.mpc.tensor.Window;

/// The networks, layer by layer, as torchvision defines and names them. Each method returns the
/// name of the output.
final class Architectures {
  private static final int[] DENSENET_121 = {6, 12, 24, 16};
  private static final int GROWTH = 32;
  private static final int BOTTLENECK = 4;
  private static final int EXPANSION = 4;
  private static final int IMAGENET_CLASSES = 1000;
  private static final int FINDINGS = 14;

  private Architectures() {}

  /// DenseNet-121 (Huang et al. 2017) with 14 outputs, as for ChestX-ray14.
  static String denseNet121(Sketch sketch) {
    String x = sketch.convolution("features.conv0", Sketch.IMAGE, 64, 7, 2, 3);
    x = sketch.batchNorm("features.norm0", x);
    x = sketch.relu("features.relu0", x);
    x = sketch.maxPool("features.pool0", x, Window.square(3, 2, 1));
    for (int block = 1; block <= DENSENET_121.length; block++) {
      x = denseBlock(sketch, "features.denseblock" + block, x, DENSENET_121[block - 1]);
      if (block < DENSENET_121.length) {
        String name = "features.transition" + block;
        x = sketch.relu(name + ".relu", sketch.batchNorm(name + ".norm", x));
        x = sketch.convolution(name + ".conv", x, sketch.channels(x) / 2, 1, 1, 0);
        x = sketch.averagePool(name + ".pool", x, 2);
      }
    }
    x = sketch.relu("features.relu5", sketch.batchNorm("features.norm5", x));
    return sketch.dense("classifier", sketch.globalAverage("avgpool", x), FINDINGS);
  }

  private static String denseBlock(Sketch sketch, String name, String x, int layers) {
    List<String> features = new ArrayList<>(List.of(x));
    for (int i = 1; i <= layers; i++) {
      String layer = name + ".denselayer" + i;
      String all = i == 1 ? x : sketch.concat(layer + ".concat", features);
      String y = sketch.relu(layer + ".relu1", sketch.batchNorm(layer + ".norm1", all));
      y = sketch.convolution(layer + ".conv1", y, BOTTLENECK * GROWTH, 1, 1, 0);
      y = sketch.relu(layer + ".relu2", sketch.batchNorm(layer + ".norm2", y));
      features.add(sketch.convolution(layer + ".conv2", y, GROWTH, 3, 1, 1));
    }
    return sketch.concat(name + ".concat", features);
  }

  /// ResNet-18 (He et al. 2016): basic blocks.
  static String resNet18(Sketch sketch) {
    return resNet(sketch, List.of(2, 2, 2, 2), false);
  }

  /// ResNet-50: bottleneck blocks, the stride in the 3×3 convolution.
  static String resNet50(Sketch sketch) {
    return resNet(sketch, List.of(3, 4, 6, 3), true);
  }

  private static String resNet(Sketch sketch, List<Integer> layers, boolean bottleneck) {
    String x = sketch.convolution("conv1", Sketch.IMAGE, 64, 7, 2, 3);
    x = sketch.relu("relu", sketch.batchNorm("bn1", x));
    x = sketch.maxPool("maxpool", x, Window.square(3, 2, 1));
    int width = 64;
    for (int layer = 1; layer <= layers.size(); layer++) {
      for (int block = 0; block < layers.get(layer - 1); block++) {
        String name = "layer%d.%d".formatted(layer, block);
        x = residual(sketch, name, x, width, layer > 1 && block == 0 ? 2 : 1, bottleneck);
      }
      width *= 2;
    }
    return sketch.dense("fc", sketch.globalAverage("avgpool", x), IMAGENET_CLASSES);
  }

  private static String residual(
      Sketch sketch, String name, String x, int width, int stride, boolean bottleneck) {
    int outputs = bottleneck ? EXPANSION * width : width;
    String y;
    if (bottleneck) {
      y = sketch.convolution(name + ".conv1", x, width, 1, 1, 0);
      y = sketch.relu(name + ".relu1", sketch.batchNorm(name + ".bn1", y));
      y = sketch.convolution(name + ".conv2", y, width, 3, stride, 1);
      y = sketch.relu(name + ".relu2", sketch.batchNorm(name + ".bn2", y));
      y = sketch.convolution(name + ".conv3", y, outputs, 1, 1, 0);
      y = sketch.batchNorm(name + ".bn3", y);
    } else {
      y = sketch.convolution(name + ".conv1", x, width, 3, stride, 1);
      y = sketch.relu(name + ".relu1", sketch.batchNorm(name + ".bn1", y));
      y = sketch.convolution(name + ".conv2", y, width, 3, 1, 1);
      y = sketch.batchNorm(name + ".bn2", y);
    }
    String shortcut = x;
    if (stride != 1 || sketch.channels(x) != outputs) {
      shortcut = sketch.convolution(name + ".downsample.0", x, outputs, 1, stride, 0);
      shortcut = sketch.batchNorm(name + ".downsample.1", shortcut);
    }
    return sketch.relu(name + ".relu", sketch.add(name + ".add", y, shortcut));
  }

  /// SqueezeNet 1.1 (Iandola et al. 2016): no BatchNorm, poolings with `ceil_mode`.
  static String squeezeNet11(Sketch sketch) {
    String x = sketch.biasedConvolution("features.0", Sketch.IMAGE, 64, 3, 2, 0);
    x = sketch.relu("features.1", x);
    x = sketch.ceilingMaxPool("features.2", x);
    x = fire(sketch, "features.3", x, 16, 64);
    x = fire(sketch, "features.4", x, 16, 64);
    x = sketch.ceilingMaxPool("features.5", x);
    x = fire(sketch, "features.6", x, 32, 128);
    x = fire(sketch, "features.7", x, 32, 128);
    x = sketch.ceilingMaxPool("features.8", x);
    x = fire(sketch, "features.9", x, 48, 192);
    x = fire(sketch, "features.10", x, 48, 192);
    x = fire(sketch, "features.11", x, 64, 256);
    x = fire(sketch, "features.12", x, 64, 256);
    x = sketch.biasedConvolution("classifier.1", x, IMAGENET_CLASSES, 1, 1, 0);
    return sketch.globalAverage("classifier.3", sketch.relu("classifier.2", x));
  }

  private static String fire(Sketch sketch, String name, String x, int squeeze, int expand) {
    String y = sketch.biasedConvolution(name + ".squeeze", x, squeeze, 1, 1, 0);
    y = sketch.relu(name + ".squeeze_activation", y);
    String one = sketch.biasedConvolution(name + ".expand1x1", y, expand, 1, 1, 0);
    String three = sketch.biasedConvolution(name + ".expand3x3", y, expand, 3, 1, 1);
    return sketch.concat(
        name + ".concat",
        List.of(
            sketch.relu(name + ".expand1x1_activation", one),
            sketch.relu(name + ".expand3x3_activation", three)));
  }
}
