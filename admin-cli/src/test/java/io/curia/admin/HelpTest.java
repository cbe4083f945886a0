package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program says of itself, and how options find their values. */
class HelpTest {

    private final Desk desk = Desk.ofThree();

    @Test
    void helpNamesEveryVerbAndExitCode() {
        assertThat(desk.run("--help")).isZero();

        assertThat(desk.printed()).contains("members", "master", "evict", "readmit", "evictions", "switchover",
                "step-down", "pause", "resume", "drill", "init",
                "completion",
                "CURIA_ZOOKEEPER", "NO_COLOR", "130", "no master now", "Examples:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"members", "master", "evict", "readmit", "evictions", "events", "history", "why", "forget",
        "can-stop", "doctor", "drain", "undrain",
        "switchover", "step-down", "pause", "resume", "drill", "init"})
    void everyVerbExplainsItself(String verb) throws IOException {
        assertThat(desk.run(verb, "--help")).isZero();

        assertThat(desk.printed()).contains("Examples:", "[CURIA_OUTPUT]", "[CURIA_ZOOKEEPER]", "[CURIA_CLUSTER]");
        Golden.assertPrints("help-" + verb + ".txt", desk.printed());
    }

    @Test
    void theVerbThatNeedsNoClusterExplainsItselfToo() throws IOException {
        assertThat(desk.run("context", "--help")).isZero();
        Golden.assertPrints("help-context.txt", desk.printed());
    }

    @Test
    void helpOfAVerbIsTheSameEitherWay() {
        desk.run("help", "evict");
        Desk other = Desk.ofThree();
        other.run("evict", "-h");

        assertThat(desk.printed()).isNotEmpty().isEqualTo(other.printed());
    }

    @Test
    void theVersionIsPrinted() {
        assertThat(desk.run("--version")).isZero();

        assertThat(desk.printed()).startsWith("admin-cli ").hasLineCount(1);
    }

    @Test
    void aMisspeltVerbIsRecognised() {
        assertThat(desk.run("member")).isEqualTo(2);

        assertThat(desk.said()).contains("Did you mean", "members");
    }

    @Test
    void theEnvironmentStandsForOptions() {
        desk.environment.put("CURIA_ZOOKEEPER", "zk1:2181/apps");
        desk.environment.put("CURIA_CLUSTER", "orders");
        desk.environment.put("CURIA_OUTPUT", "name");
        desk.environment.put("CURIA_CONNECT_TIMEOUT", "7s");

        assertThat(desk.run("members")).as(desk.said()).isZero();

        assertThat(desk.printed()).isEqualTo("n1\nn2\nn3\n");
        assertThat(desk.opened.orElseThrow().connect()).isEqualTo("zk1:2181/apps");
        assertThat(desk.opened.orElseThrow().cluster()).isEqualTo("orders");
        assertThat(desk.opened.orElseThrow().connectTimeout()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void theCommandLineOverridesTheEnvironment() {
        desk.environment.put("CURIA_CLUSTER", "orders");

        desk.run("members", "--cluster", "billing");

        assertThat(desk.opened.orElseThrow().cluster()).isEqualTo("billing");
    }

    @Test
    void optionsMayStandInAFile(@TempDir Path directory) throws IOException {
        Path options = Files.writeString(directory.resolve("options"), "members\n--cluster=orders\n-o name\n");

        assertThat(desk.run("@" + options)).as(desk.said()).isZero();

        assertThat(desk.printed()).isEqualTo("n1\nn2\nn3\n");
        assertThat(desk.opened.orElseThrow().cluster()).isEqualTo("orders");
    }

    @Test
    void consentIsNeverTakenFromTheEnvironment() {
        desk.environment.put("CURIA_YES", "true");
        desk.environment.put("CURIA_FORCE", "true");
        desk.environment.put("CURIA_IF_EPOCH", "99");
        desk.environment.put("CURIA_DRY_RUN", "true");

        assertThat(desk.run("evict", "n3")).isEqualTo(7);
        assertThat(desk.said()).contains("add --yes");
        Desk help = Desk.ofThree();
        help.run("evict", "--help");
        assertThat(help.printed()).contains("CURIA_BAN").doesNotContain("CURIA_YES", "CURIA_FORCE", "CURIA_DRY_RUN");
    }

    @Test
    void optionsBeforeTheVerbAreToldWhereTheyBelong(@TempDir Path directory) throws IOException {
        Path options = Files.writeString(directory.resolve("options"), "--cluster=orders\n");

        assertThat(desk.run("@" + options, "members")).isEqualTo(2);
        assertThat(desk.said()).contains("the verb comes first", "admin-cli members @" + options);
        Desk other = Desk.ofThree();
        assertThat(other.run("--cluster", "orders", "members")).isEqualTo(2);
        assertThat(other.said()).contains("the verb comes first");
    }

    @Test
    void theActorIsWhoeverIsLoggedIn() {
        desk.environment.put("USER", "bob");
        desk.environment.put("HOSTNAME", "ops7");
        desk.run("evict", "n3", "--yes");

        assertThat(desk.printed()).contains("by bob@ops7");
    }

    @ParameterizedTest
    @CsvSource({"bash,#!/usr/bin/env bash", "zsh,#compdef admin-cli"})
    void completionKnowsEveryVerb(String shell, String begin) {
        assertThat(desk.run("completion", shell)).isZero();

        assertThat(desk.printed()).startsWith(begin).contains("evictions", "--if-epoch", "readmit");
    }

    @Test
    void zshIsToldWhatVerbsAndOptionsAreForAndWhereIdsComeFrom() {
        desk.run("completion", "zsh");

        assertThat(desk.printed()).contains("'members:List the members'",
                "'(-o --output)'{-o,--output}'[Output]:FORMAT:", "(table wide json yaml name)",
                "'*:ID:_admin-cli_ids'", "'1:what:(add list remove show use)'");
    }

    /** What is typed is completed to what is understood. */
    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void faultsAreCompletedByTheNamesThatTheDrillUnderstands(String shell) {
        desk.run("completion", shell);

        assertThat(desk.printed()).contains("kill-master", "restart-master").doesNotContain("RESTART");
    }

    @Test
    void aManualPageSaysWhatTheHelpSays() {
        assertThat(desk.run("man", "evict")).isZero();

        assertThat(desk.printed()).startsWith(".TH \"ADMIN\\-CLI\\-EVICT\" 1").contains(".SH NAME", ".SH OPTIONS",
                "\\fB\\-\\-ban\\fR \\fITIME\\fR", "Also in CURIA_BAN.", "admin\\-cli evict n3 \\-\\-ban 1h");
        assertThat(desk.printed()).doesNotContain("${", "%n", "CURIA_YES");
    }

    @Test
    void everyVerbHasItsPage(@TempDir Path directory) throws IOException {
        assertThat(desk.run("man", "--directory", directory.toString())).isZero();

        try (var pages = Files.list(directory)) {
            assertThat(pages.map(page -> page.getFileName().toString())).contains("admin-cli.1", "admin-cli-members.1",
                    "admin-cli-can-stop.1", "admin-cli-doctor.1", "admin-cli-context.1");
        }
        Desk other = Desk.ofThree();
        assertThat(other.run("man", "nonsense")).isEqualTo(2);
    }
}
