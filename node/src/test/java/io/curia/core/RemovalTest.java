package io.curia.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In which roles a node removes who was found dead; what it remembers of them is in {@link ObituariesTest}. */
class RemovalTest {

    private static final Obituary DEAD = obituary(Sight.OTHER);
    private static final Event FOUND = new Event.DeathVerified(DEAD);

    private static Obituary obituary(NodeId id) {
        return new Obituary(id, Sight.STRANGER, true, true, "refused", Stage.START_NANOS, Sight.NOON);
    }

    private static void assertRemoves(Stage stage, Role role) {
        assertThat(stage.role()).isEqualTo(role);
        assertThat(stage.only(Action.Remove.class).dead()).isEqualTo(List.of(DEAD));
    }

    private static void assertKeepsStill(Stage stage, Role role) {
        assertThat(stage.role()).isEqualTo(role);
        assertThat(stage.all(Action.Remove.class)).isEmpty();
    }

    @Test
    void standbyRemovesTheDead() {
        assertRemoves(Stage.standby().tell(FOUND), Role.STANDBY);
    }

    @Test
    void observerRemovesTheDead() {
        Stage stage = new Stage(MemberKind.OBSERVER, false, false).see(Sight.connected());
        stage.see(Sight.connected().admitted(1).live(stage.incarnation(), true));

        assertRemoves(stage.tell(FOUND), Role.STANDBY);
    }

    @Test
    void electedNodeRemovesTheDead() {
        assertRemoves(Stage.elected().tell(FOUND), Role.ELECTED);
    }

    @Test
    void masterRemovesTheDead() {
        assertRemoves(Stage.master().settle().tell(FOUND), Role.MASTER);
    }

    @Test
    void joiningNodeRemovesNobody() {
        assertKeepsStill(Stage.joining().tell(FOUND), Role.JOINING);
    }

    @Test
    void yieldingNodeRemovesNobody() {
        assertKeepsStill(Stage.yielding(new Event.StopRequested("maintenance")).tell(FOUND), Role.YIELDING);
    }

    @Test
    void leavingNodeRemovesNobody() {
        assertKeepsStill(Stage.standby().tell(new Event.StopRequested("maintenance")).tell(FOUND), Role.LEAVING);
    }

    @Test
    void disconnectedStandbyRemovesNobody() {
        Stage stage = Stage.standby();
        stage.see(Sight.registered(stage.incarnation()).disconnected());

        assertKeepsStill(stage.tell(FOUND), Role.STANDBY);
    }

    @Test
    void nodeThatWaitsForSessionsRemovesNobody() {
        assertKeepsStill(Stage.patientStandby().tell(FOUND), Role.STANDBY);
    }

    @Test
    void nobodyRemovesItself() {
        assertKeepsStill(Stage.master().tell(new Event.DeathVerified(obituary(Sight.SELF))), Role.MASTER);
    }
}
