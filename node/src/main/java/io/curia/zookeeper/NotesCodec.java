package io.curia.zookeeper;

import com.fasterxml.jackson.core.JsonGenerator;
import io.curia.model.CandidacyNotes;
import io.curia.model.Drain;
import io.curia.model.Epoch;
import io.curia.model.Illness;
import io.curia.model.Penalty;
import io.curia.model.Veto;
import java.io.IOException;
import java.util.Optional;

/** The fields of a roster entry that are about candidacy. */
final class NotesCodec {

    private NotesCodec() {
    }

    static void write(JsonGenerator out, CandidacyNotes notes) throws IOException {
        if (notes.drain().isPresent()) {
            out.writeObjectFieldStart("drain");
            out.writeStringField("actor", notes.drain().get().actor());
            out.writeStringField("reason", notes.drain().get().reason());
            out.writeStringField("at", notes.drain().get().at().toString());
            out.writeEndObject();
        }
        if (notes.illness().isPresent()) {
            out.writeObjectFieldStart("illness");
            out.writeStringField("reason", notes.illness().get().reason());
            out.writeStringField("at", notes.illness().get().at().toString());
            out.writeEndObject();
        }
        if (notes.penalty().isPresent()) {
            Penalty penalty = notes.penalty().get();
            out.writeObjectFieldStart("penalty");
            out.writeNumberField("strikes", penalty.strikes());
            out.writeNumberField("epoch", penalty.epoch().number());
            out.writeStringField("reason", penalty.reason());
            out.writeStringField("at", penalty.at().toString());
            out.writeStringField("until", penalty.until().toString());
            out.writeEndObject();
        }
        if (notes.serving().isPresent()) {
            out.writeNumberField("serving", notes.serving().get().number());
        }
        if (notes.veto().isPresent()) {
            out.writeObjectFieldStart("veto");
            out.writeStringField("reason", notes.veto().get().reason());
            out.writeStringField("at", notes.veto().get().at().toString());
            out.writeStringField("until", notes.veto().get().until().toString());
            out.writeEndObject();
        }
    }

    static CandidacyNotes read(JsonFields fields) {
        return new CandidacyNotes(
                fields.optionalObject("drain").map(drain ->
                        new Drain(drain.text("actor"), drain.text("reason"), drain.instant("at"))),
                fields.optionalObject("illness").map(illness ->
                        new Illness(illness.text("reason"), illness.instant("at"))),
                fields.optionalObject("penalty").map(penalty -> new Penalty(penalty.smallNumber("strikes"),
                        new Epoch(penalty.number("epoch")), penalty.text("reason"), penalty.instant("at"),
                        penalty.instant("until"))),
                fields.has("serving") ? Optional.of(new Epoch(fields.number("serving"))) : Optional.empty(),
                fields.optionalObject("veto").map(veto ->
                        new Veto(veto.text("reason"), veto.instant("at"), veto.instant("until"))));
    }
}
