package io.curia.wire.message;

import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.YieldedTenure;
import java.util.Map;

/** Every message as a JSON object, fields in the order in which the protocol documents them. */
final class MessageEncoder
        implements Request.Visitor<JsonObject>, Reply.Visitor<JsonObject>, Notice.Visitor<JsonObject> {

    private static final MessageEncoder INSTANCE = new MessageEncoder();
    /** Integers of up to so many digits survive a reader that knows only 64 bit numbers. */
    private static final int MAX_INTEGER_DIGITS = 18;

    private MessageEncoder() {}

    static String text(Request request) {
        return request.accept(INSTANCE).text();
    }

    static String text(Reply reply) {
        return reply.accept(INSTANCE).text();
    }

    static String text(Notice notice) {
        return notice.accept(INSTANCE).text();
    }

    private static JsonObject typed(Message message) {
        return new JsonObject().put("v", MessageCodec.VERSION).put("type", message.type());
    }

    @Override
    public JsonObject join(JoinRequest request) {
        return typed(request)
                .put("cluster", request.cluster())
                .put("source", json(request.source()))
                .put("dest", json(request.dest(), ""))
                .put("incarnation", request.incarnation().value())
                .put("candidate", request.kind() == MemberKind.CANDIDATE)
                .put("kind", request.kind().name())
                .put("pid", request.pid())
                .put("version", request.version())
                .put("tags", json(request.tags()))
                .putText("proof", request.proof())
                .putWords("message", request.message());
    }

    @Override
    public JsonObject tutorialJoin(TutorialJoin request) {
        return new JsonObject()
                .put("source", tutorial(request.source()))
                .put("dest", json(request.dest(), -1L))
                .putWords("message", request.message());
    }

    @Override
    public JsonObject ping(Ping request) {
        return typed(request);
    }

    @Override
    public JsonObject members(MembersRequest request) {
        JsonObject json = typed(request);
        return request.after().isPresent() ? json.putText("after", request.after()) : json;
    }

    @Override
    public JsonObject master(MasterRequest request) {
        return typed(request);
    }

    @Override
    public JsonObject status(StatusRequest request) {
        return typed(request);
    }

    @Override
    public JsonObject lifeline(LifelineRequest request) {
        return lifeline(typed(request), request.cluster(), request.uuid(), request.source(), request.incarnation(),
                request.epoch())
                .put("heir", request.heir());
    }

    @Override
    public JsonObject journal(JournalRequest request) {
        return typed(request).put("after", request.after());
    }

    @Override
    public JsonObject witness(WitnessRequest request) {
        return typed(request)
                .put("suspect", request.suspect().value())
                .put("incarnation", request.incarnation().value());
    }

    @Override
    public JsonObject joined(Joined reply) {
        return typed(reply)
                .put("cluster", reply.cluster())
                .put("uuid", reply.uuid())
                .put("source", json(reply.source()))
                .put("dest", json(reply.dest()))
                .put("epoch", reply.epoch().number())
                .put("master", reply.master().map(info -> put(new JsonObject(), info)).orElse(null))
                .putWords("message", reply.message());
    }

    @Override
    public JsonObject tutorialReply(TutorialReply reply) {
        return new JsonObject()
                .put("source", tutorial(reply.source()))
                .put("dest", tutorial(reply.dest()))
                .putWords("message", reply.message());
    }

    @Override
    public JsonObject refused(Refused reply) {
        return typed(reply)
                .put("reason", reply.reason().name())
                .putWords("detail", reply.detail())
                .putWords("message", reply.message());
    }

    @Override
    public JsonObject pong(Pong reply) {
        return typed(reply)
                .put("id", reply.id().value())
                .put("incarnation", reply.incarnation().value())
                .put("cluster", reply.cluster())
                .putText("uuid", reply.uuid());
    }

    @Override
    public JsonObject members(MembersReply reply) {
        return MembersText.put(typed(reply), reply);
    }

    @Override
    public JsonObject master(MasterReply reply) {
        return MembersText.put(typed(reply), reply);
    }

    @Override
    public JsonObject status(StatusReply reply) {
        return typed(reply)
                .put("id", reply.id().value())
                .put("role", reply.role().name())
                .put("epoch", reply.epoch().number())
                .put("valid", reply.valid())
                .put("guardRemainingMillis", reply.guardRemainingMillis())
                .putText("master", reply.master())
                .put("incarnation", reply.incarnation().value())
                .putText("uuid", reply.uuid())
                .put("cluster", reply.cluster())
                .put("connected", reply.connected())
                .put("pid", reply.pid())
                .put("address", reply.address().toString())
                .put("vigil", json(reply.vigil()));
    }

    private static JsonObject json(Vigil vigil) {
        return new JsonObject()
                .put("wanted", vigil.wanted())
                .put("watched", vigil.watched().stream().map(NodeId::value).toList())
                .put("callers", vigil.callers())
                .put("made", vigil.made())
                .put("accepted", vigil.accepted())
                .put("cleared", vigil.cleared())
                .put("refuted", vigil.refuted())
                .put("suffered", vigil.suffered());
    }

    @Override
    public JsonObject lifeline(LifelineReply reply) {
        return lifeline(typed(reply), reply.cluster(), reply.uuid(), reply.source(), reply.incarnation(),
                reply.epoch())
                .putText("formerly", reply.formerly())
                .put("witness", reply.witness());
    }

    @Override
    public JsonObject witness(WitnessReply reply) {
        return typed(reply)
                .put("suspect", reply.suspect().value())
                .put("incarnation", reply.incarnation().value())
                .put("seen", reply.seen().name());
    }

    @Override
    public JsonObject journal(JournalReply reply) {
        return typed(reply)
                .put("id", reply.id().value())
                .put("incarnation", reply.incarnation().value())
                .put("begun", Timestamps.text(reply.begun()))
                .put("asOf", Timestamps.text(reply.asOf()))
                .put("last", reply.last())
                .put("entries", reply.entries().stream().map(JournalText::json).toList());
    }

    @Override
    public JsonObject error(ErrorReply reply) {
        return typed(reply).put("code", reply.code().name()).putWords("detail", reply.detail());
    }

    @Override
    public JsonObject goodbye(Goodbye notice) {
        return typed(notice).putWords("reason", notice.reason());
    }

    @Override
    public JsonObject yielded(Yielded notice) {
        YieldedTenure over = notice.tenure();
        return typed(notice)
                .put("epoch", over.epoch().number())
                .put("claim", over.claimId())
                .put("cause", over.cause().name())
                .putWords("reason", over.reason())
                .putText("switchover", over.switchover());
    }

    private static JsonObject lifeline(JsonObject json, String cluster, String uuid, Peer source,
            Incarnation incarnation, Epoch epoch) {
        return json.put("cluster", cluster)
                .put("uuid", uuid)
                .put("source", json(source))
                .put("incarnation", incarnation.value())
                .put("epoch", epoch.number());
    }

    static JsonObject put(JsonObject json, MasterInfo info) {
        return json.put("id", info.id().value())
                .put("epoch", info.epoch().number())
                .put("address", info.address().toString())
                .put("pid", info.pid())
                .put("since", Timestamps.text(info.since()))
                .put("cause", info.cause().name());
    }

    static JsonObject json(Map<String, String> tags) {
        JsonObject json = new JsonObject();
        tags.forEach(json::put);
        return json;
    }

    private static JsonObject json(Peer peer) {
        return contact(peer.id().value(), peer.address());
    }

    private static JsonObject json(Addressee dest, Object unknown) {
        return contact(dest.id().map(NodeId::value).map(Object.class::cast).orElse(unknown), dest.address());
    }

    private static JsonObject tutorial(Peer peer) {
        return contact(integerIfOne(peer.id().value()), peer.address());
    }

    /** The tutorial's programs have integers for ids, and get theirs back as they wrote it: "007" is none. */
    private static Object integerIfOne(String id) {
        boolean integer = id.length() <= MAX_INTEGER_DIGITS && id.chars().allMatch(c -> c >= '0' && c <= '9')
                && (id.length() == 1 || id.charAt(0) != '0');
        return integer ? (Object) Long.valueOf(id) : id;
    }

    private static JsonObject contact(Object id, Endpoint address) {
        return new JsonObject()
                .put("nodeId", id)
                .put("nodeIpAddr", address.host())
                .put("port", Integer.toString(address.port()));
    }
}
