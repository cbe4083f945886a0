package io.curia.admin;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the CLI may lean on. */
class LayeringTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.curia.admin");

    @Test
    void theCliKnowsRecordsAndClientsAndNoNode() {
        classes().should().onlyDependOnClassesThat(resideInAnyPackage("io.curia.admin..", "io.curia.store..",
                "io.curia.model..", "io.curia.document..", "io.curia.cli..", "io.curia.zookeeper..",
                "io.curia.wire..")
                .or(DescribedPredicate.not(resideInAPackage("io.curia..")))).check(OURS);
    }

    @Test
    void noCommandTouchesZooKeeperOrNettyItself() {
        noClasses().should().dependOnClassesThat().resideInAnyPackage("org.apache..", "io.netty..").check(OURS);
    }

    @Test
    void onlyMainsTouchTheProcess() {
        noClasses().that().doNotHaveSimpleName("AdminMain").and().doNotHaveSimpleName("ClassArchiveTraining")
                .should().callMethod(System.class, "exit", int.class)
                .orShould().callMethod(System.class, "setProperty", String.class, String.class)
                .orShould().callMethod(System.class, "getenv")
                .orShould().callMethod(System.class, "getenv", String.class)
                .check(OURS);
    }
}
