package io.curia.admin.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.NodeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whom a drill may lay hands on, and that it lets go of them as they were. */
class HandsTest {

    private static final Instant REGISTERED = Instant.parse("2026-01-31T12:00:00Z");

    private final FakeProcesses processes = new FakeProcesses();
    private final List<String> words = new ArrayList<>();

    private static Victim victim(String host) {
        return new Victim(NodeId.of("n1"), Incarnation.of(1, 1), new Endpoint("127.0.0.1", 8001), 42, host, REGISTERED,
                new Epoch(7));
    }

    private Hands bySignals(Fault fault) {
        return new Hands(fault, Optional.empty(), Optional.empty(), processes, words::add);
    }

    private Hands byCommands(String hurt, String right) {
        return new Hands(Fault.KILL, Optional.of(new CommandTemplate(hurt)), Optional.of(new CommandTemplate(right)),
                processes, words::add);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void takingHoldTouchesNothing(Fault fault) {
        processes.running(42);

        Hold hold = bySignals(fault).take(victim("here"));

        hold.putRight();
        assertThat(hold.isHurt()).isFalse();
        assertThat(processes.acts).isEmpty();
    }

    @Test
    void aKilledProcessIsStartedAsItWas() {
        processes.running(42);
        Hold hold = bySignals(Fault.KILL).take(victim("here"));

        hold.hurt();
        hold.putRight();

        assertThat(processes.acts).containsExactly("KILL 42", "start node --pid 42");
        assertThat(words).hasSize(1).allMatch(line -> line.contains("/output-of-n1"));
    }

    @Test
    void aFrozenProcessIsResumedOnce() {
        processes.running(42);
        Hold hold = bySignals(Fault.FREEZE).take(victim("here"));

        hold.hurt();
        hold.putRight();
        hold.putRight();

        assertThat(processes.acts).containsExactly("STOP 42", "CONT 42");
    }

    /** A signal may have been sent although its sending failed. */
    @Test
    void whatCouldNotBeHurtForSureIsPutRight() {
        processes.running(42).failingAt("STOP 42");
        Hold hold = bySignals(Fault.FREEZE).take(victim("here"));

        assertThatThrownBy(hold::hurt).isInstanceOf(DrillException.class);

        assertThat(hold.isHurt()).isTrue();
    }

    @Test
    void aProcessOfAnotherMachineIsNotTakenForOneOfThis() {
        processes.running(42).elsewhere("there");

        assertThatThrownBy(() -> bySignals(Fault.KILL).take(victim("there")))
                .hasMessageContainingAll("'there'", "--kill-command", "--start-command");
    }

    @Test
    void aProcessThatIsNotThereIsNotHurt() {
        assertThatThrownBy(() -> bySignals(Fault.KILL).take(victim("here"))).hasMessageContaining("no process 42");
    }

    /** The number has gone to another process since, or was never of this machine's. */
    @Test
    void aProcessYoungerThanTheRegistrationIsSomebodyElse() {
        processes.running(new LocalProcess(42, Optional.of(REGISTERED.plusSeconds(60)), true, Optional.empty()));

        assertThatThrownBy(() -> bySignals(Fault.FREEZE).take(victim("here"))).hasMessageContaining("younger");
    }

    @Test
    void aProcessOfAnotherUserIsLeftAlone() {
        processes.running(new LocalProcess(42, Optional.empty(), false, Optional.empty()));

        assertThatThrownBy(() -> bySignals(Fault.KILL).take(victim("here"))).hasMessageContaining("another user");
    }

    @Test
    void whatCannotBeStartedAgainIsNotKilledButMayBeFrozen() {
        processes.running(new LocalProcess(42, Optional.empty(), true, Optional.empty()));

        assertThatThrownBy(() -> bySignals(Fault.KILL).take(victim("here"))).hasMessageContaining("--start-command");
        assertThat(bySignals(Fault.FREEZE).take(victim("here")).isHurt()).isFalse();
    }

    @Test
    void commandsReachAnyMachineWithEverythingFilledIn() {
        processes.elsewhere("there");
        Hold hold = byCommands("ssh {host} kill {pid} # {id} {epoch} ${X}", "start {address}").take(victim("there"));

        hold.hurt();
        hold.putRight();

        assertThat(processes.acts).containsExactly("sh: ssh there kill 42 # n1 7 ${X}", "sh: start 127.0.0.1:8001");
    }

    /** A registration is written by the node: its words must not become the operator's commands. */
    @Test
    void wordsOfANodeDoNotReachTheShell() {
        assertThatThrownBy(() -> byCommands("ssh {host} reboot", ":").take(victim("x; rm -rf ~")))
                .isInstanceOf(DrillException.class).hasMessageContaining("{host} of n1");
        assertThatThrownBy(() -> byCommands("ssh {host} reboot", ":").take(victim("-oProxyCommand=x")))
                .isInstanceOf(DrillException.class);
        assertThat(byCommands("docker kill {id}", ":").take(victim("x; rm -rf ~"))).isNotNull();
    }
}
