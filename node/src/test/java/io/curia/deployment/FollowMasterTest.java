package io.curia.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1EndpointSlice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hook that has a Service of Kubernetes follow the master, against records that behave as Kubernetes' do. */
class FollowMasterTest {

    private static final Path HOOK = Path.of("../docker/image/follow-master").toAbsolutePath().normalize();

    @TempDir
    private Path scratch;

    private SliceServer kubernetes;

    @BeforeEach
    void start() throws IOException {
        assumeThat(Stream.of("/usr/bin/curl", "/bin/curl").map(Path::of)).as("curl is installed")
                .anyMatch(Files::isExecutable);
        kubernetes = SliceServer.start(scratch);
    }

    @AfterEach
    void stop() {
        if (kubernetes != null) {
            kubernetes.close();
        }
    }

    private int hook(String verb, String id, int epoch, String ip) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(HOOK.toString(), verb)
                .redirectErrorStream(true).redirectOutput(scratch.resolve("said").toFile());
        builder.environment().putAll(Map.of("KUBERNETES_API", kubernetes.url(),
                "SERVICE_ACCOUNT_DIR", scratch.toString(), "CURIA_ID", id, "CURIA_EPOCH", Integer.toString(epoch),
                "POD_IP", ip, "POD_NAMESPACE", "prod", "MASTER_SERVICE", "curia-master", "MASTER_PORT", "http:9100"));
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private String said() throws IOException {
        return Files.readString(scratch.resolve("said"));
    }

    @Test
    void theFirstMasterMakesTheRecordAndTheNextOneReplacesIt() throws Exception {
        assertThat(hook("publish", "curia-0", 1, "10.0.0.10")).as(said()).isZero();
        assertThat(kubernetes.addresses()).containsExactly("10.0.0.10");

        assertThat(hook("publish", "curia-1", 2, "10.0.0.11")).as(said()).isZero();

        assertThat(kubernetes.addresses()).containsExactly("10.0.0.11");
    }

    @Test
    void itIsAnEndpointSliceAsTheApiKnowsIt() throws Exception {
        hook("publish", "curia-0", 1, "fd00::7");

        JsonElement slice = JsonParser.parseString(kubernetes.slice());
        V1EndpointSlice.validateJsonElement(slice);
        assertThat(slice.getAsJsonObject().get("addressType").getAsString()).isEqualTo("IPv6");
        assertThat(kubernetes.slice()).contains("\"kubernetes.io/service-name\":\"curia-master\"");
    }

    /** Its hook was held up while somebody else was elected. */
    @Test
    void anEarlierMasterNeverOverwritesALaterOne() throws Exception {
        hook("publish", "curia-1", 6, "10.0.0.11");

        assertThat(hook("publish", "curia-0", 5, "10.0.0.10")).as(said()).isZero();
        assertThat(hook("withdraw", "curia-0", 5, "10.0.0.10")).as(said()).isZero();

        assertThat(kubernetes.addresses()).containsExactly("10.0.0.11");
    }

    /** Both have read the record; the later epoch has been written meanwhile. */
    @Test
    void whatWasDecidedOnAnOldVersionIsDecidedAgain() throws Exception {
        hook("publish", "curia-2", 4, "10.0.0.12");
        kubernetes.beforeNextWrite(() -> hook("publish", "curia-1", 6, "10.0.0.11"));

        assertThat(hook("publish", "curia-0", 5, "10.0.0.10")).as(said()).isZero();

        assertThat(kubernetes.conflicts()).isEqualTo(1);
        assertThat(kubernetes.addresses()).containsExactly("10.0.0.11");
    }

    @Test
    void aMasterThatStopsTakesOnlyItselfOut() throws Exception {
        assertThat(hook("withdraw", "curia-1", 3, "10.0.0.11")).as("nothing there yet: " + said()).isZero();
        hook("publish", "curia-0", 4, "10.0.0.10");

        hook("withdraw", "curia-1", 4, "10.0.0.11");
        assertThat(kubernetes.addresses()).containsExactly("10.0.0.10");
        hook("withdraw", "curia-0", 4, "10.0.0.10");

        assertThat(kubernetes.addresses()).isEmpty();
    }

    @Test
    void whoMayNotWriteSaysSoAndGivesUp() throws Exception {
        Files.writeString(scratch.resolve("token"), "another-token");

        assertThat(hook("publish", "curia-0", 1, "10.0.0.10")).isEqualTo(1);

        assertThat(said()).contains("not permitted").doesNotContain("another-token");
    }
}
