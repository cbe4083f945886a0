package io.curia.http;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What somebody asks for.
 *
 * @param path the path, beginning with a slash, as it was sent: nothing in it is decoded
 * @param query the parameters after the question mark, decoded
 * @param lastEventId the last event that a reader of the stream has seen, in the reader's words
 * @param accept the content types that the asker takes, in the words of HTTP
 */
public record Question(String path, Map<String, List<String>> query, Optional<String> lastEventId,
        Optional<String> accept) {

    public Question {
        Objects.requireNonNull(path, "path");
        query = Map.copyOf(query);
        Objects.requireNonNull(lastEventId, "lastEventId");
        Objects.requireNonNull(accept, "accept");
    }

    /** Returns a question without parameters. */
    public static Question of(String path) {
        return new Question(path, Map.of(), Optional.empty(), Optional.empty());
    }

    /** Returns the last value of a parameter; empty if it was not given. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).map(values -> values.get(values.size() - 1));
    }
}
