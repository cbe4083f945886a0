package io.curia.wire.message;

import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.JournalEntry;
import io.curia.model.NodeId;
import java.time.Duration;
import java.util.Arrays;

/** A node's journal to and from JSON. */
final class JournalText {

    private JournalText() {}

    static JsonObject json(JournalEntry entry) {
        return new JsonObject()
                .put("n", entry.number())
                .put("at", Timestamps.text(entry.at()))
                .put("nanos", entry.nanos())
                .put("kind", entry.kind().name())
                .putText("about", entry.about())
                .put("epoch", entry.epoch().map(Epoch::number).orElse(null))
                .put("lengthMillis", entry.length().map(Duration::toMillis).orElse(null))
                .putWords("words", entry.words());
    }

    static JournalReply reply(JsonObject json) {
        try {
            return new JournalReply(json.value("id", NodeId::of), json.value("incarnation", Incarnation::new),
                    json.instant("begun"), json.instant("asOf"), json.number("last"),
                    json.objects("entries").stream().map(JournalText::entry).toList());
        } catch (IllegalArgumentException e) {
            throw json.invalid("entries", e);
        }
    }

    private static JournalEntry entry(JsonObject json) {
        String kind = json.text("kind");
        try {
            return new JournalEntry(json.number("n"), json.instant("at"), json.number("nanos"),
                    Arrays.stream(JournalEntry.Kind.values()).filter(known -> known.name().equals(kind)).findFirst()
                            .orElse(JournalEntry.Kind.OTHER),
                    json.optionalValue("about", NodeId::of), json.optionalNumber("epoch").map(Epoch::new),
                    json.optionalNumber("lengthMillis").map(Duration::ofMillis), json.text("words"));
        } catch (IllegalArgumentException e) {
            throw json.invalid("epoch", e);
        }
    }
}
