package io.curia.wire;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What a command line program loads to ask a node: neither Netty nor a logger nor Jackson's data binding. */
final class WirePackageTest {

    private static final JavaClasses WIRE =
            new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.curia.wire");

    @Test
    void messagesNeedNothingButTheModelAndJacksonsCore() {
        classes().that().resideInAPackage("io.curia.wire.message").should().onlyDependOnClassesThat(
                resideInAnyPackage("io.curia.wire.message", "io.curia.model", "com.fasterxml.jackson.core..", "java.."))
                .check(WIRE);
    }

    @Test
    void blockingClientNeedsNoNettyAndNoLogger() {
        classes().that().haveSimpleName("BlockingNodeClient").or().haveSimpleName("NoAnswerException")
                .or().haveSimpleName("AskTimeouts").or().haveSimpleName("LineBuffer")
                .or().haveSimpleName("MemoryBudget")
                .should().onlyDependOnClassesThat(not(resideInAnyPackage("io.netty..", "org.slf4j..")))
                .andShould().onlyDependOnClassesThat(resideInAnyPackage("io.curia.wire..", "io.curia.model", "java.."))
                .check(WIRE);
    }
}
