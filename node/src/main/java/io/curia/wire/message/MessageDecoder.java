package io.curia.wire.message;

import io.curia.model.Cause;
import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.RefusalReason;
import io.curia.model.Role;
import io.curia.model.YieldedTenure;
import java.util.Map;
import java.util.Optional;

/** Every message from a JSON object. Fields that it does not know are ignored. */
final class MessageDecoder {

    private MessageDecoder() {}

    static Request request(JsonObject json) {
        if (!json.has("type") && json.has("source")) {
            return inJoin(() -> tutorialJoin(json));
        }
        String type = type(json);
        if (type.equals(JoinRequest.TYPE)) {
            return inJoin(() -> {
                checkVersion(json);
                return join(json);
            });
        }
        checkVersion(json);
        return switch (type) {
            case Ping.TYPE -> new Ping();
            case MembersRequest.TYPE -> new MembersRequest(json.optionalValue("after", NodeId::of));
            case MasterRequest.TYPE -> new MasterRequest();
            case StatusRequest.TYPE -> new StatusRequest();
            case LifelineRequest.TYPE -> lifelineRequest(json);
            case JournalRequest.TYPE -> new JournalRequest(json.optionalNumber("after").orElse(-1L));
            case WitnessRequest.TYPE -> new WitnessRequest(json.value("suspect", NodeId::of),
                    json.value("incarnation", Incarnation::new));
            default -> throw unknownType(type);
        };
    }

    static Reply reply(JsonObject json) {
        if (!json.has("type") && json.has("source")) {
            return new TutorialReply(peer(json, "source"), peer(json, "dest"), json.text("message", ""));
        }
        String type = type(json);
        checkVersion(json);
        return switch (type) {
            case Joined.TYPE -> joined(json);
            case Refused.TYPE -> refused(json);
            case Pong.TYPE -> pong(json);
            case MembersReply.TYPE -> MembersText.members(json);
            case MasterReply.TYPE -> MembersText.master(json);
            case StatusReply.TYPE -> status(json);
            case LifelineReply.TYPE -> lifelineReply(json);
            case JournalReply.TYPE -> JournalText.reply(json);
            case WitnessReply.TYPE -> witness(json);
            case ErrorReply.TYPE -> error(json);
            default -> throw unknownType(type);
        };
    }

    static boolean isNotice(JsonObject json) {
        Object type = json.fields().get("type");
        return Goodbye.TYPE.equals(type) || Yielded.TYPE.equals(type);
    }

    static Notice notice(JsonObject json) {
        checkVersion(json);
        return Goodbye.TYPE.equals(type(json)) ? new Goodbye(json.text("reason", ""))
                : new Yielded(new YieldedTenure(epoch(json), json.text("claim"), json.value("cause", Cause::valueOf),
                        json.text("reason", ""), json.optionalText("switchover")));
    }

    private static String type(JsonObject json) {
        if (!json.has("type")) {
            throw new ProtocolException(ErrorCode.UNKNOWN_TYPE, "type: missing");
        }
        return json.text("type");
    }

    private static ProtocolException unknownType(String type) {
        return new ProtocolException(ErrorCode.UNKNOWN_TYPE, "type: " + JsonObject.shown(type));
    }

    private static void checkVersion(JsonObject json) {
        Object version = json.fields().get("v");
        if (!Long.valueOf(MessageCodec.VERSION).equals(version)) {
            throw new ProtocolException(ErrorCode.UNKNOWN_VERSION, "v: "
                    + (version == null ? "missing" : JsonObject.shown(version)) + " (expected: "
                    + MessageCodec.VERSION + ")");
        }
    }

    private interface Decoding<T> {
        T decode();
    }

    /** Whoever asks to join is told of a mistake by a refusal, the answer that it knows to read. */
    private static <T> T inJoin(Decoding<T> decoding) {
        try {
            return decoding.decode();
        } catch (ProtocolException e) {
            throw e.inJoin();
        }
    }

    private static JoinRequest join(JsonObject json) {
        return new JoinRequest(json.text("cluster"), peer(json, "source"), addressee(json),
                json.value("incarnation", Incarnation::new), kind(json), json.optionalNumber("pid").orElse(0L),
                json.text("version", ""), tags(json), json.optionalText("proof"), json.text("message", ""));
    }

    private static MemberKind kind(JsonObject json) {
        boolean candidate = json.optionalFlag("candidate").orElse(true);
        MemberKind kind = json.optionalConstant("kind", MemberKind.class)
                .orElse(candidate ? MemberKind.CANDIDATE : MemberKind.OBSERVER);
        if (json.has("candidate") && candidate != (kind == MemberKind.CANDIDATE)) {
            throw json.invalid("kind", kind.name(), "what candidate says, " + candidate);
        }
        return kind;
    }

    private static TutorialJoin tutorialJoin(JsonObject json) {
        return new TutorialJoin(peer(json, "source"), addressee(json), json.text("message", ""));
    }

    private static Joined joined(JsonObject json) {
        return new Joined(json.text("cluster"), json.text("uuid"), peer(json, "source"), peer(json, "dest"),
                epoch(json), json.optionalObject("master").map(MessageDecoder::masterInfo), json.text("message", ""));
    }

    /** A reason of a later version is one that another member may not have: the joiner may ask on. */
    private static Refused refused(JsonObject json) {
        String name = json.text("reason");
        String detail = json.text("detail", "");
        for (RefusalReason reason : RefusalReason.values()) {
            if (reason.name().equals(name)) {
                return new Refused(reason, detail, json.text("message", ""));
            }
        }
        return new Refused(RefusalReason.UNAVAILABLE, JsonObject.shown(name) + ": " + detail,
                json.text("message", ""));
    }

    private static Pong pong(JsonObject json) {
        return new Pong(json.value("id", NodeId::of), json.value("incarnation", Incarnation::new),
                json.text("cluster"), json.optionalText("uuid"));
    }

    static MasterInfo masterInfo(JsonObject json) {
        return new MasterInfo(json.value("id", NodeId::of), epoch(json), json.value("address", Endpoint::parse),
                json.number("pid"), json.instant("since"), json.constant("cause", Cause.class));
    }

    private static StatusReply status(JsonObject json) {
        return new StatusReply(json.value("id", NodeId::of), json.constant("role", Role.class), epoch(json),
                json.flag("valid"), json.number("guardRemainingMillis"), json.optionalValue("master", NodeId::of),
                json.value("incarnation", Incarnation::new), json.optionalText("uuid"), json.text("cluster"),
                json.flag("connected"), json.number("pid"), json.value("address", Endpoint::parse),
                json.optionalObject("vigil").map(MessageDecoder::vigil).orElse(Vigil.NONE));
    }

    private static Vigil vigil(JsonObject json) {
        return new Vigil(Math.toIntExact(count(json, "wanted")), json.values("watched", NodeId::of),
                Math.toIntExact(count(json, "callers")), count(json, "made"), count(json, "accepted"),
                count(json, "cleared"), count(json, "refuted"), count(json, "suffered"));
    }

    private static long count(JsonObject json, String name) {
        long count = json.number(name);
        if (count < 0 || count > Integer.MAX_VALUE) {
            throw json.invalid(name, Long.toString(count), "0-" + Integer.MAX_VALUE);
        }
        return count;
    }

    /** What a later version can say of a suspect is no opinion to this one. */
    private static WitnessReply witness(JsonObject json) {
        String name = json.text("seen");
        WitnessReply.Seen seen = WitnessReply.Seen.UNKNOWN;
        for (WitnessReply.Seen known : WitnessReply.Seen.values()) {
            seen = known.name().equals(name) ? known : seen;
        }
        return new WitnessReply(json.value("suspect", NodeId::of), json.value("incarnation", Incarnation::new), seen);
    }

    private static LifelineRequest lifelineRequest(JsonObject json) {
        return new LifelineRequest(json.text("cluster"), json.text("uuid"), peer(json, "source"),
                json.value("incarnation", Incarnation::new), epoch(json), json.optionalFlag("heir").orElse(false));
    }

    private static LifelineReply lifelineReply(JsonObject json) {
        return new LifelineReply(json.text("cluster"), json.text("uuid"), peer(json, "source"),
                json.value("incarnation", Incarnation::new), epoch(json),
                json.optionalValue("formerly", Incarnation::new), json.optionalFlag("witness").orElse(false));
    }

    private static ErrorReply error(JsonObject json) {
        String name = json.text("code");
        for (ErrorCode code : ErrorCode.values()) {
            if (code.name().equals(name)) {
                return new ErrorReply(code, json.text("detail", ""));
            }
        }
        return new ErrorReply(ErrorCode.OTHER, JsonObject.shown(name) + ": " + json.text("detail", ""));
    }

    static Epoch epoch(JsonObject json) {
        try {
            return new Epoch(json.number("epoch"));
        } catch (IllegalArgumentException e) {
            throw json.invalid("epoch", e);
        }
    }

    static Map<String, String> tags(JsonObject json) {
        try {
            return Member.checkedTags(json.texts("tags"));
        } catch (IllegalArgumentException e) {
            throw json.invalid("tags", e);
        }
    }

    private static Peer peer(JsonObject json, String name) {
        JsonObject contact = json.object(name);
        String id = contact.textOrNumber("nodeId").orElse("");
        try {
            return new Peer(NodeId.of(id), address(contact));
        } catch (IllegalArgumentException e) {
            throw contact.invalid("nodeId", e);
        }
    }

    private static Addressee addressee(JsonObject json) {
        JsonObject contact = json.object("dest");
        Optional<String> id = contact.textOrNumber("nodeId").filter(text -> !text.isEmpty() && !text.equals("-1"));
        try {
            return new Addressee(id.map(NodeId::of), address(contact));
        } catch (IllegalArgumentException e) {
            throw contact.invalid("nodeId", e);
        }
    }

    private static Endpoint address(JsonObject contact) {
        String host = contact.text("nodeIpAddr");
        String port = contact.textOrNumber("port").orElse("");
        try {
            return Endpoint.of(host, Integer.parseInt(port));
        } catch (NumberFormatException e) {
            throw contact.invalid("port", JsonObject.shown(port), "0-65535");
        } catch (IllegalArgumentException e) {
            throw contact.invalid("nodeIpAddr", e);
        }
    }
}
