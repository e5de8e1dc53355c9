package org.blindread.stats;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/// Holds the dependency order of ARCHITECTURE.md: this module knows no other module of Blindread.
final class ArchitectureTest {
  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.blindread.stats");

  @Test
  void theModuleUsesOnlyItselfAndTheJdk() {
    check(
        classes()
            .should()
            .onlyDependOnClassesThat()
            // "" is where ArchUnit puts double, boolean and their arrays.
            .resideInAnyPackage(
                "", "java..", "javax..", "org.jspecify..", "org.blindread.stats.."));
  }

  @Test
  void packagesHaveNoCycles() {
    check(slices().matching("org.blindread.stats.(**)").should().beFreeOfCycles());
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
