package io.curia.admin;

import io.curia.document.Fields;
import io.curia.model.Endpoint;
import io.curia.model.NodeId;
import java.time.Instant;
import java.util.Map;

/**
 * Which node a report comes from, if it does not come from ZooKeeper.
 *
 * @param id the node
 * @param address where it answered
 * @param asOf when it read what it told, by its own wall clock
 * @param stale whether it has lost ZooKeeper, so that what it told may have changed since
 */
record Provenance(NodeId id, Endpoint address, Instant asOf, boolean stale) {

    /** Returns what a headline adds. */
    String words(Instant now) {
        String when = Age.of(asOf, now) + " ago";
        return stale ? "; STALE: " + id + " has lost ZooKeeper, it read this " + when
                : "; as " + id + " read it " + when;
    }

    /** Returns the fields that a document adds. */
    Map<String, Object> fields() {
        return new Fields().add("id", id.value()).add("address", address.toString())
                .add("asOf", Fields.timestamp(asOf)).add("stale", stale).build();
    }
}
