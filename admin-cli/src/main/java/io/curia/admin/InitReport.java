package io.curia.admin;

import io.curia.document.Fields;
import io.curia.store.ClusterStore;
import java.util.List;
import java.util.Map;

/** Which cluster the tree belongs to, and whether it was made just now. */
final class InitReport implements Report {

    private final ClusterStore.Initialized initialized;

    InitReport(ClusterStore.Initialized initialized) {
        this.initialized = initialized;
    }

    @Override
    public String headline() {
        return "cluster " + initialized.cluster().name()
                + (initialized.created() ? " was made" : " exists already, nothing was changed");
    }

    @Override
    public Map<String, Object> document() {
        return Fields.document().add("cluster", initialized.cluster().name())
                .add("uuid", initialized.cluster().uuid())
                .add("since", Fields.timestamp(initialized.cluster().created()))
                .add("created", initialized.created()).build();
    }

    @Override
    public Table table(boolean wide) {
        return new Table(List.of("CLUSTER", "UUID", "SINCE")).row(List.of(
                Table.Cell.of(initialized.cluster().name()), Table.Cell.of(initialized.cluster().uuid()),
                Table.Cell.of(Age.exactly(initialized.cluster().created()))));
    }

    /** The uuid: the one name of a cluster that no other has. */
    @Override
    public List<String> names() {
        return List.of(initialized.cluster().uuid());
    }
}
