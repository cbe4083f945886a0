package io.curia.http;

import io.curia.document.Fields;
import io.curia.document.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One answer. Every answer is also sent with {@code Cache-Control: no-store}, {@code nosniff} and a content security
 * policy that allows nothing, unless it has one of its own.
 *
 * @param status the HTTP status
 * @param type the content type; empty if there is no body
 * @param body the body; not copied
 * @param headers further headers
 */
public record Answer(int status, String type, byte[] body, Map<String, String> headers) {

    private static final String JSON = "application/json";
    private static final String HTML = "text/html; charset=utf-8";

    public Answer {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(body, "body");
        headers = Map.copyOf(headers);
    }

    /** Returns an answer with a body of this type. */
    public static Answer of(int status, String type, byte[] body) {
        return new Answer(status, type, body, Map.of());
    }

    /** Returns an answer without a body. */
    public static Answer empty(int status) {
        return new Answer(status, "", new byte[0], Map.of());
    }

    /** Returns a JSON document. */
    public static Answer json(int status, Map<String, Object> document) {
        return of(status, JSON, (Json.line(document) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Returns what went wrong: a word for programs, a sentence for people. */
    public static Answer error(int status, String error, String detail) {
        return json(status, new Fields().add("error", error).add("detail", detail).build());
    }

    /**
     * Returns a page for people that needs nothing but itself and this node's other resources. Its content security
     * policy allows the very scripts and styles that stand in it as elements, and no other: no attribute of either
     * kind, no other host.
     */
    public static Answer page(byte[] html) {
        return of(200, HTML, html).with("Content-Security-Policy", PagePolicy.of(html));
    }

    /** Returns the same answer with another header. */
    public Answer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, type, body, more);
    }

    /** Returns this answer as given already. */
    public CompletionStage<Answer> now() {
        return CompletableFuture.completedFuture(this);
    }
}
