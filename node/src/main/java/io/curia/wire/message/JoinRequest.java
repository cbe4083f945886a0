package io.curia.wire.message;

import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks the member that receives it for admission.
 *
 * @param cluster the cluster that the joiner means
 * @param source the joiner, and the address that will be dialled back
 * @param dest whom it asks
 * @param incarnation the registration that it will make
 * @param kind what it wants to be; on the wire also as the boolean {@code candidate}
 * @param pid its process, 0 when it does not say
 * @param version its software's version, empty when it does not say
 * @param tags its labels
 * @param proof shows that it knows the cluster's secret; made and checked elsewhere
 * @param message words for a person
 */
public record JoinRequest(String cluster, Peer source, Addressee dest, Incarnation incarnation, MemberKind kind,
        long pid, String version, Map<String, String> tags, Optional<String> proof, String message)
        implements Request {

    static final String TYPE = "join";

    public JoinRequest {
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(dest, "dest");
        Objects.requireNonNull(incarnation, "incarnation");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(version, "version");
        tags = Member.checkedTags(tags);
        Objects.requireNonNull(proof, "proof");
        Objects.requireNonNull(message, "message");
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
        return visitor.join(this);
    }

    /** The proof is a credential and stays out of logs. */
    @Override
    public String toString() {
        return "JoinRequest[cluster=" + cluster + ", source=" + source + ", dest=" + dest + ", incarnation="
                + incarnation + ", kind=" + kind + ", pid=" + pid + ", version=" + version + ", tags=" + tags
                + ", proof=" + (proof.isPresent() ? "***" : "none") + "]";
    }
}
