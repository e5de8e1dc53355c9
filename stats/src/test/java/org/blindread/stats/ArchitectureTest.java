package org.blindread.stats;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the dependency order of ARCHITECTURE.md: what each package of this module may use. It
/// knows no other module of Blindread.
///
/// A new package needs a row in [#table()].
final class ArchitectureTest {
  private static final String STATS = "org.blindread.stats.";
  private static final String DISTRIBUTIONS = "org.apache.commons.statistics.distribution..";

  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.blindread.stats");

  /// One package, and what it may use besides itself and the JDK.
  ///
  /// @param name the package below `org.blindread.stats`
  /// @param uses packages below `org.blindread.stats`
  /// @param libraries patterns of packages outside the project
  record Row(String name, List<String> uses, List<String> libraries) {
    static Row of(String name, String... uses) {
      return new Row(name, List.of(uses), List.of());
    }

    Row with(String... patterns) {
      return new Row(name, uses, List.of(patterns));
    }

    String pattern() {
      return STATS + name + "..";
    }

    String[] allowed() {
      // "" is where ArchUnit puts double, boolean and their arrays.
      var all = new ArrayList<>(List.of("", "java..", "org.jspecify..", pattern()));
      uses.forEach(use -> all.add(STATS + use + ".."));
      all.addAll(libraries);
      return all.toArray(String[]::new);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Row> table() {
    return Stream.of(
        Row.of("estimate").with(DISTRIBUTIONS),
        Row.of("equivalence", "estimate").with(DISTRIBUTIONS),
        Row.of("roc", "estimate", "equivalence", "proportion"),
        Row.of("proportion", "estimate").with(DISTRIBUTIONS),
        Row.of("agreement", "estimate", "equivalence", "proportion").with(DISTRIBUTIONS),
        Row.of("multiplicity"));
  }

  @ParameterizedTest
  @MethodSource("table")
  void aPackageUsesOnlyWhatTheTableAllows(Row row) {
    check(
        classes()
            .that()
            .resideInAPackage(row.pattern())
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(row.allowed()));
  }

  @Test
  void everyPackageStandsInTheTable() {
    check(classes().should().resideInAnyPackage(table().map(Row::pattern).toArray(String[]::new)));
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
