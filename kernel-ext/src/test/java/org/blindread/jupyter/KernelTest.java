package org.blindread.jupyter;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.blindread.jupyter.spec.HostKernel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The installed kernel, as Jupyter's programs and a person use it.
@Tag("slow")
final class KernelTest {
  private static final Path MODEL =
      InstalledKernel.project().resolve("notebooks/models/densenet121_pneumonia_128.onnx");

  @TempDir private Path folder;

  @Test
  void jupytersOwnTestsPassOnJJava() throws Exception {
    String said = InstalledKernel.of(HostKernel.JJAVA, folder).run("conformance.py");
    assertTrue(said.contains("\nOK"), said);
  }

  @Test
  void jupytersOwnTestsPassOnIJava() throws Exception {
    String said = InstalledKernel.of(HostKernel.IJAVA, folder).run("conformance.py");
    assertTrue(said.contains("\nOK"), said);
  }

  @Test
  void errorsLoopsAndManyLinesLeaveJJavaFitForTheNextCell() throws Exception {
    String said =
        InstalledKernel.of(HostKernel.JJAVA, folder)
            .run("behaviour.py", MODEL, "fails", "overflows", "loops", "prints");
    assertTrue(said.endsWith("well\n"), said);
  }

  @Test
  void errorsAndLoopsLeaveIJavaFitForTheNextCell() throws Exception {
    String said =
        InstalledKernel.of(HostKernel.IJAVA, folder)
            .run("behaviour.py", MODEL, "fails", "overflows", "loops");
    assertTrue(said.endsWith("well\n"), said);
  }

  /// IJava sends each line by itself, slowly.
  @Test
  void manyLinesLeaveIJavaFitForTheNextCell() throws Exception {
    String said = InstalledKernel.of(HostKernel.IJAVA, folder).run("behaviour.py", MODEL, "prints");
    assertTrue(said.endsWith("well\n"), said);
  }

  @ParameterizedTest
  @EnumSource(HostKernel.class)
  void anInterruptedSecureCellLeavesNoPartyBehind(HostKernel host) throws Exception {
    String said = InstalledKernel.of(host, folder).run("behaviour.py", MODEL, "interrupts");
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
