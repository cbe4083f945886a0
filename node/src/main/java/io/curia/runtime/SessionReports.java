package io.curia.runtime;

import io.curia.core.Event;
import io.curia.core.Farewell;
import io.curia.model.ClusterIdentity;
import io.curia.model.NodeId;
import io.curia.model.Observation;
import io.curia.store.NodeSession;
import io.curia.store.StoreException;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on what the session sees: to the loop as events, but for what cannot wait for it. */
final class SessionReports implements NodeSession.Observer {

    private static final Logger log = LoggerFactory.getLogger(SessionReports.class);

    private final NodeId node;
    private final Consumer<ClusterIdentity> cluster;
    private final Consumer<String> placeGone;
    private final Consumer<Event> post;
    private final Metering metering;

    SessionReports(NodeId node, Consumer<ClusterIdentity> cluster, Consumer<String> placeGone, Consumer<Event> post,
            Metering metering) {
        this.node = node;
        this.cluster = cluster;
        this.placeGone = placeGone;
        this.post = post;
        this.metering = metering;
    }

    @Override
    public void onCluster(ClusterIdentity identity) {
        cluster.accept(identity);
    }

    @Override
    public void onObservation(Observation observation) {
        post.accept(new Event.Observed(observation));
    }

    @Override
    public void onPlaceGone(String latchPath) {
        placeGone.accept(latchPath);
    }

    @Override
    public void onLook(Duration roundTrip) {
        metering.looked(roundTrip);
    }

    @Override
    public void onFailure(StoreException failure) {
        log.error("{}: {} {}", node, failure.kind(), failure.getMessage());
        post.accept(new Event.Failed(failure.kind() == StoreException.Kind.DENIED
                ? Farewell.Kind.DENIED : Farewell.Kind.FAILED, failure.getMessage()));
    }
}
