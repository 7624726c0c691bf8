package dev.backstop.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import dev.backstop.rules.WindowBook;
import org.junit.jupiter.api.Test;

/** The arrows between the modules, seen from the one that knows all of them but cdk. */
final class ArchitectureTest {
    private static final String SDK = "software.amazon.awssdk..";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.backstop");

    @Test
    void coreDependsOnNoOtherModule() {
        noClasses()
                .that()
                .resideInAPackage("dev.backstop.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.backstop.rules..",
                        "dev.backstop.remediations..",
                        "dev.backstop.functions..",
                        "dev.backstop.cdk..",
                        "dev.backstop.cli..")
                .check(CLASSES);
    }

    @Test
    void rulesAndRemediationsDependOnCoreAlone() {
        none("dev.backstop.rules..", "dev.backstop.remediations..", "dev.backstop.functions..", "dev.backstop.cli..");
        none("dev.backstop.remediations..", "dev.backstop.rules..", "dev.backstop.functions..", "dev.backstop.cli..");
    }

    /** What EventBridge matched is matched; only what counts in windows, which EventBridge does not know, is asked here. */
    @Test
    void functionsHaveNoMatcherOfTheirOwn() {
        none("dev.backstop.functions..", "dev.backstop.cli..", "dev.backstop.cdk..");
        noClasses()
                .that()
                .resideInAPackage("dev.backstop.functions..")
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("dev.backstop.rules..")
                        .and(DescribedPredicate.not(JavaClass.Predicates.type(WindowBook.class))))
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.backstop.functions..")
                .and()
                .doNotHaveSimpleName("WindowWatch")
                .and()
                .doNotHaveSimpleName("Deployed")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.backstop.rules..")
                .check(CLASSES);
    }

    @Test
    void theSdkIsUsedByItsAdaptersAlone() {
        none("dev.backstop.core..", SDK);
        none("dev.backstop.rules..", SDK);
        none("dev.backstop.remediations..", SDK);
        none("dev.backstop.functions.line..", SDK);
        none("dev.backstop.cli.input..", SDK);
    }

    @Test
    void nothingButTheDemoKnowsTheDemo() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.backstop.cli.demo..")
                .and()
                .haveNameNotMatching("dev\\.backstop\\.cli\\.(Backstop|Training)")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.backstop.cli.demo..")
                .check(CLASSES);
    }

    @Test
    void theStreamsOfTheProcessBelongToMainAndAFunctionsToItsLog() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Main.class.getName())
                .and()
                .doNotHaveFullyQualifiedName("dev.backstop.functions.handler.LogLine")
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .check(CLASSES);
    }

    private static void none(String from, String... to) {
        noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(to)
                .check(CLASSES);
    }
}
