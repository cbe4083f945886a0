package io.curia.admin;

import io.curia.model.Pause;
import io.curia.model.Switchover;
import java.time.Instant;
import java.util.Optional;

/** What operators want of the mastership, in words. */
final class WishWords {

    private WishWords() {
    }

    /** Returns what a headline adds: what is wanted just now, by whom and why, counted down. */
    static String headline(Optional<Pause> pause, Optional<Switchover> switchover, Instant now) {
        return pause.map(asked -> ", PAUSED " + left(asked, now)).orElse("")
                + switchover.map(wish -> ", " + of(wish, now) + why(wish.reason())).orElse("");
    }

    /** Returns for how long and why the cluster is paused. */
    static String left(Pause pause, Instant now) {
        return "for " + Age.of(now, pause.until()) + " more by " + pause.actor() + why(pause.reason());
    }

    private static String why(String reason) {
        return reason.isEmpty() ? "" : ": " + reason;
    }

    /** Returns what was asked for and by whom. */
    static String of(Switchover wish, Instant now) {
        return "switchover" + wish.target().map(id -> " to " + id).orElse(" from " + wish.from())
                + (now.isBefore(wish.notBefore()) ? " at " + Age.exactly(wish.notBefore()) : "")
                + " asked for by " + wish.actor();
    }
}
