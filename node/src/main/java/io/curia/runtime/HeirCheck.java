package io.curia.runtime;

import io.curia.core.Action;
import io.curia.core.Event;
import io.curia.core.Finding;
import io.curia.model.Member;
import io.curia.model.NodeId;
import io.curia.store.ClusterStore;
import io.curia.store.StoreException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks whoever is to follow this node as master whether it is there: one ping, at the address of its registration. */
final class HeirCheck {

    private static final Logger log = LoggerFactory.getLogger(HeirCheck.class);

    private final NodeId self;
    private final ClusterStore store;
    private final Sightings sightings;
    private final Executor chores;
    private final Consumer<Event> post;

    HeirCheck(NodeId self, ClusterStore store, Sightings sightings, Executor chores, Consumer<Event> post) {
        this.self = self;
        this.store = store;
        this.sightings = sightings;
        this.chores = chores;
        this.post = post;
    }

    /** Has it asked; returns at once. The answer is posted, also if none comes. */
    void ask(Action.AskHeir ask) {
        try {
            chores.execute(() -> look(ask));
        } catch (RejectedExecutionException e) {
            log.debug("{}: ending, nobody is asked any more", self);
        }
    }

    /** A view might still show an earlier registration, with an address of its own. */
    private void look(Action.AskHeir ask) {
        try {
            store.live(ask.heir()).ifPresentOrElse(heir -> look(ask, heir),
                    () -> answer(ask, Optional.of("is not registered")));
        } catch (StoreException e) {
            answer(ask, Optional.of("cannot be looked up: " + e.getMessage()));
        }
    }

    private void look(Action.AskHeir ask, Member heir) {
        sightings.look(heir, Optional.empty()).thenAccept(finding -> answer(ask, objection(finding, heir)));
    }

    private void answer(Action.AskHeir ask, Optional<String> objection) {
        objection.ifPresent(why -> log.debug("{}: {}, which is to follow, {}", self, ask.heir(), why));
        post.accept(new Event.HeirAnswered(ask.heir(), ask.issuedNanos(), objection));
    }

    private Optional<String> objection(Finding finding, Member heir) {
        return switch (finding) {
            case SAME -> Optional.empty();
            case SILENT, HUNG_UP -> Optional.of("does not answer at " + heir.address());
            case REFUSED -> Optional.of("has closed its port, " + heir.address());
            case UNREACHABLE -> Optional.of("cannot be reached at " + heir.address() + " from " + self);
            case NEWER, STRANGER -> Optional.of("is not who answers at " + heir.address());
        };
    }
}
