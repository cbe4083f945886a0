package io.curia.wire.message;

import io.curia.model.Cause;
import io.curia.model.Eligibility;
import io.curia.model.Ending;
import io.curia.model.Endpoint;
import io.curia.model.Incarnation;
import io.curia.model.MemberKind;
import io.curia.model.MemberRole;
import io.curia.model.MemberStatus;
import io.curia.model.NodeId;
import io.curia.model.Priority;
import java.util.Arrays;
import java.util.Optional;

/** The members and the master, to and from JSON. */
final class MembersText {

    private MembersText() {}

    static JsonObject put(JsonObject json, MembersReply reply) {
        json.put("cluster", reply.cluster())
                .put("uuid", reply.uuid())
                .put("epoch", reply.epoch().number())
                .putText("master", reply.master())
                .put("members", reply.members().stream().map(MembersText::json).toList())
                .put("asOf", Timestamps.text(reply.asOf()))
                .putText("next", reply.next());
        return WishText.put(json, reply.wishes());
    }

    static MembersReply members(JsonObject json) {
        return new MembersReply(json.text("cluster"), json.text("uuid"), MessageDecoder.epoch(json),
                json.optionalValue("master", NodeId::of),
                json.objects("members").stream().map(MembersText::row).toList(), json.instant("asOf"),
                json.optionalValue("next", NodeId::of), WishText.wishes(json));
    }

    static JsonObject json(MemberRow row) {
        JsonObject json = new JsonObject()
                .put("id", row.id().value())
                .put("status", row.status().name()).put("role", row.role().name())
                .putText("address", row.address())
                .putText("incarnation", row.incarnation())
                .put("pid", row.pid().orElse(null))
                .putText("host", row.host())
                .put("since", row.since().map(Timestamps::text).orElse(null))
                .putText("version", row.version())
                .put("tags", MessageEncoder.json(row.tags()))
                .putText("sponsor", row.sponsor())
                .putWords("reason", row.reason().orElse(null))
                .put("kind", row.kind().map(MemberKind::name).orElse(null))
                .putWords("by", row.by().orElse(null))
                .put("until", row.until().map(Timestamps::text).orElse(null))
                .put("eligibility", row.eligibility().map(MembersText::word).orElse(null))
                .put("priority", row.priority().map(Priority::value).orElse(null))
                .put("preempts", row.priority().map(Priority::preempts).orElse(null));
        return WishText.put(json, row.notes());
    }

    /** What readers of the first version have no word for is told them in the next best; the notes say what it is. */
    private static String word(Eligibility eligibility) {
        return switch (eligibility) {
            case READY, FLAPPING, UNHEALTHY, DRAINED, NONE -> eligibility.name();
            case VETOED -> Eligibility.UNHEALTHY.name();
        };
    }

    private static MemberRow row(JsonObject json) {
        return new MemberRow(json.value("id", NodeId::of), json.constant("status", MemberStatus.class),
                json.constant("role", MemberRole.class), json.optionalValue("address", Endpoint::parse),
                json.optionalValue("incarnation", Incarnation::new), json.optionalNumber("pid"),
                json.optionalText("host"), json.optionalInstant("since"), json.optionalText("version"),
                MessageDecoder.tags(json), json.optionalValue("sponsor", NodeId::of), json.optionalText("reason"),
                json.optionalConstant("kind", MemberKind.class), json.optionalText("by"),
                json.optionalInstant("until"), eligibility(json), priority(json), WishText.notes(json));
    }

    /** A word that only a later version has is none to this one. */
    private static Optional<Eligibility> eligibility(JsonObject json) {
        Optional<Eligibility> said = json.optionalText("eligibility").flatMap(name -> Arrays
                .stream(Eligibility.values()).filter(known -> known.name().equals(name)).findFirst());
        boolean vetoed = json.has("veto") && !json.has("illness");
        return said.map(word -> word == Eligibility.UNHEALTHY && vetoed ? Eligibility.VETOED : word);
    }

    private static Optional<Priority> priority(JsonObject json) {
        try {
            return json.optionalNumber("priority").map(value -> new Priority((int) Math.min(value, Integer.MAX_VALUE),
                    json.optionalFlag("preempts").orElse(false)));
        } catch (IllegalArgumentException e) {
            throw json.invalid("priority", e);
        }
    }

    static JsonObject put(JsonObject json, MasterReply reply) {
        reply.master().ifPresentOrElse(info -> MessageEncoder.put(json, info), () -> json
                .put("id", null)
                .put("epoch", reply.epoch().number())
                .put("address", null)
                .put("pid", null)
                .put("since", null)
                .put("cause", null));
        json.put("cluster", reply.cluster()).put("asOf", Timestamps.text(reply.asOf()))
                .put("last", reply.last().map(MembersText::json).orElse(null));
        return WishText.put(json, reply.wishes());
    }

    static MasterReply master(JsonObject json) {
        Optional<MasterInfo> master = json.has("id") ? Optional.of(MessageDecoder.masterInfo(json)) : Optional.empty();
        return new MasterReply(json.text("cluster"), MessageDecoder.epoch(json), master, json.instant("asOf"),
                json.optionalObject("last").map(MembersText::last), WishText.wishes(json));
    }

    private static JsonObject json(MasterReply.Last last) {
        return new JsonObject()
                .put("id", last.id().value())
                .put("epoch", last.epoch().number())
                .put("ending", last.ending().map(MembersText::json).orElse(null));
    }

    private static JsonObject json(Ending ending) {
        return new JsonObject()
                .put("cause", ending.cause().name())
                .put("confirmed", ending.confirmed())
                .putWords("actor", ending.actor())
                .putWords("reason", ending.reason())
                .put("at", Timestamps.text(ending.at()));
    }

    private static MasterReply.Last last(JsonObject json) {
        return new MasterReply.Last(json.value("id", NodeId::of), MessageDecoder.epoch(json),
                json.optionalObject("ending").map(ending -> new Ending(ending.constant("cause", Cause.class),
                        ending.flag("confirmed"), ending.text("actor"), ending.text("reason"),
                        ending.instant("at"))));
    }
}
