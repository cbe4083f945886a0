package io.curia.admin.story;

import io.curia.document.Reign;
import io.curia.model.Epoch;
import io.curia.model.NodeId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Why there was a change of master.
 *
 * @param epoch the mastership that began
 * @param id whose it is
 * @param before the mastership that had ended; empty if there was none
 * @param culprit what brought it about
 * @param sentence the same in one sentence
 * @param timeline what happened in which order, by the clock of the ensemble as far as it could be reckoned
 * @param silent whom one would have liked to hear, and why that was not to be
 */
public record Story(Epoch epoch, NodeId id, Optional<Reign> before, Culprit culprit, String sentence,
        List<Line> timeline, List<String> silent) {

    public Story {
        timeline = List.copyOf(timeline);
        silent = List.copyOf(silent);
    }

    /**
     * One thing that happened.
     *
     * @param time when
     * @param source who says so: a node, or {@code zookeeper}
     * @param kind what it is called there
     * @param words in words
     */
    public record Line(Instant time, String source, String kind, String words) {
    }
}
