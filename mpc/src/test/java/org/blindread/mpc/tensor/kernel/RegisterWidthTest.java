package org.blindread.mpc.tensor.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The species of the vector loops are constants of the process, so that narrower registers need a
/// process of their own.
class RegisterWidthTest {
  @ParameterizedTest
  @ValueSource(ints = {16, 32})
  void theVectorFormIsRightInNarrowerRegisters(int bytes) throws Exception {
    assertEquals(
        bytes * 8 + " bits: all equal",
        run("--add-modules", "jdk.incubator.vector", "-XX:MaxVectorSize=" + bytes));
  }

  @Test
  void withoutTheVectorApiTheScalarFormServes() throws Exception {
    assertEquals("ScalarKernels", run("-Dblindread.width.test=choice"));
  }

  @Test
  void thePropertyChoosesTheScalarForm() throws Exception {
    assertEquals(
        "ScalarKernels",
        run(
            "--add-modules",
            "jdk.incubator.vector",
            "-Dblindread.kernels=scalar",
            "-Dblindread.width.test=choice"));
  }

  private static String run(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(RegisterWidthTest.class.getName());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), "exit code; output: " + text);
    return text.strip();
  }

  /// Runs in the child process.
  public static void main(String[] arguments) {
    if (System.getProperty("blindread.width.test", "").equals("choice")) {
      System.out.println(KernelChoice.CHOSEN.getClass().getSimpleName());
      return;
    }
    for (int i = 0; i < Cases.EDGES.size(); i++) {
      RealConvolutionTest.check(Cases.EDGES.get(i), i);
      RingConvolutionTest.check(Cases.EDGES.get(i), i, 32, 64);
    }
    for (int seed = 0; seed < Cases.RANDOM / 5; seed++) {
      Cases shape = Cases.random(new SplittableRandom(seed));
      RealConvolutionTest.check(shape, seed);
      RingConvolutionTest.check(shape, seed, 32, 64);
    }
    for (int count : new int[] {13, 513, 4098}) {
      BitSliceTest.check(count, 0, 64);
      BitSliceTest.check(count, 0, 32);
      BitSliceTest.check(count, 17, 1);
    }
    BlockLoopsTest.transposition(1024);
    BlockLoopsTest.sparseCode(1000);
    BlockLoopsTest.leafSums(136);
    NttTest.check(49, 64, 0);
    NttTest.check(49, 4096, 0);
    NttTest.check(49, 8192, 1);
    NttTest.checkSums(49, 207, 0);
    NttTest.checkSums(49, 207, 2);
    System.out.println(VectorKernels.registerBits() + " bits: all equal");
  }
}
