package org.blindread.jupyter;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.blindread.jupyter.spec.HostKernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The installed kernel, as Jupyter's programs and a person use it.
final class KernelTest {
  private static final Path NOTEBOOKS = InstalledKernel.project().resolve("notebooks");
  private static final Path FIRST = NOTEBOOKS.resolve("01-first-secure-prediction.ipynb");
  private static final Path MODEL = NOTEBOOKS.resolve("models/densenet121_pneumonia_128.onnx");

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(HostKernel.class)
  void jupytersOwnTestsPass(HostKernel host) throws Exception {
    String said = InstalledKernel.of(host, folder).run("conformance.py");
    assertTrue(said.contains("\nOK"), said);
  }

  /// 20,000 lines, *Run All* behind a failure, errors, loops and secure cells that are interrupted:
  /// whatever a cell did, the next one works. One kernel for all, for a start takes seconds.
  @ParameterizedTest
  @EnumSource(HostKernel.class)
  void aKernelIsFitForTheNextCellWhateverTheLastOneDid(HostKernel host) throws Exception {
    String said =
        InstalledKernel.of(host, folder)
            .run(
                "behaviour.py",
                MODEL,
                "prints",
                "queue",
                "fails",
                "overflows",
                "loops",
                "interrupts");
    assertTrue(said.endsWith("well\n"), said);
  }

  @ParameterizedTest
  @EnumSource(HostKernel.class)
  void theFirstNotebookRunsUnchangedAndTwiceAlike(HostKernel host) throws Exception {
    String said =
        InstalledKernel.of(host, folder)
            .run(
                "notebook.py",
                FIRST,
                folder,
                "equal to the cleartext twin bit for bit on 1 of 1 images",
                "semi-honest, honest majority",
                "the hospital learns them, nobody else",
                "GreyImage[640×320, 8 bits]");
    assertTrue(said.endsWith("well\n"), said);
  }

  /// The verdicts, and every message's size, whatever was drawn.
  @ParameterizedTest
  @EnumSource(HostKernel.class)
  void theMillionairesRunAndTheirMessagesHaveTheirSizes(HostKernel host) throws Exception {
    String said =
        InstalledKernel.of(host, folder)
            .run(
                "notebook.py",
                NOTEBOOKS.resolve("03-the-millionaires.ipynb"),
                folder,
                "round 1: bob to alice, 256 bytes",
                "round 2: alice to bob, 2,048 bytes",
                "round 1: alice to bob, 128 bytes",
                "both learn: Alice is richer",
                "x = -37 is negative",
                "ReLU(-37) = 0",
                "ReLU is right for 256 of 256 numbers",
                "0 of 65,536 verdicts are wrong");
    assertTrue(said.endsWith("well\n"), said);
  }

  @ParameterizedTest
  @EnumSource(HostKernel.class)
  void aFailingCellEndsAHeadlessRunWithOneSentence(HostKernel host) throws Exception {
    String said = InstalledKernel.of(host, folder).run("failing.py", FIRST, folder);
    assertTrue(said.endsWith("well\n"), said);
  }

  @Test
  void papermillsParametersArriveAsJava() throws Exception {
    String said =
        InstalledKernel.of(HostKernel.JJAVA, folder)
            .run("parameters.py", folder.resolve("in.ipynb"), folder.resolve("out.ipynb"));
    assertTrue(said.endsWith("well\n"), said);
  }
}
