package io.curia.zookeeper;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One ZooKeeper server as it was found when it was asked without a session.
 *
 * @param address where clients connect, {@code host:port}
 * @param state what it does
 * @param version its software's version, if it said so
 * @param settings what it said of its configuration; empty if it may not be asked for it
 * @param detail what happened, for a person
 */
public record ServerSight(String address, State state, Optional<String> version, Map<String, String> settings,
        String detail) {

    /** What can be known of a server from outside. */
    public enum State {
        /** It serves, alone. */
        STANDALONE(true),
        /** It serves, and orders the ensemble's writes. */
        LEADER(true),
        /** It serves, and follows the leader. */
        FOLLOWER(true),
        /** It serves, and has no vote. */
        OBSERVER(true),
        /** It runs and serves nobody: it starts, or is out of touch with a quorum. */
        NOT_SERVING(false),
        /** It accepts connections and does not say what it does: it may not be asked, or speaks TLS. */
        MUTE(true),
        /** It accepts connections and says nothing at all. */
        SILENT(false),
        /** Its host says that nobody listens there. */
        REFUSED(false),
        /** No connection, no way to its host, or no such host. */
        UNREACHABLE(false);

        private final boolean serves;

        State(boolean serves) {
            this.serves = serves;
        }

        /** Returns whether clients are served, as far as one can see. */
        public boolean serves() {
            return serves;
        }
    }

    public ServerSight {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(version, "version");
        settings = Map.copyOf(settings);
        Objects.requireNonNull(detail, "detail");
    }

    /** Returns one of its settings, if it said so. */
    public Optional<String> setting(String name) {
        return Optional.ofNullable(settings.get(name));
    }
}
