package io.curia.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows between packages. A wish would be a comment; this fails the build. */
class LayeringTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.curia");

    private static final DescribedPredicate<JavaClass> OF_OURS = resideInAPackage("io.curia..");

    private static void onlyMayUse(String layer, String... others) {
        String[] allowed = new String[others.length + 1];
        allowed[0] = "io.curia." + layer + "..";
        for (int i = 0; i < others.length; i++) {
            allowed[i + 1] = "io.curia." + others[i] + "..";
        }
        classes().that().resideInAPackage("io.curia." + layer + "..")
                .should().onlyDependOnClassesThat(resideInAnyPackage(allowed).or(DescribedPredicate.not(OF_OURS)))
                .check(OURS);
    }

    @Test
    void theModelUsesNothingOfOurs() {
        onlyMayUse("model");
    }

    @Test
    void theCoreUsesTheModelOnly() {
        onlyMayUse("core", "model");
    }

    @Test
    void theStoreUsesTheModelOnly() {
        onlyMayUse("store", "model");
    }

    @Test
    void zooKeeperImplementsTheStore() {
        onlyMayUse("zookeeper", "store", "lock", "model");
    }

    @Test
    void aLockKnowsNothingOfOurs() {
        onlyMayUse("lock");
    }

    @Test
    void aPortKnowsNoProtocol() {
        onlyMayUse("port", "model");
    }

    @Test
    void theWireStandsOnAPort() {
        onlyMayUse("wire", "port", "model");
    }

    @Test
    void theCommandLinesWordsKnowOnlyWhereZooKeeperIs() {
        onlyMayUse("cli", "zookeeper", "model");
    }

    @Test
    void healthKnowsNothingOfNodes() {
        onlyMayUse("health");
    }

    @Test
    void theLibraryKnowsNoCommandLine() {
        onlyMayUse("runtime", "core", "store", "zookeeper", "wire", "port", "health", "lock", "model");
    }

    @Test
    void metricsLookAtANodeFromOutside() {
        onlyMayUse("metrics", "runtime", "wire", "model");
    }

    @Test
    void theLogKnowsNothingOfNodes() {
        onlyMayUse("logging");
    }

    @Test
    void micrometerStaysWithTheMetrics() {
        noClasses().that().resideOutsideOfPackage("io.curia.metrics..")
                .should().dependOnClassesThat().resideInAnyPackage("io.micrometer..", "io.prometheus..")
                .check(OURS);
    }

    @Test
    void theLoggingBackEndIsTheProgramsOwn() {
        noClasses().that().resideOutsideOfPackage("io.curia.logging..")
                .should().dependOnClassesThat().resideInAnyPackage("ch.qos.logback..")
                .check(OURS);
        noClasses().that().resideOutsideOfPackages("io.curia.process..", "io.curia.logging..")
                .should().dependOnClassesThat().resideInAPackage("io.curia.logging..")
                .check(OURS);
    }

    @Test
    void whatRunsACommandIsBuiltOnThePublicNode() {
        onlyMayUse("singleton", "runtime", "core", "lock", "model");
    }

    @Test
    void hooksAreBuiltOnThePublicNode() {
        onlyMayUse("hooks", "runtime", "core", "health", "model");
    }

    @Test
    void curatorAndZooKeeperStayInTheirPackage() {
        noClasses().that().resideOutsideOfPackage("io.curia.zookeeper..")
                .should().dependOnClassesThat().resideInAnyPackage("org.apache..")
                .check(OURS);
    }

    @Test
    void documentsSayWhatTheModelIs() {
        onlyMayUse("document", "model");
    }

    @Test
    void httpShowsANodeFromOutside() {
        onlyMayUse("http", "runtime", "store", "wire", "port", "document", "model");
    }

    @Test
    void nettyStaysWithThePortsAndTheirProtocols() {
        noClasses().that().resideOutsideOfPackages("io.curia.port..", "io.curia.wire..", "io.curia.http..")
                .should().dependOnClassesThat().resideInAnyPackage("io.netty..")
                .check(OURS);
    }

    @Test
    void theCoreKnowsNoClockThreadLoggerOrChance() {
        noClasses().that().resideInAPackage("io.curia.core..")
                .should().dependOnClassesThat().resideInAnyPackage("java.util.concurrent..", "org.slf4j..", "java.io..",
                        "java.net..", "java.nio..", "com.fasterxml..")
                .orShould().dependOnClassesThat().haveFullyQualifiedName("java.util.Random")
                .orShould().dependOnClassesThat().haveFullyQualifiedName("java.time.Clock")
                .orShould().dependOnClassesThat().haveFullyQualifiedName("java.lang.Thread")
                .orShould().callMethod(System.class, "nanoTime")
                .orShould().callMethod(System.class, "currentTimeMillis")
                .orShould().callMethod(java.time.Instant.class, "now")
                .check(OURS);
    }

    @Test
    void onlyProgramsTouchTheProcess() {
        noClasses().that().resideOutsideOfPackages("io.curia.process..", "io.curia.zookeeper.server..")
                .should().callMethod(System.class, "exit", int.class)
                .orShould().callMethod(System.class, "setProperty", String.class, String.class)
                .orShould().callMethod(System.class, "getenv")
                .orShould().callMethod(System.class, "getenv", String.class)
                .orShould().callMethod(Runtime.class, "halt", int.class)
                .orShould().callMethod(Runtime.class, "addShutdownHook", Thread.class)
                .check(OURS);
    }

    @Test
    void nobodyLeansOnThePublicApisOfOthersForItsOwn() {
        noMethods().that().areDeclaredInClassesThat().resideInAnyPackage("io.curia.runtime..", "io.curia.http..")
                .and().arePublic()
                .and().areDeclaredInClassesThat().arePublic()
                .should().haveRawReturnType(resideInAnyPackage("org.apache..", "io.netty..", "com.fasterxml.."))
                .orShould().haveRawParameterTypes(DescribedPredicate.describe("types of a library",
                        types -> types.stream().anyMatch(resideInAnyPackage("org.apache..", "io.netty..",
                                "com.fasterxml.."))))
                .check(OURS);
    }
}
