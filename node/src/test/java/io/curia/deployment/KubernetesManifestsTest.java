package io.curia.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.curia.cli.DurationConverter;
import io.curia.cli.EnvironmentDefaults;
import io.curia.process.NodeOptions;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The manifests for Kubernetes: what its API says they may contain, and what must fit together. */
class KubernetesManifestsTest {

    private static final Path DIRECTORY = Path.of("src/dist/kubernetes");
    private static final String NAME = "app.kubernetes.io/name";

    private final List<Yaml> all = new ArrayList<>();

    @BeforeEach
    void readWhatTheKustomizationNames() throws IOException {
        Yaml kustomization = Yaml.read(DIRECTORY.resolve("kustomization.yaml")).get(0);
        for (Yaml file : kustomization.at("resources").each()) {
            all.addAll(Yaml.read(DIRECTORY.resolve(file.text())));
        }
    }

    private Yaml one(String kind, String name) {
        return all.stream().filter(each -> each.at("kind").text().equals(kind)
                && each.at("metadata/name").text().equals(name)).findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }

    private Yaml pod() {
        return one("StatefulSet", "curia").at("spec/template/spec");
    }

    private Yaml node() {
        return pod().at("containers/0");
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        one("ConfigMap", "curia-settings").at("data").keys().forEach(key -> variables.put(key,
                one("ConfigMap", "curia-settings").at("data").at(key).text()));
        node().at("env").each().forEach(variable -> variables.put(variable.at("name").text(),
                variable.at("value").isThere() ? variable.at("value").text() : ""));
        return variables;
    }

    /** Fields that the API does not know, those of another type, and those that it misses. */
    private static void validate(Yaml document) {
        JsonElement json = new Gson().toJsonTree(document.value());
        String kind = document.at("apiVersion").text() + " " + document.at("kind").text();
        try {
            switch (kind) {
                case "v1 ConfigMap" -> V1ConfigMap.validateJsonElement(json);
                case "v1 ServiceAccount" -> V1ServiceAccount.validateJsonElement(json);
                case "v1 Service" -> V1Service.validateJsonElement(json);
                case "apps/v1 StatefulSet" -> V1StatefulSet.validateJsonElement(json);
                case "policy/v1 PodDisruptionBudget" -> V1PodDisruptionBudget.validateJsonElement(json);
                case "rbac.authorization.k8s.io/v1 Role" -> V1Role.validateJsonElement(json);
                case "rbac.authorization.k8s.io/v1 RoleBinding" -> V1RoleBinding.validateJsonElement(json);
                default -> throw new AssertionError("no schema for " + kind);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyManifestIsWhatTheApiKnows() {
        assertThat(all).hasSize(9).allSatisfy(document ->
                assertThatCode(() -> validate(document)).doesNotThrowAnyException());
    }

    /** The check itself: it notices a field that is misspelled far down, and one that is missing. */
    @Test
    void theSchemaRefusesWhatTheApiDoesNotKnow() {
        Map<String, Object> probe = Map.of("httpGett", Map.of("path", "/livez"));
        Map<String, Object> container = Map.of("name", "node", "livenessProbe", probe);
        assertThatThrownBy(() -> validate(statefulSet(container))).hasMessageContaining("httpGett");
        assertThatThrownBy(() -> validate(statefulSet(Map.of("image", "curia")))).hasMessageContaining("name");
    }

    private static Yaml statefulSet(Map<String, Object> container) {
        return new Yaml(Map.of("apiVersion", "apps/v1", "kind", "StatefulSet", "spec", Map.of(
                "selector", Map.of("matchLabels", Map.of(NAME, "curia")),
                "template", Map.of("spec", Map.of("containers", List.of(container))))));
    }

    @Test
    void selectorsFindThePods() {
        String label = one("StatefulSet", "curia").at("spec/template/metadata/labels").value().toString();

        assertThat(label).isEqualTo("{" + NAME + "=curia}");
        assertThat(Stream.of(one("StatefulSet", "curia").at("spec/selector/matchLabels"),
                one("PodDisruptionBudget", "curia").at("spec/selector/matchLabels"),
                one("Service", "curia-nodes").at("spec/selector"), one("Service", "curia-members").at("spec/selector"),
                pod().at("topologySpreadConstraints/0/labelSelector/matchLabels")).map(Yaml::text))
                .containsOnly(label);
        assertThat(one("StatefulSet", "curia").at("spec/serviceName").text()).isEqualTo("curia-nodes");
        assertThat(one("Service", "curia-nodes").at("spec/clusterIP").text()).isEqualTo("None");
    }

    @Test
    void everyVariableIsAnOptionOrTheHooks() {
        Set<String> options = new TreeSet<>();
        NodeOptions.all().forEach(option -> options.add(EnvironmentDefaults.variableOf(option)));

        assertThat(variables().keySet()).allMatch(name -> options.contains(name)
                || Set.of("POD_IP", "POD_NAMESPACE", "MASTER_SERVICE", "MASTER_PORT").contains(name));
        assertThat(pod().at("enableServiceLinks").value()).as("a Service's link would be taken for an option")
                .isEqualTo(false);
    }

    @Test
    void probesAskForWhatTheyMeanWhereTheNodeListens() {
        String port = variables().get("CURIA_HTTP_PORT");
        assertThat(node().at("ports").each()).anySatisfy(each -> {
            assertThat(each.at("name").text()).isEqualTo("http");
            assertThat(each.at("containerPort").text()).isEqualTo(port);
        });
        assertThat(node().at("startupProbe/httpGet/path").text()).isEqualTo("/startupz");
        assertThat(node().at("livenessProbe/httpGet/path").text()).isEqualTo("/livez");
        assertThat(node().at("readinessProbe/httpGet/path").text()).isEqualTo("/readyz");
        assertThat(Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                .map(probe -> node().at(probe + "/httpGet/port").text())).containsOnly("http");
        assertThat(variables()).containsEntry("CURIA_HTTP_HOST", "0.0.0.0").containsEntry("MASTER_PORT", "http:" + port)
                .containsEntry("CURIA_ADVERTISE", "$(POD_IP):8001");
    }

    /** To be ready does not mean to be master, so the Service of the master must not choose by readiness. */
    @Test
    void theMastersServiceIsLedByTheMasterAlone() {
        Yaml service = one("Service", "curia-master");
        Yaml rules = one("Role", "curia").at("rules");

        assertThat(service.at("spec/selector").isThere()).isFalse();
        assertThat(variables()).containsEntry("MASTER_SERVICE", "curia-master");
        assertThat(rules.each()).hasSize(2);
        assertThat(rules.at("0/resourceNames").text()).isEqualTo("[curia-master]");
        assertThat(rules.at("0/verbs").text()).isEqualTo("[get, update]");
        assertThat(rules.at("1/verbs").text()).isEqualTo("[create]");
        assertThat(one("RoleBinding", "curia").at("subjects/0/name").text())
                .isEqualTo(pod().at("serviceAccountName").text());
    }

    /** It gives up by itself, and says why; one that is killed for want of time says nothing. */
    @Test
    void theHookMayWaitForTheApiAsLongAsItMeansTo() throws IOException {
        Matcher patience = Pattern.compile("(?m)^patience=(\\d+)$")
                .matcher(Files.readString(Path.of("../docker/image/follow-master")));

        assertThat(patience.find()).isTrue();
        assertThat(new DurationConverter().convert(variables().get("CURIA_HOOK_TIMEOUT")).toSeconds())
                .isGreaterThan(Integer.parseInt(patience.group(1)) + 10);
        assertThat(variables()).containsEntry("CURIA_ON_MASTER", "follow-master publish")
                .containsEntry("CURIA_ON_STANDBY", "follow-master withdraw")
                .containsEntry("CURIA_ON_EVICTED", "follow-master withdraw");
    }

    @Test
    void aPodMayDoNothingThatANodeDoesNotNeed() {
        assertThat(pod().at("securityContext/runAsNonRoot").value()).isEqualTo(true);
        assertThat(node().at("securityContext/readOnlyRootFilesystem").value()).isEqualTo(true);
        assertThat(node().at("securityContext/allowPrivilegeEscalation").value()).isEqualTo(false);
        assertThat(node().at("securityContext/capabilities/drop").text()).isEqualTo("[ALL]");
        assertThat(node().at("volumeMounts").each().stream().map(mount -> mount.at("mountPath").text()))
                .containsExactlyInAnyOrder("/var/lib/curia", "/tmp");
        assertThat(node().at("resources/limits/memory").isThere()).isTrue();
        assertThat(node().at("resources/limits/cpu").isThere()).as("throttled is frozen").isFalse();
    }

    @Test
    void aNodeHasTimeToLeaveAndLeavesAlone() {
        long grace = (Integer) pod().at("terminationGracePeriodSeconds").value();

        assertThat(grace).isGreaterThan(NodeOptions.yieldGraceSeconds() + 5);
        assertThat(one("PodDisruptionBudget", "curia").at("spec/maxUnavailable").value()).isEqualTo(1);
    }
}
