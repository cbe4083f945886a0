package io.curia.zookeeper;

import com.fasterxml.jackson.core.JsonGenerator;
import io.curia.model.Cause;
import io.curia.model.Epoch;
import io.curia.model.NodeId;
import io.curia.model.Pause;
import io.curia.model.Switchover;
import io.curia.model.Switchover.End;
import io.curia.model.Switchover.Outcome;
import io.curia.model.Versioned;
import io.curia.zookeeper.Reads.Found;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** What operators want, as JSON, by the rules of {@link RecordCodec}. A record that says nothing is an empty one. */
final class IntentCodec {

    private IntentCodec() {
    }

    static byte[] encodePause(Optional<Pause> record) {
        return RecordCodec.object(out -> {
            if (record.isPresent()) {
                Pause pause = record.get();
                out.writeStringField("until", pause.until().toString());
                out.writeStringField("actor", pause.actor());
                out.writeStringField("reason", pause.reason());
                out.writeStringField("at", pause.at().toString());
            }
        });
    }

    static Versioned<Pause> pause(Found found) {
        return versioned(found, fields -> fields.optionalInstant("until").map(until ->
                new Pause(until, fields.text("actor"), fields.text("reason"), fields.instant("at"))));
    }

    static byte[] encodeSwitchover(Optional<Switchover> record) {
        return RecordCodec.object(out -> {
            if (record.isPresent()) {
                write(out, record.get());
            }
        });
    }

    private static void write(JsonGenerator out, Switchover wish) throws IOException {
        out.writeStringField("id", wish.id());
        out.writeStringField("from", wish.from().value());
        out.writeNumberField("fromEpoch", wish.fromEpoch().number());
        RecordCodec.write(out, "target", wish.target());
        out.writeStringField("cause", wish.cause().name());
        out.writeBooleanField("forced", wish.forced());
        out.writeStringField("notBefore", wish.notBefore().toString());
        out.writeStringField("deadline", wish.deadline().toString());
        out.writeNumberField("cooldownMillis", RecordCodec.millisRoundedUp(wish.cooldown()));
        out.writeStringField("actor", wish.actor());
        out.writeStringField("reason", wish.reason());
        out.writeStringField("at", wish.at().toString());
        if (wish.outcome().isPresent()) {
            Outcome outcome = wish.outcome().get();
            out.writeObjectFieldStart("outcome");
            out.writeStringField("end", outcome.end().name());
            out.writeStringField("detail", outcome.detail());
            out.writeStringField("actor", outcome.actor());
            out.writeStringField("at", outcome.at().toString());
            out.writeEndObject();
        }
    }

    static Versioned<Switchover> switchover(Found found) {
        return versioned(found, fields -> fields.optionalText("id").map(id -> new Switchover(id,
                NodeId.of(fields.text("from")), new Epoch(fields.number("fromEpoch")),
                fields.optionalText("target").map(NodeId::of), fields.oneOf(Cause.class, "cause"),
                fields.flag("forced"), fields.instant("notBefore"), fields.instant("deadline"),
                Duration.ofMillis(fields.number("cooldownMillis")), fields.text("actor"), fields.text("reason"),
                fields.instant("at"),
                fields.optionalObject("outcome").map(outcome -> new Outcome(
                        outcome.oneOf(End.class, "end", End.OTHER), outcome.text("detail"),
                        outcome.text("actor"), outcome.instant("at"))))));
    }

    private static <T> Versioned<T> versioned(Found found, Function<JsonFields, Optional<T>> record) {
        return found.orThrow().isThere()
                ? new Versioned<>(RecordCodec.decode(found.path(), found.data(), record), found.stat().getVersion())
                : Versioned.none();
    }
}
