package io.curia.wire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.curia.model.Endpoint;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.RefusalReason;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is accepted beyond the golden files, and how what is not accepted is named. */
final class MessageCodecTest {

    private static final String JOIN = """
            {"v":1,"type":"join","cluster":"demo","source":{"nodeId":"n2","nodeIpAddr":"127.0.0.1","port":"8002"},\
            "dest":{"nodeId":"","nodeIpAddr":"127.0.0.1","port":"8001"},\
            "incarnation":"11111111111111112222222222222222"}""";

    private static Request decode(String line) {
        return MessageCodec.decodeRequest(line.getBytes(StandardCharsets.UTF_8));
    }

    private static ProtocolException refusal(String line) {
        ProtocolException thrown = catchThrowableOfType(ProtocolException.class, () -> decode(line));
        assertThat(thrown).as(line).isNotNull();
        return thrown;
    }

    @Test
    void tutorialProgramsMayWriteNumbersAsTextAndTextAsNumbers() {
        TutorialJoin join = (TutorialJoin) decode("""
                {"source":{"nodeId":"12345","nodeIpAddr":"127.0.0.1/8","port":8002},\
                "dest":{"nodeId":-1,"nodeIpAddr":"127.0.0.1/8","port":"8001"},"message":"Hi"}""");

        assertThat(join).isEqualTo(new TutorialJoin(new Peer(NodeId.of("12345"), new Endpoint("127.0.0.1", 8002)),
                Addressee.at(new Endpoint("127.0.0.1", 8001)), "Hi"));
    }

    @Test
    void joinNeedsOnlyWhatNobodyCanGuess() {
        JoinRequest join = (JoinRequest) decode(JOIN);

        assertThat(join.kind()).isEqualTo(MemberKind.CANDIDATE);
        assertThat(join.proof()).isEmpty();
        assertThat(join.tags()).isEmpty();
    }

    @Test
    void candidateFalseAloneMakesAnObserver() {
        JoinRequest join = (JoinRequest) decode(JOIN.replace("{\"v\":1", "{\"v\":1,\"candidate\":false"));

        assertThat(join.kind()).isEqualTo(MemberKind.OBSERVER);
    }

    @Test
    void proofStaysOutOfLogs() {
        Request join = decode(JOIN.replace("{\"v\":1", "{\"v\":1,\"proof\":\"hunter2\""));

        assertThat(join.toString()).contains("n2").doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "''                                        | NOT_JSON",
        "hello                                     | NOT_JSON",
        "[]                                        | NOT_JSON",
        "null                                      | NOT_JSON",
        "{\"v\":1,\"type\":\"ping\"} {}             | NOT_JSON",
        "{\"v\":1,\"type\":\"ping\"                 | NOT_JSON",
        "{\"v\":1,\"v\":2,\"type\":\"ping\"}        | NOT_JSON",
        "{\"v\":1,\"type\":\"ping\",\"a\":NaN}      | NOT_JSON",
        "{\"v\":1,\"type\":\"ping\",\"a\":\"\\ud800\"} | NOT_JSON",
        "{\"v\":1,\"type\":\"ping\",\"a\":[[[[[[[[[[]]]]]]]]]]} | NOT_JSON",
        "{\"v\":1,\"type\":\"ping\",\"a\":123456789012345678901234567890123} | NOT_JSON",
        "{}                                        | UNKNOWN_TYPE",
        "{\"v\":1,\"type\":\"pnig\"}                | UNKNOWN_TYPE",
        "{\"v\":1,\"type\":\"pong\"}                | UNKNOWN_TYPE",
        "{\"v\":1,\"type\":7}                      | INVALID",
        "{\"v\":2,\"type\":\"ping\"}                | UNKNOWN_VERSION",
        "{\"v\":\"1\",\"type\":\"ping\"}            | UNKNOWN_VERSION",
        "{\"v\":1.0,\"type\":\"ping\"}              | UNKNOWN_VERSION",
        "{\"type\":\"ping\"}                       | UNKNOWN_VERSION",
        "{\"v\":1,\"type\":\"members\",\"after\":\"no/way\"} | INVALID",
        "{\"v\":1,\"type\":\"members\",\"after\":[]} | INVALID",
    })
    void badLineIsNamedByACode(String line, ErrorCode code) {
        ProtocolException refusal = refusal(line);

        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.answer()).isEqualTo(new ErrorReply(code, refusal.getMessage()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "\"cluster\":\"demo\"           | \"cluster\":7             | cluster",
        "\"cluster\":\"demo\",          | ''                        | cluster",
        "\"nodeId\":\"n2\"              | \"nodeId\":\"n/2\"        | source.nodeId",
        "\"nodeId\":\"n2\"              | \"nodeId\":-2             | source.nodeId",
        "\"nodeId\":\"n2\"              | \"nodeId\":1.5            | source.nodeId",
        "\"nodeId\":\"n2\"              | \"nodeId\":true           | source.nodeId",
        "\"port\":\"8002\"              | \"port\":\"80022\"        | source.nodeIpAddr",
        "\"port\":\"8002\"              | \"port\":\"eighty\"       | source.port",
        "\"port\":\"8001\"              | \"port\":null             | dest.port",
        "\"dest\":{                     | \"dest\":7,\"d\":{        | dest",
        "1111111111111111               | xyz                       | incarnation",
        "\"type\":                      | \"tags\":{\"a\":7},\"type\":  | tags.a",
        "\"type\":                      | \"tags\":[],\"type\":     | tags",
        "\"type\":                      | \"candidate\":\"yes\",\"type\": | candidate",
        "\"type\":                      | \"kind\":\"KING\",\"type\": | kind",
        "\"type\":                      | \"kind\":\"GUEST\",\"candidate\":true,\"type\": | kind",
    })
    void badJoinIsRefusedByTheNameOfItsField(String good, String bad, String field) {
        String line = JOIN.replace(good, bad.equals("''") ? "" : bad);
        Refused refused = (Refused) refusal(line).answer();

        assertThat(refused.reason()).as(line).isEqualTo(RefusalReason.INVALID);
        assertThat(refused.detail()).startsWith(field + ": ");
        assertThat(refused.message()).contains(refused.detail());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"v\":2", "\"v\":\"1\"", "\"w\":1"})
    void joinOfAnotherVersionIsRefusedByName(String version) {
        Refused refused = (Refused) refusal(JOIN.replace("\"v\":1", version)).answer();

        assertThat(refused.reason()).isEqualTo(RefusalReason.VERSION);
        assertThat(refused.detail()).startsWith("v: ").contains("expected: 1");
    }

    @Test
    void badTutorialJoinIsRefusedInWordsItsSenderShows() {
        Refused refused = (Refused) refusal("""
                {"source":{"nodeId":-7,"nodeIpAddr":"127.0.0.1","port":"8002"},\
                "dest":{"nodeId":-1,"nodeIpAddr":"127.0.0.1","port":"8001"},"message":"Hi"}""").answer();

        assertThat(refused.reason()).isEqualTo(RefusalReason.INVALID);
        assertThat(refused.message()).contains("source.nodeId");
    }

    @Test
    void invalidUtf8IsNotJson() {
        byte[] line = "{\"v\":1,\"type\":\"ping\",\"a\":\"?\"}".getBytes(StandardCharsets.US_ASCII);
        line[line.length - 3] = (byte) 0xc3;

        assertThat(catchThrowableOfType(ProtocolException.class, () -> MessageCodec.decodeRequest(line)).code())
                .isEqualTo(ErrorCode.NOT_JSON);
    }

    @Test
    void utf16IsNotTakenForJson() {
        byte[] line = "{\"v\":1,\"type\":\"ping\"}".getBytes(StandardCharsets.UTF_16LE);

        assertThat(catchThrowableOfType(ProtocolException.class, () -> MessageCodec.decodeRequest(line)).code())
                .isEqualTo(ErrorCode.NOT_JSON);
    }

    @Test
    void lineOfExactlyTheLimitIsReadAndOneByteMoreIsNot() {
        String empty = "{\"v\":1,\"type\":\"ping\",\"a\":\"\"}";
        String full = empty.replace("\"\"", '"' + "x".repeat(MessageCodec.MAX_LINE - empty.length()) + '"');

        assertThat(decode(full)).isEqualTo(new Ping());
        assertThat(decode(full + "\n")).isEqualTo(new Ping());
        assertThat(refusal(full + "  ").code()).isEqualTo(ErrorCode.TOO_LONG);
    }

    @Test
    void wordsAreCutToWhatAReaderAccepts() {
        String long1 = "x".repeat(998) + "\ud83d\ude00".repeat(2_000);
        Reply read = MessageCodec.decodeReply(MessageCodec.encode(new ErrorReply(ErrorCode.INTERNAL, long1)));

        assertThat(((ErrorReply) read).detail()).hasSize(999).endsWith("x…");
    }

    @Test
    void lineBreaksInTextStayInsideTheLine() {
        byte[] line = MessageCodec.encode(new ErrorReply(ErrorCode.INTERNAL, "a\nb\r\nc"));

        assertThat(new String(line, StandardCharsets.UTF_8)).hasLineCount(1).endsWith("}\n");
    }

    @Test
    void refusalForAReasonOfALaterVersionLetsTheJoinerAskOn() {
        Refused refused = (Refused) MessageCodec.decodeReply("""
                {"v":1,"type":"refused","reason":"FULL_MOON","detail":"wait","message":"m"}"""
                .getBytes(StandardCharsets.UTF_8));

        assertThat(refused).isEqualTo(new Refused(RefusalReason.UNAVAILABLE, "\"FULL_MOON\": wait", "m"));
    }

    @Test
    void errorCodeOfALaterVersionIsStillAnError() {
        Reply reply = MessageCodec.decodeReply("{\"v\":1,\"type\":\"error\",\"code\":\"TEAPOT\",\"detail\":\"short\"}"
                .getBytes(StandardCharsets.UTF_8));

        assertThat(reply.as(ErrorReply.class)).contains(new ErrorReply(ErrorCode.OTHER, "\"TEAPOT\": short"));
        assertThat(reply.as(Pong.class)).isEqualTo(Optional.empty());
    }
}
