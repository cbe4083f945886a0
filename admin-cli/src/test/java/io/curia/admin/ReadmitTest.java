package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.RosterEntry;
import io.curia.store.StoreException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code readmit} does to the records and what it claims to have done. */
class ReadmitTest {

    private final Desk desk = Desk.ofThree();

    @Test
    void aReadmittedNodeMayComeBack() {
        desk.cluster.evict("n3", "bob", "");

        assertThat(desk.run("readmit", "n3", "--reason", "disk replaced")).as(desk.said()).isZero();

        RosterEntry entry = entry("n3");
        assertThat(entry.standing()).isEqualTo(RosterEntry.Standing.ADMITTED);
        assertThat(entry.actor()).isEqualTo("ann@desk");
        assertThat(entry.reason()).isEqualTo("disk replaced");
        assertThat(desk.said()).contains("readmitted n3");
        assertThat(desk.printed()).containsPattern("n3 +DOWN");
    }

    @Test
    void severalAreReadmittedAtOnce() {
        desk.cluster.evict("n2", "bob", "");
        desk.cluster.evict("n3", "bob", "");

        assertThat(desk.run("readmit", "n2", "n3")).isZero();

        assertThat(desk.said()).contains("readmitted n2, n3");
    }

    /** Nothing is remembered of a guest, so it is in no list once it is readmitted. */
    @Test
    void aReadmittedGuestIsDoneThoughItIsListedNoMore() {
        desk.cluster.join("12345", MemberKind.GUEST, Map.of());
        desk.cluster.evict("12345", "bob", "");

        assertThat(desk.run("readmit", "12345")).as(desk.said()).isZero();

        assertThat(desk.said()).contains("readmitted 12345");
    }

    @Test
    void whoIsNotEvictedIsLeftAlone() {
        assertThat(desk.run("readmit", "n3")).isZero();

        assertThat(desk.store.writes()).isZero();
        assertThat(desk.said()).contains("nothing was changed");
    }

    @Test
    void anUnknownIdChangesNothing() {
        desk.cluster.evict("n3", "bob", "");

        assertThat(desk.run("readmit", "n3", "n9")).isEqualTo(5);

        assertThat(desk.store.writes()).isZero();
        assertThat(desk.said()).contains("no such member: n9");
    }

    @Test
    void aConflictIsDecidedAgain() {
        desk.cluster.evict("n3", "bob", "");
        desk.store.beforeWrite(() -> desk.cluster.evict("n3", "carol", "again"));

        assertThat(desk.run("readmit", "n3")).as(desk.said()).isZero();

        assertThat(desk.store.writes()).isEqualTo(2);
    }

    @Test
    void endlessConflictsAreGivenUp() {
        desk.cluster.evict("n3", "bob", "");
        for (int i = 0; i < 100; i++) {
            desk.store.beforeWrite(ScriptedStore.failing(StoreException.Kind.CONFLICT));
        }

        assertThat(desk.run("readmit", "n3")).isEqualTo(7);
    }

    /** A node that was only waiting for this registers at once; its note in the record must not hide our own. */
    @Test
    void aLostAnswerIsResolvedEvenIfTheNodeIsBackAlready() {
        desk.cluster.evict("n3", "bob", "");
        desk.store.afterWrite(() -> {
            desk.cluster.join("n3");
            throw new StoreException(StoreException.Kind.UNKNOWN_RESULT, "laid in");
        });

        assertThat(desk.run("readmit", "n3")).as(desk.said()).isZero();

        assertThat(desk.store.writes()).isEqualTo(1);
        assertThat(desk.said()).contains("readmitted n3");
    }

    @Test
    void anotherEvictionMeanwhileIsSeen() {
        desk.cluster.evict("n3", "bob", "");
        desk.store.afterWrite(() -> desk.store.beforeRead(() -> { })
                .beforeRead(() -> desk.cluster.evict("n3", "carol", "")));

        assertThat(desk.run("readmit", "n3", "--timeout", "1s")).isEqualTo(8);

        assertThat(desk.said()).contains("evicted again by carol");
    }

    private RosterEntry entry(String id) {
        return desk.cluster.store().roster(NodeId.of(id)).orElseThrow();
    }
}
