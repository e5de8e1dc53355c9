package org.blindread.mpc.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.blindread.mpc.compile.Calibration;
import org.blindread.mpc.compile.CompileException;
import org.blindread.mpc.compile.Compiled;
import org.blindread.mpc.compile.Compiler;
import org.blindread.mpc.compile.Profile;
import org.blindread.mpc.compile.RangeAnalysis;
import org.blindread.mpc.compile.Ranges;
import org.blindread.mpc.graph.Graph;
import org.blindread.mpc.graph.Op;
import org.blindread.mpc.graph.Reference;
import org.blindread.mpc.tensor.RealTensor;
import org.blindread.mpc.tensor.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BenchmarkNetworksTest {
  private static final float BOUND = 64;
  private static final Graph DENSENET = BenchmarkNetworks.of("densenet121@64");

  /// The parameter counts are torchvision's (DenseNet with 14 classes), running statistics
  /// included.
  @ParameterizedTest
  @CsvSource({
    "densenet121@64, classifier, 14, 120, 7051854,"
        + " ffb7f57825e10c25c9f32df0be71179d8d791d96a76d2f2cfc044bfa819b257a",
    "resnet18@64, fc, 1000, 20, 11699112,"
        + " b9be2ed020a8c10de30059dbab47aa78d12246abe70949c23dcd3de21d51cfbe",
    "squeezenet1.1@64, classifier.3.flat, 1000, 26, 1235496,"
        + " 6e8be8d75e8996e754629e8959750e87f4119e761e82e7aaf004f47b7188390b"
  })
  void aNetworkHasTheSameWeightsEverywhereAndBoundedActivations(
      String name, String output, int outputs, int convolutions, int parameters, String hash)
      throws NoSuchAlgorithmException {
    Graph graph = name.equals(DENSENET.name()) ? DENSENET : BenchmarkNetworks.of(name);
    assertEquals(
        convolutions, graph.nodes().stream().filter(n -> n.op() instanceof Op.Conv).count());
    assertEquals(
        parameters, graph.constants().values().stream().mapToInt(t -> t.shape().size()).sum());
    assertEquals(hash, sha256(graph.constants()));

    RealTensor image = BenchmarkNetworks.input(name, 1);
    Map<String, RealTensor> result =
        new Reference(graph)
            .run(
                Map.of("image", image),
                (node, value) -> {
                  for (float v : value.values()) {
                    assertTrue(Math.abs(v) < BOUND, () -> "%s holds %s".formatted(node, v));
                  }
                });
    assertEquals(Shape.of(1, outputs), result.get(output).shape());
    float[] scores = result.get(output).values();
    float[] others =
        Reference.evaluate(graph, Map.of("image", BenchmarkNetworks.input(name, 2)))
            .get(output)
            .values();
    float difference = 0;
    for (int i = 0; i < scores.length; i++) {
      difference = Math.max(difference, Math.abs(scores[i] - others[i]));
    }
    assertTrue(difference > 0.01, "two images differ in their scores");
  }

  @Test
  @Tag("slow")
  void theLargestNetworkToo() throws NoSuchAlgorithmException {
    aNetworkHasTheSameWeightsEverywhereAndBoundedActivations(
        "resnet50@64",
        "fc",
        1000,
        53,
        25610152,
        "4d993a76f6fb5922bd6a5c3e5645cd0d0f7a4738ee18f5a107e0dc34d8a2aef0");
  }

  private static String sha256(Map<String, RealTensor> constants) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    new TreeMap<>(constants)
        .forEach(
            (name, tensor) -> {
              digest.update((name + tensor.shape()).getBytes(StandardCharsets.UTF_8));
              ByteBuffer bytes = ByteBuffer.allocate(tensor.values().length * Float.BYTES);
              bytes.asFloatBuffer().put(tensor.values());
              digest.update(bytes);
            });
    return HexFormat.of().formatHex(digest.digest());
  }

  @Test
  void theConstantsDoNotDependOnTheImageSize() throws NoSuchAlgorithmException {
    Graph small = BenchmarkNetworks.of("squeezenet1.1@32");
    Graph odd = BenchmarkNetworks.of("squeezenet1.1@99");
    assertEquals(sha256(small.constants()), sha256(odd.constants()));
    assertEquals(Shape.of(1, 3, 99, 99), odd.inputs().get("image"));
  }

  @Test
  void nodesBearTheNamesOfTorchvision() {
    assertEquals(Shape.of(1, 64, 16, 16), DENSENET.shape("features.pool0"));
    assertEquals(
        Shape.of(1, 128, 16, 16), DENSENET.shape("features.denseblock1.denselayer2.norm2"));
    assertEquals(Shape.of(1, 1024, 2, 2), DENSENET.shape("features.norm5"));
    assertEquals(
        Shape.of(128, 64, 1, 1), DENSENET.shape("features.denseblock1.denselayer1.conv1.weight"));
  }

  /// The range is decided on the extremes of 32 images; they lie in a cache of the workbench, so
  /// here one image stands for them, which leaves the decision its three bits of headroom.
  @ParameterizedTest
  @CsvSource({"densenet121@224, densenet121", "squeezenet1.1@224, sqnet"})
  void aNetworkFitsTheProfileThatIsNamedAfterIt(String name, String profile)
      throws CompileException {
    fits(name, profile);
  }

  @Test
  @Tag("slow")
  void theLargestNetworkFitsItsProfile() throws CompileException {
    fits("resnet50@224", "resnet50");
  }

  private static void fits(String name, String profile) throws CompileException {
    Graph graph = BenchmarkNetworks.of(name);
    Ranges measured =
        Calibration.measure(graph, List.of(Map.of("image", BenchmarkNetworks.input(name, 1))));
    Ranges enough = new Ranges(RangeAnalysis.IMAGES, measured.values());
    Profile numbers = Profile.named(profile);
    Compiled compiled =
        Compiler.compile(graph, enough, numbers.numbers(), numbers.options("hospital"));
    assertTrue(compiled.report().spareBits() >= 1, compiled.report()::toText);
  }

  @Test
  void anImageHasAnyShapeOfAnImage() {
    RealTensor grey = BenchmarkNetworks.image(Shape.of(1, 9, 20), 5);
    assertEquals(Shape.of(1, 9, 20), grey.shape());
    float[] colour = BenchmarkNetworks.image(Shape.of(3, 9, 20), 5).values();
    assertArrayEquals(grey.values(), java.util.Arrays.copyOf(colour, 180));
    for (Shape wrong : List.of(Shape.of(4, 9, 9), Shape.of(9, 9))) {
      assertThrows(
          IllegalArgumentException.class, () -> BenchmarkNetworks.image(wrong, 5), wrong::toString);
    }
  }

  @Test
  void anImageIsSetByItsSeed() {
    float[] image = BenchmarkNetworks.input("resnet18@48", 3).values();
    assertArrayEquals(image, BenchmarkNetworks.input("resnet18@48", 3).values());
    float[] other = BenchmarkNetworks.input("resnet18@48", 4).values();
    int equal = 0;
    for (int i = 0; i < image.length; i++) {
      assertTrue(Math.abs(image[i]) < 3, "normalised as ImageNet's");
      equal += image[i] == other[i] ? 1 : 0;
    }
    assertTrue(equal < image.length / 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"densenet121", "vgg16@224", "densenet121@16", "densenet121@9999", "@64"})
  void anUnknownNameIsAnsweredWithTheKnownOnes(String name) {
    var refusal = assertThrows(IllegalArgumentException.class, () -> BenchmarkNetworks.of(name));
    assertTrue(
        refusal
            .getMessage()
            .contains("densenet121@SIZE, resnet18@SIZE, resnet50@SIZE, squeezenet1.1@SIZE"));
  }
}
