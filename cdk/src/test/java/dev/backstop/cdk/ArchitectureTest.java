package dev.backstop.cdk;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows of the stacks' module: it stands on top, and describes what is deployed without calling it. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.backstop");

    @Test
    void nothingDependsOnTheStacks() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.backstop.cdk..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.backstop.cdk..")
                .check(CLASSES);
    }

    @Test
    void theStacksNeitherCallAwsNorKnowTheCommand() {
        noClasses()
                .that()
                .resideInAPackage("dev.backstop.cdk..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("software.amazon.awssdk..", "dev.backstop.cli..")
                .check(CLASSES);
    }
}
