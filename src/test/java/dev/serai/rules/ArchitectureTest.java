package dev.serai.rules;

import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The shape of the Java code. Each rule is also tried on a violation, so that none of them is
 * asleep.
 */
class ArchitectureTest {
  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.serai");
  private static final JavaClasses BAD = new ClassFileImporter().importClasses(Violations.ALL);

  @Test
  void capabilities_do_not_depend_on_each_other_in_circles() {
    slices().matching("dev.serai.(*)..").should().beFreeOfCycles().check(PRODUCT);
  }

  @Test
  void no_class_is_named_for_nothing() {
    check(
        noClasses()
            .should()
            .haveNameMatching(".*(Manager|Util|Utils|Helper|Handler|Misc|Common|Base|Flow)")
            .orShould()
            .haveNameMatching(".*\\.Abstract.*"));
  }

  @Test
  void nothing_has_setters() {
    check(
        noMethods()
            .that(are(new OfItsOwn()))
            .and()
            .areDeclaredInClassesThat()
            .areNotAssignableTo("org.apache.camel.Endpoint") // Camel sets a uri's options that way
            .should()
            .haveNameMatching("set[A-Z].*"));
  }

  @Test
  void there_is_no_static_state() {
    check(
        fields()
            .that()
            .areStatic()
            .and()
            .areDeclaredInClassesThat()
            .areNotAnonymousClasses()
            .should()
            .beFinal());
  }

  @Test
  void nothing_prints_but_the_banner_and_the_command_line() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.serai.cli..")
            .and()
            .doNotHaveSimpleName("Banner")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err"));
  }

  @Test
  void every_package_says_what_it_is_for() {
    Stream<String> packages =
        PRODUCT.stream()
            .map(type -> type.getPackageName())
            .distinct()
            .filter(n -> n.contains("serai."));
    assertThat(packages)
        .allSatisfy(
            name ->
                assertThat(Path.of("src/main/java", name.split("\\.")).resolve("package-info.java"))
                    .content()
                    .contains("@NullMarked"));
  }

  private static void check(ArchRule rule) {
    rule.check(PRODUCT);
    assertThat(rule.evaluate(BAD).hasViolation()).as("the rule sees a violation").isTrue();
  }

  /** A method that no supertype has asked for. */
  private static final class OfItsOwn extends DescribedPredicate<JavaMethod> {
    OfItsOwn() {
      super("of its own");
    }

    @Override
    public boolean test(JavaMethod method) {
      JavaClass owner = method.getOwner();
      return Stream.concat(
              owner.getAllRawSuperclasses().stream(), owner.getAllRawInterfaces().stream())
          .flatMap(type -> type.getMethods().stream())
          .noneMatch(other -> other.getName().equals(method.getName()));
    }
  }
}
