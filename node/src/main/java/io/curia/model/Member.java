package io.curia.model;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A live registration: what a node says of itself for as long as its session holds ({@code live/<id>}).
 *
 * @param id the node
 * @param incarnation this registration
 * @param address where its port can be dialled
 * @param kind candidate, observer or guest
 * @param pid the process on {@code host}, or 0 where there is none of ours (a guest)
 * @param host the name of the machine it runs on
 * @param version the software's version
 * @param since when it registered, by its own wall clock
 * @param tags free labels, at most {@value #MAX_TAGS}
 * @param sponsor the member that holds a guest; empty for everybody else
 * @param priority how much it is preferred among candidates
 * @param keeperPort the port, on the same host, of the process that keeps its command (see {@link #keeperPort()});
 *     empty if it runs none
 */
public record Member(NodeId id, Incarnation incarnation, Endpoint address, MemberKind kind, long pid, String host,
        String version, Instant since, Map<String, String> tags, Optional<NodeId> sponsor, Priority priority,
        Optional<Integer> keeperPort) {

    /** How many tags a member may carry. */
    public static final int MAX_TAGS = 32;
    /** How long a tag's key or value may be, in characters. */
    public static final int MAX_TAG_LENGTH = 128;

    public Member {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(incarnation, "incarnation");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(sponsor, "sponsor");
        Objects.requireNonNull(priority, "priority");
        Objects.requireNonNull(keeperPort, "keeperPort");
        tags = checkedTags(tags);
    }

    /** A member that keeps no command. */
    public Member(NodeId id, Incarnation incarnation, Endpoint address, MemberKind kind, long pid, String host,
            String version, Instant since, Map<String, String> tags, Optional<NodeId> sponsor, Priority priority) {
        this(id, incarnation, address, kind, pid, host, version, since, tags, sponsor, priority, Optional.empty());
    }

    /** A member of the priority that everybody has who was told nothing. */
    public Member(NodeId id, Incarnation incarnation, Endpoint address, MemberKind kind, long pid, String host,
            String version, Instant since, Map<String, String> tags, Optional<NodeId> sponsor) {
        this(id, incarnation, address, kind, pid, host, version, since, tags, sponsor, Priority.DEFAULT);
    }

    /** Returns the same tags, sorted and unmodifiable, or throws if there are too many or one is too long. */
    public static SortedMap<String, String> checkedTags(Map<String, String> tags) {
        if (tags.size() > MAX_TAGS) {
            throw new IllegalArgumentException("tags: " + tags.size() + " (expected: at most " + MAX_TAGS + ")");
        }
        tags.forEach((key, value) -> {
            if (key.isBlank() || key.length() > MAX_TAG_LENGTH || value.length() > MAX_TAG_LENGTH) {
                throw new IllegalArgumentException("tag: " + Quoted.of(key) + "=" + Quoted.of(value)
                        + " (expected: a key and value of at most " + MAX_TAG_LENGTH + " characters)");
            }
        });
        return Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    /**
     * Returns the port of its keeper, which is open for as long as anything of its command may run: the death of the
     * node alone proves nothing while this one is not refused as well.
     */
    @Override
    public Optional<Integer> keeperPort() {
        return keeperPort;
    }

    public boolean isCandidate() {
        return kind == MemberKind.CANDIDATE;
    }

    // Written out: see Incarnation.
    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Member that && Arrays.equals(components(), that.components());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(components());
    }

    private Object[] components() {
        return new Object[] {id, incarnation, address, kind, pid, host, version, since, tags, sponsor, priority,
                keeperPort};
    }
}
