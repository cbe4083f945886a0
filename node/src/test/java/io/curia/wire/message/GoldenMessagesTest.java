package io.curia.wire.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes of every message, in {@code golden/wire}: changing one of these files changes the protocol. */
final class GoldenMessagesTest {

    static Stream<String> requests() {
        return Samples.requests().keySet().stream();
    }

    static Stream<String> replies() {
        return Samples.replies().keySet().stream();
    }

    static Stream<String> notices() {
        return Samples.notices().keySet().stream();
    }

    static String golden(String name) throws IOException {
        try (InputStream file = GoldenMessagesTest.class.getResourceAsStream("/golden/wire/" + name + ".json")) {
            assertThat(file).as("golden/wire/%s.json", name).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What a later version might add, at the top and one level below. */
    private static String withUnknownFields(String golden) {
        return golden.replaceFirst("\\{", "{\"later\":[{\"a\":1.5},null,true],")
                .replace("\"nodeId\"", "\"rack\":{\"row\":7},\"nodeId\"");
    }

    @ParameterizedTest
    @MethodSource("requests")
    void requestIsWrittenAsItsGoldenFile(String name) throws IOException {
        assertThat(MessageCodec.encode(Samples.requests().get(name))).asString().isEqualTo(golden(name));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void requestIsReadFromItsGoldenFile(String name) throws IOException {
        assertThat(MessageCodec.decodeRequest(bytes(golden(name)))).isEqualTo(Samples.requests().get(name));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void fieldsOfALaterVersionAreIgnoredInRequests(String name) throws IOException {
        assertThat(MessageCodec.decodeRequest(bytes(withUnknownFields(golden(name)))))
                .isEqualTo(Samples.requests().get(name));
    }

    @ParameterizedTest
    @MethodSource("replies")
    void replyIsWrittenAsItsGoldenFile(String name) throws IOException {
        assertThat(MessageCodec.encode(Samples.replies().get(name))).asString().isEqualTo(golden(name));
    }

    @ParameterizedTest
    @MethodSource("replies")
    void replyIsReadFromItsGoldenFile(String name) throws IOException {
        assertThat(MessageCodec.decodeReply(bytes(golden(name)))).isEqualTo(Samples.replies().get(name));
    }

    @ParameterizedTest
    @MethodSource("replies")
    void fieldsOfALaterVersionAreIgnoredInReplies(String name) throws IOException {
        assertThat(MessageCodec.decodeReply(bytes(withUnknownFields(golden(name)))))
                .isEqualTo(Samples.replies().get(name));
    }

    @ParameterizedTest
    @MethodSource("notices")
    void noticeIsWrittenAsItsGoldenFile(String name) throws IOException {
        assertThat(MessageCodec.encode(Samples.notices().get(name))).asString().isEqualTo(golden(name));
    }

    @ParameterizedTest
    @MethodSource("notices")
    void noticeIsReadFromItsGoldenFileByBothSides(String name) throws IOException {
        for (String line : List.of(golden(name), withUnknownFields(golden(name)))) {
            assertThat(MessageCodec.decodeFromClient(bytes(line))).isEqualTo(Samples.notices().get(name));
            assertThat(MessageCodec.decodeFromServer(bytes(line))).isEqualTo(Samples.notices().get(name));
        }
    }

    @Test
    void requestAndReplyOfALifelineAreToldApartByWhoReadsThem() throws IOException {
        assertThat(MessageCodec.decodeFromClient(bytes(golden("lifeline-request"))))
                .isEqualTo(Samples.requests().get("lifeline-request"));
        assertThat(MessageCodec.decodeFromServer(bytes(golden("lifeline-reply"))))
                .isEqualTo(Samples.replies().get("lifeline-reply"));
    }

    /** A node of an earlier version neither watches in a way that it could tell of, nor can be asked as a witness. */
    @Test
    void repliesOfAnEarlierVersionLackWhatItDidNotKnow() throws IOException {
        String lifeline = golden("lifeline-reply").replace(",\"formerly\":null,\"witness\":true", "");
        String status = golden("status-reply").replaceFirst(",\"vigil\":\\{[^}]*}", "");

        String members = golden("members-reply").replaceFirst(",\"pause\":.*", "}");
        String master = golden("master-reply-none").replaceFirst(",\"last\":.*", "}");

        assertThat(((LifelineReply) MessageCodec.decodeReply(bytes(lifeline))).witness()).isFalse();
        assertThat(((StatusReply) MessageCodec.decodeReply(bytes(status))).vigil()).isEqualTo(Vigil.NONE);
        assertThat(((MembersReply) MessageCodec.decodeReply(bytes(members))).wishes()).isEqualTo(Wishes.NONE);
        assertThat(((MasterReply) MessageCodec.decodeReply(bytes(master))).last()).isEmpty();
    }

    /** A reader of the first version refuses a word that it does not know, and a list with it. */
    @Test
    void eligibilityIsToldInWordsThatTheFirstVersionHas() throws IOException {
        assertThat(golden("members-reply")).contains("\"eligibility\":\"UNHEALTHY\"").doesNotContain("VETOED");
    }

    @Test
    void eligibilityThatALaterVersionKnowsIsNotTold() throws IOException {
        String later = golden("members-reply").replace("DRAINED", "ASLEEP");

        assertThat(((MembersReply) MessageCodec.decodeReply(bytes(later))).members().get(1).eligibility()).isEmpty();
    }

    @Test
    void whatALaterVersionSeesOfASuspectIsNoOpinion() throws IOException {
        String later = golden("witness-reply").replace("REFUSED", "GHOSTLY");

        assertThat(((WitnessReply) MessageCodec.decodeReply(bytes(later))).seen())
                .isEqualTo(WitnessReply.Seen.UNKNOWN);
    }

    @Test
    void everyKindOfMessageHasAGoldenFile() {
        assertThat(kinds(Samples.notices())).containsExactlyInAnyOrder(names(Notice.class.getPermittedSubclasses()));
        assertThat(kinds(Samples.requests())).containsExactlyInAnyOrder(names(Request.class.getPermittedSubclasses()));
        assertThat(kinds(Samples.replies())).containsExactlyInAnyOrder(names(Reply.class.getPermittedSubclasses()));
    }

    private static String[] kinds(Map<String, ? extends Message> samples) {
        return samples.values().stream().map(message -> message.getClass().getName())
                .collect(Collectors.toSet()).toArray(new String[0]);
    }

    private static String[] names(Class<?>[] kinds) {
        return Arrays.stream(kinds).map(Class::getName).toArray(String[]::new);
    }
}
