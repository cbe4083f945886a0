package io.curia.admin.story;

import io.curia.admin.story.LostSession.Finding;
import io.curia.document.Reign;
import io.curia.model.Cause;
import io.curia.model.ClusterEvent;
import io.curia.model.Epoch;
import io.curia.model.EventType;
import io.curia.model.Happening;
import io.curia.model.NodeId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out why a mastership began: what ended the one before it, from the history and from what nodes say they saw.
 * Pure: the same records give the same story.
 */
public final class Inquiry {

    /** How many nodes are worth asking. */
    public static final int MAX_WITNESSES = 8;

    private final List<ClusterEvent> events;
    private final Reign reign;
    private final Optional<Reign> before;
    private final ClusterEvent elected;

    private Inquiry(List<ClusterEvent> events, Reign reign, Optional<Reign> before) {
        this.events = List.copyOf(events);
        this.reign = reign;
        this.before = before;
        this.elected = reign.elected().orElseThrow();
    }

    /** Returns the inquiry into this epoch, or the last one; empty if its beginning is not remembered. */
    public static Optional<Inquiry> into(Optional<Epoch> epoch, List<ClusterEvent> events) {
        List<Reign> reigns = Reign.of(events).stream().filter(reign -> reign.elected().isPresent()
                || reign.lost().isPresent()).toList();
        for (int i = reigns.size() - 1; i >= 0; i--) {
            Reign reign = reigns.get(i);
            if (reign.elected().isPresent() && epoch.map(reign.epoch()::equals).orElse(true)) {
                return Optional.of(new Inquiry(events, reign, i == 0 ? Optional.empty()
                        : Optional.of(reigns.get(i - 1))));
            }
        }
        return Optional.empty();
    }

    /** Returns whom to ask: the old master, the new one, whoever ended the old one, and some who were there. */
    public Set<NodeId> wanted(Collection<NodeId> alive) {
        Set<NodeId> wanted = new LinkedHashSet<>();
        before.map(Reign::id).ifPresent(wanted::add);
        wanted.add(reign.id());
        before.flatMap(Reign::lost).map(lost -> lost.what().actor()).flatMap(actor -> alive.stream()
                .filter(id -> id.value().equals(actor)).findFirst()).ifPresent(wanted::add);
        alive.stream().sorted().limit(MAX_WITNESSES - wanted.size()).forEach(wanted::add);
        return wanted;
    }

    /** Returns the story, as far as these witnesses help to tell it. */
    public Story story(Collection<Witness> witnesses) {
        Clocks clocks = Clocks.of(elected, witnesses);
        Finding finding = before.map(old -> ended(old, witnesses, clocks))
                .orElseGet(() -> begun(elected.what()));
        return new Story(reign.epoch(), reign.id(), before, finding.culprit(), finding.sentence(),
                new Timeline(events, before, elected, clocks).of(witnesses),
                witnesses.stream().filter(witness -> witness.answer() != Witness.Answer.TOLD)
                        .map(witness -> witness.id() + " " + witness.answer().words()).toList());
    }

    private Finding begun(Happening what) {
        return what.cause().filter(cause -> cause == Cause.FIRST).isPresent()
                ? new Finding(Culprit.FIRST, what.id().map(NodeId::value).orElse("") + " became the first master: "
                        + "there had been none")
                : new Finding(Culprit.UNKNOWN, "the mastership before epoch " + reign.epoch()
                        + " is not remembered any more; it ended by "
                        + what.cause().map(Enum::name).orElse("an unknown cause"));
    }

    private Finding ended(Reign old, Collection<Witness> witnesses, Clocks clocks) {
        String name = old.id() + ", master of epoch " + old.epoch() + ",";
        Happening lost = old.lost().map(ClusterEvent::what).orElse(elected.what());
        String reason = lost.reason();
        String by = lost.actor().isEmpty() ? "" : " by " + lost.actor();
        String why = reason.isEmpty() ? "" : ": " + reason;
        Optional<Witness> witness = Clocks.find(old.id(), witnesses);
        LostSession session = new LostSession(old, elected.time(), clocks);
        return switch (lost.cause().orElse(Cause.STEP_DOWN)) {
            case FIRST -> begun(elected.what());
            case CRASH -> crashed(name, by + why, witness.filter(one -> lives(one, old, clocks)).isPresent());
            case SESSION_EXPIRED -> session.explain(witness);
            case SWITCHOVER -> new Finding(Culprit.SWITCHOVER, name + " handed mastership over, asked" + by + why);
            case LEFT -> new Finding(Culprit.LEFT, name + " left in order" + why(leaving(old), reason));
            case EVICTED -> new Finding(Culprit.EVICTED, name + " was evicted" + by + why);
            case STEP_DOWN -> steppedDown(name, reason, by, session, witness);
        };
    }

    private static Finding crashed(String name, String how, boolean lives) {
        if (lives) {
            return new Finding(Culprit.MISTAKEN, name + " was taken for dead" + how + "; but its process lives");
        }
        return how.contains("UNREACHABLE")
                ? new Finding(Culprit.HOST_LOST, name + " could not be reached any more, and was taken for gone" + how)
                : new Finding(Culprit.KILLED, name + " died: its process was gone, noticed" + how);
    }

    private static boolean lives(Witness witness, Reign old, Clocks clocks) {
        return witness.journal().filter(account -> old.until()
                .map(end -> clocks.reckoned(account.begun(), account).isBefore(end)).orElse(false)).isPresent();
    }

    private Optional<String> leaving(Reign old) {
        return old.lost().flatMap(lost -> events.stream()
                .filter(event -> event.type() == EventType.LEFT && event.zxid() == lost.zxid())
                .map(event -> event.what().reason()).findFirst());
    }

    private static String why(Optional<String> first, String second) {
        String why = first.filter(text -> !text.isEmpty()).orElse(second);
        return why.isEmpty() ? "" : ": " + why;
    }

    /** Its reasons are the node's own words, which its code and this share. */
    private static Finding steppedDown(String name, String reason, String by, LostSession session,
            Optional<Witness> witness) {
        Optional<Finding> byHand = session.byHand(reason);
        if (byHand.isPresent()) {
            // A registration also goes with the session that holds it.
            Finding lost = session.explain(witness);
            return byHand.get().culprit() == Culprit.PLACE_REMOVED || lost.culprit() == Culprit.UNKNOWN
                    ? byHand.get() : lost;
        }
        if (reason.contains("clock guard")) {
            return session.explain(witness);
        }
        if (reason.contains("listener")) {
            return new Finding(Culprit.LISTENER_FAILED, name + " gave up, because the application failed: " + reason);
        }
        return new Finding(Culprit.STEP_DOWN, name + " gave up mastership" + by
                + (reason.isEmpty() ? "" : ": " + reason));
    }
}
