package io.curia.wire.message;

import io.curia.model.CandidacyNotes;
import io.curia.model.Cause;
import io.curia.model.Drain;
import io.curia.model.Epoch;
import io.curia.model.Illness;
import io.curia.model.NodeId;
import io.curia.model.Pause;
import io.curia.model.Penalty;
import io.curia.model.Switchover;
import io.curia.model.Veto;
import java.time.Duration;
import java.util.Optional;

/** What operators and nodes want of the mastership, to and from JSON. */
final class WishText {

    private WishText() {}

    /** Adds both wishes, null where there is none. */
    static JsonObject put(JsonObject json, Wishes wishes) {
        return json.put("pause", wishes.pause().map(WishText::json).orElse(null))
                .put("switchover", wishes.switchover().map(WishText::json).orElse(null));
    }

    static Wishes wishes(JsonObject json) {
        return new Wishes(json.optionalObject("pause").map(pause -> new Pause(pause.instant("until"),
                pause.text("actor"), pause.text("reason"), pause.instant("at"))),
                json.optionalObject("switchover").map(WishText::switchover));
    }

    private static JsonObject json(Pause pause) {
        return new JsonObject()
                .put("until", Timestamps.text(pause.until()))
                .putWords("actor", pause.actor())
                .putWords("reason", pause.reason())
                .put("at", Timestamps.text(pause.at()));
    }

    private static JsonObject json(Switchover wish) {
        return new JsonObject()
                .put("id", wish.id())
                .put("from", wish.from().value())
                .put("fromEpoch", wish.fromEpoch().number())
                .putText("to", wish.target())
                .put("cause", wish.cause().name())
                .put("forced", wish.forced())
                .put("notBefore", Timestamps.text(wish.notBefore()))
                .put("deadline", Timestamps.text(wish.deadline()))
                .put("cooldownMillis", wish.cooldown().toMillis())
                .putWords("actor", wish.actor())
                .putWords("reason", wish.reason())
                .put("at", Timestamps.text(wish.at()));
    }

    private static Switchover switchover(JsonObject json) {
        try {
            return new Switchover(json.text("id"), json.value("from", NodeId::of),
                    new Epoch(json.number("fromEpoch")), json.optionalValue("to", NodeId::of),
                    json.constant("cause", Cause.class), json.flag("forced"), json.instant("notBefore"),
                    json.instant("deadline"), Duration.ofMillis(json.number("cooldownMillis")), json.text("actor"),
                    json.text("reason"), json.instant("at"), Optional.empty());
        } catch (IllegalArgumentException e) {
            throw json.invalid("fromEpoch", e);
        }
    }

    /** Adds the notes there are; most members have none, and a list of a thousand is to stay short. */
    static JsonObject put(JsonObject json, CandidacyNotes notes) {
        notes.drain().ifPresent(drain -> json.put("drain", new JsonObject()
                .putWords("actor", drain.actor())
                .putWords("reason", drain.reason())
                .put("at", Timestamps.text(drain.at()))));
        notes.illness().ifPresent(illness -> json.put("illness", new JsonObject()
                .putWords("reason", illness.reason())
                .put("at", Timestamps.text(illness.at()))));
        notes.penalty().ifPresent(penalty -> json.put("penalty", new JsonObject()
                .put("strikes", penalty.strikes())
                .put("epoch", penalty.epoch().number())
                .putWords("reason", penalty.reason())
                .put("at", Timestamps.text(penalty.at()))
                .put("until", Timestamps.text(penalty.until()))));
        notes.veto().ifPresent(veto -> json.put("veto", new JsonObject()
                .putWords("reason", veto.reason())
                .put("at", Timestamps.text(veto.at()))
                .put("until", Timestamps.text(veto.until()))));
        return json;
    }

    static CandidacyNotes notes(JsonObject json) {
        return new CandidacyNotes(
                json.optionalObject("drain").map(drain ->
                        new Drain(drain.text("actor"), drain.text("reason"), drain.instant("at"))),
                json.optionalObject("illness").map(illness ->
                        new Illness(illness.text("reason"), illness.instant("at"))),
                json.optionalObject("penalty").map(WishText::penalty), Optional.empty(),
                json.optionalObject("veto").map(veto ->
                        new Veto(veto.text("reason"), veto.instant("at"), veto.instant("until"))));
    }

    private static Penalty penalty(JsonObject json) {
        try {
            return new Penalty(Math.toIntExact(json.number("strikes")), new Epoch(json.number("epoch")),
                    json.text("reason"), json.instant("at"), json.instant("until"));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw json.invalid("strikes", new IllegalArgumentException(e.getMessage(), e));
        }
    }
}
