package org.blindread.mpc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
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

/// Holds the dependency order of ARCHITECTURE.md: what each package of this module may use.
///
/// A new package needs a row in [#table()]; a rule for a package that does not exist yet passes.
final class ArchitectureTest {
  private static final String MPC = "org.blindread.mpc.";
  private static final String VECTOR_API = "jdk.incubator.vector..";
  private static final String BOUNCY_CASTLE = "org.bouncycastle..";
  private static final String NETTY = "io.netty..";
  private static final String PROTOBUF = "com.google.protobuf..";

  /// Generated from onnx.proto, hence not held to our rules.
  private static final String GENERATED = "/org/blindread/mpc/frontend/onnx/proto/";

  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains(GENERATED))
          .importPackages("org.blindread.mpc");

  /// One package with its subpackages, and what it may use besides itself and the JDK.
  ///
  /// @param name the package below `org.blindread.mpc`
  /// @param uses packages below `org.blindread.mpc`
  /// @param libraries patterns of packages outside the project
  record Row(String name, List<String> uses, List<String> libraries) {
    static Row of(String name, String... uses) {
      return new Row(name, List.of(uses), List.of());
    }

    Row with(String... patterns) {
      return new Row(name, uses, List.of(patterns));
    }

    String pattern() {
      return MPC + name + "..";
    }

    String[] allowed() {
      // "" is where ArchUnit puts int, long and their arrays.
      var all =
          new ArrayList<>(
              List.of("", "java..", "javax..", "jdk.net..", "org.jspecify..", pattern()));
      uses.forEach(use -> all.add(MPC + use + ".."));
      all.addAll(libraries);
      return all.toArray(String[]::new);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /// The table, in the order in which data passes through the packages. Not listed: `run`, which
  /// may use all of them, and which none may use.
  private static Stream<Row> table() {
    return Stream.of(
        Row.of("tensor").with(VECTOR_API),
        Row.of("net").with(NETTY, BOUNCY_CASTLE),
        Row.of("crypto", "net").with(BOUNCY_CASTLE),
        Row.of("ot", "tensor", "crypto", "net"),
        Row.of("rlwe", "crypto", "net", "tensor"),
        Row.of("graph", "tensor"),
        Row.of("frontend", "graph", "tensor").with(PROTOBUF),
        Row.of("plan", "tensor"),
        Row.of("compile", "graph", "plan", "tensor"),
        Row.of("zoo", "graph", "tensor", "compile"),
        Row.of("protocol", "tensor", "net", "crypto", "ot", "rlwe", "plan"));
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
    String[] known =
        Stream.concat(table().map(Row::pattern), Stream.of(MPC + "run..")).toArray(String[]::new);
    check(classes().should().resideInAnyPackage(known));
  }

  @Test
  void noProtocolUsesAnotherProtocol() {
    check(slices().matching(MPC + "protocol.(*)..").should().notDependOnEachOther());
  }

  @Test
  void packagesHaveNoCycles() {
    check(slices().matching(MPC + "(**)").should().beFreeOfCycles());
  }

  @Test
  void onlyTheKernelsUseTheVectorApi() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(MPC + "tensor.kernel..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(VECTOR_API));
  }

  @Test
  void namesSayWhatAClassIs() {
    check(
        classes()
            .should()
            .haveNameNotMatching(
                // Base OT is the word of the papers.
                ".*[.$]((Abstract|Base(?!Ot))[A-Z]\\w*|\\w*(Impl|Factory|Manager|Helper|Utils?|Config|PtoDesc))"));
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
