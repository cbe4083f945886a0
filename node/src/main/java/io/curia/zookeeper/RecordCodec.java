package io.curia.zookeeper;

import com.fasterxml.jackson.core.JsonGenerator;
import io.curia.model.Cause;
import io.curia.model.ClusterIdentity;
import io.curia.model.Departure;
import io.curia.model.Ending;
import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.EventType;
import io.curia.model.Happening;
import io.curia.model.Incarnation;
import io.curia.model.MasterRecord;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.Priority;
import io.curia.model.RosterEntry;
import io.curia.model.Tenure;
import io.curia.store.StoreException;
import io.curia.store.StoreException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The records as JSON, one object a znode, with {@code "v":1}.
 *
 * <p>Fields that are empty are left out; fields unknown here are ignored; another {@code v} is refused. What is
 * written is bounded, and so is what is read.
 */
final class RecordCodec {

    /** Large enough for a member with as many and as long tags as are allowed, whatever characters they use. */
    static final int MAX_BYTES = 64 * 1024;

    private static final int VERSION = 1;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private RecordCodec() {
    }

    static byte[] encode(ClusterIdentity cluster) {
        return object(out -> {
            out.writeStringField("name", cluster.name());
            out.writeStringField("uuid", cluster.uuid());
            out.writeStringField("created", cluster.created().toString());
        });
    }

    static ClusterIdentity clusterIdentity(String path, byte[] data) {
        return decode(path, data, fields ->
                new ClusterIdentity(fields.text("name"), fields.text("uuid"), fields.instant("created")));
    }

    static byte[] encode(RosterEntry entry) {
        return object(out -> {
            out.writeStringField("id", entry.id().value());
            out.writeStringField("standing", entry.standing().name());
            write(out, "incarnation", entry.incarnation());
            write(out, "address", entry.address());
            out.writeStringField("kind", entry.kind().name());
            out.writeStringField("actor", entry.actor());
            out.writeStringField("reason", entry.reason());
            out.writeStringField("at", entry.at().toString());
            write(out, "until", entry.until());
            if (entry.departure().isPresent()) {
                out.writeObjectFieldStart("departure");
                out.writeStringField("how", entry.departure().get().how().name());
                out.writeStringField("at", entry.departure().get().at().toString());
                if (!entry.departure().get().actor().isEmpty()) {
                    out.writeStringField("by", entry.departure().get().actor());
                    out.writeStringField("evidence", entry.departure().get().evidence());
                }
                out.writeEndObject();
            }
            NotesCodec.write(out, entry.notes());
        });
    }

    static RosterEntry rosterEntry(String path, byte[] data, int version) {
        return decode(path, data, fields -> new RosterEntry(
                NodeId.of(fields.text("id")),
                fields.oneOf(RosterEntry.Standing.class, "standing"),
                fields.optionalText("incarnation").map(Incarnation::new),
                fields.optionalText("address").map(Endpoint::parse),
                fields.oneOf(MemberKind.class, "kind"),
                fields.text("actor"), fields.text("reason"), fields.instant("at"),
                fields.optionalInstant("until"),
                fields.optionalObject("departure").map(departure -> new Departure(
                        departure.oneOf(Departure.How.class, "how", Departure.How.OTHER),
                        departure.instant("at"),
                        departure.optionalText("by").orElse(""),
                        departure.optionalText("evidence").orElse(""))),
                NotesCodec.read(fields), version));
    }

    static byte[] encode(Member member) {
        return object(out -> {
            out.writeStringField("id", member.id().value());
            out.writeStringField("incarnation", member.incarnation().value());
            out.writeStringField("address", member.address().toString());
            out.writeStringField("kind", member.kind().name());
            out.writeNumberField("pid", member.pid());
            out.writeStringField("host", member.host());
            out.writeStringField("version", member.version());
            out.writeStringField("since", member.since().toString());
            out.writeObjectFieldStart("tags");
            for (Map.Entry<String, String> tag : member.tags().entrySet()) {
                out.writeStringField(tag.getKey(), tag.getValue());
            }
            out.writeEndObject();
            write(out, "sponsor", member.sponsor());
            if (member.isCandidate()) {
                out.writeNumberField("priority", member.priority().value());
                out.writeBooleanField("preempts", member.priority().preempts());
            }
            writePort(out, member.keeperPort());
        });
    }

    static Member member(String path, byte[] data) {
        return decode(path, data, fields -> new Member(
                NodeId.of(fields.text("id")),
                new Incarnation(fields.text("incarnation")),
                Endpoint.parse(fields.text("address")),
                fields.oneOf(MemberKind.class, "kind"),
                fields.number("pid"), fields.text("host"), fields.text("version"), fields.instant("since"),
                fields.texts("tags"),
                fields.optionalText("sponsor").map(NodeId::of),
                fields.has("priority") ? new Priority(fields.smallNumber("priority"), fields.flag("preempts"))
                        : Priority.DEFAULT,
                keeperPort(fields)));
    }

    /** Returns which registration {@code data} is of, for those who ask often and for nothing else. */
    static Incarnation incarnation(String path, byte[] data) {
        return decode(path, data, fields -> new Incarnation(fields.text("incarnation")));
    }

    /** Returns a record that says nothing. */
    static byte[] vacant() {
        return object(out -> { });
    }

    static byte[] encode(Tenure tenure) {
        return object(out -> {
            out.writeNumberField("epoch", tenure.epoch().number());
            out.writeStringField("id", tenure.id().value());
            out.writeStringField("incarnation", tenure.incarnation().value());
            out.writeStringField("address", tenure.address().toString());
            out.writeNumberField("pid", tenure.pid());
            out.writeStringField("latchPath", tenure.latchPath());
            out.writeStringField("since", tenure.since().toString());
            out.writeStringField("cause", tenure.cause().name());
            out.writeStringField("claimId", tenure.claimId());
            out.writeNumberField("guardMillis", millisRoundedUp(tenure.guard()));
            writePort(out, tenure.keeperPort());
            if (tenure.ending().isPresent()) {
                Ending ending = tenure.ending().get();
                out.writeObjectFieldStart("ending");
                out.writeStringField("cause", ending.cause().name());
                out.writeBooleanField("confirmed", ending.confirmed());
                out.writeStringField("actor", ending.actor());
                out.writeStringField("reason", ending.reason());
                out.writeStringField("at", ending.at().toString());
                out.writeEndObject();
            }
        });
    }

    static MasterRecord masterRecord(String path, byte[] data, int version) {
        return decode(path, data, fields -> new MasterRecord(
                fields.optionalText("id").map(id -> tenure(NodeId.of(id), fields)), version));
    }

    private static Tenure tenure(NodeId id, JsonFields fields) {
        return new Tenure(new Epoch(fields.number("epoch")), id,
                new Incarnation(fields.text("incarnation")),
                Endpoint.parse(fields.text("address")),
                fields.number("pid"), fields.text("latchPath"), fields.instant("since"),
                fields.oneOf(Cause.class, "cause"), fields.text("claimId"),
                Duration.ofMillis(fields.number("guardMillis")),
                fields.optionalObject("ending").map(ending -> new Ending(
                        ending.oneOf(Cause.class, "cause"), ending.flag("confirmed"), ending.text("actor"),
                        ending.text("reason"), ending.instant("at"))),
                keeperPort(fields));
    }

    private static void writePort(JsonGenerator out, Optional<Integer> keeperPort) throws IOException {
        if (keeperPort.isPresent()) {
            out.writeNumberField("keeperPort", keeperPort.get());
        }
    }

    private static Optional<Integer> keeperPort(JsonFields fields) {
        return fields.has("keeperPort") ? Optional.of(fields.smallNumber("keeperPort")) : Optional.empty();
    }

    static byte[] encode(Happening what) {
        return object(out -> {
            out.writeStringField("type", what.type().name());
            write(out, "id", what.id());
            write(out, "incarnation", what.incarnation());
            if (what.epoch().isPresent()) {
                out.writeNumberField("epoch", what.epoch().get().number());
            }
            write(out, "cause", what.cause());
            out.writeStringField("actor", what.actor());
            out.writeStringField("reason", what.reason());
            if (what.duration().isPresent()) {
                out.writeNumberField("durationMs", what.duration().get().toMillis());
            }
        });
    }

    static Happening happening(String path, byte[] data) {
        return decode(path, data, fields -> new Happening(
                fields.oneOf(EventType.class, "type", EventType.OTHER),
                fields.optionalText("id").map(NodeId::of),
                fields.optionalText("incarnation").map(Incarnation::new),
                fields.optionalNumber("epoch").map(Epoch::new),
                fields.optionalOneOf(Cause.class, "cause"),
                fields.text("actor"), fields.text("reason"),
                fields.optionalNumber("durationMs").map(Duration::ofMillis)));
    }

    /** A successor waits for this long: a fraction of a millisecond must not be lost from it. */
    static long millisRoundedUp(Duration duration) {
        return Math.addExact(duration.toMillis(), duration.getNano() % NANOS_PER_MILLI == 0 ? 0 : 1);
    }

    static void write(JsonGenerator out, String name, Optional<?> value) throws IOException {
        if (value.isPresent()) {
            out.writeStringField(name, value.get().toString());
        }
    }

    static byte[] object(Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = JsonFields.JSON.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeNumberField("v", VERSION);
            body.write(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        if (bytes.size() > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "record: " + bytes.size() + " bytes (expected: at most " + MAX_BYTES + ")");
        }
        return bytes.toByteArray();
    }

    static <T> T decode(String path, byte[] data, Function<JsonFields, T> record) {
        if (data.length > MAX_BYTES) {
            throw new StoreException(Kind.CORRUPT,
                    path + ": " + data.length + " bytes (expected: at most " + MAX_BYTES + ")");
        }
        JsonFields fields = JsonFields.read(path, data);
        long version = fields.number("v");
        if (version != VERSION) {
            throw new StoreException(Kind.CORRUPT,
                    path + ": record version " + version + " (understood here: " + VERSION + ")");
        }
        try {
            return record.apply(fields);
        } catch (IllegalArgumentException e) {
            throw fields.corrupt(e.getMessage(), e);
        }
    }

    /** Writes the fields that follow {@code v}. */
    interface Body {
        void write(JsonGenerator out) throws IOException;
    }
}
