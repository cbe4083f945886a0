package io.curia.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A request as it was sent, and whether it is one that is answered here.
 *
 * @param method its method
 * @param version its version
 * @param keepAlive whether its sender means to send another one
 * @param question what it asks for; of no meaning if it is refused
 * @param refusal why it is refused, and the connection with it
 */
record Asked(HttpMethod method, HttpVersion version, boolean keepAlive, Question question,
        Optional<Answer> refusal) {

    /** The only methods: nothing can be changed over HTTP. */
    static final String ALLOWED = "GET, HEAD, OPTIONS";
    private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final int MAX_PARAMETERS = 16;

    static Asked of(HttpRequest request, HostRule hosts) {
        Optional<Answer> refusal = refusal(request, hosts);
        if (refusal.isPresent()) {
            return refused(request, refusal.get());
        }
        try {
            QueryStringDecoder target = new QueryStringDecoder(request.uri(), StandardCharsets.UTF_8,
                    true, MAX_PARAMETERS);
            return new Asked(request.method(), request.protocolVersion(), HttpUtil.isKeepAlive(request),
                    new Question(target.rawPath(), target.parameters(),
                            Optional.ofNullable(request.headers().get("Last-Event-ID")),
                            Optional.ofNullable(request.headers().get(HttpHeaderNames.ACCEPT))), Optional.empty());
        } catch (IllegalArgumentException e) {
            return refused(request, Answer.error(400, "BAD_REQUEST", "the query cannot be decoded"));
        }
    }

    private static Asked refused(HttpRequest request, Answer refusal) {
        return new Asked(request.method(), request.protocolVersion(), false, Question.of("/"), Optional.of(refusal));
    }

    private static Optional<Answer> refusal(HttpRequest request, HostRule hosts) {
        if (request.decoderResult().isFailure()) {
            return Optional.of(undecoded(request.decoderResult().cause()));
        }
        if (request.protocolVersion().majorVersion() != 1) {
            return Optional.of(Answer.error(505, "VERSION", "HTTP/1.0 and HTTP/1.1 are spoken here"));
        }
        List<String> named = request.headers().getAll(HttpHeaderNames.HOST);
        if (named.size() > 1 || named.isEmpty() && request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            return Optional.of(Answer.error(400, "BAD_REQUEST", "one Host header is expected"));
        }
        if (!named.isEmpty() && !hosts.admits(named.get(0))) {
            return Optional.of(Answer.error(421, "UNKNOWN_HOST", "this node is not asked under that name; use an "
                    + "address, or localhost, or name it with --http-allowed-host"));
        }
        if (!METHODS.contains(request.method())) {
            return Optional.of(Answer.error(405, "METHOD_NOT_ALLOWED", "nothing can be changed over HTTP")
                    .with("Allow", ALLOWED));
        }
        if (hasBody(request)) {
            return Optional.of(Answer.error(413, "BODY", "no request has a body here"));
        }
        boolean ofAll = request.uri().equals("*") && request.method().equals(HttpMethod.OPTIONS);
        return request.uri().startsWith("/") || ofAll ? Optional.empty()
                : Optional.of(Answer.error(400, "BAD_REQUEST", "a path is expected"));
    }

    private static boolean hasBody(HttpRequest request) {
        return HttpUtil.isTransferEncodingChunked(request) || HttpUtil.getContentLength(request, 0L) > 0;
    }

    /** What a client did wrong that the decoder noticed; its words may quote the client, so they are not passed on. */
    static Answer undecoded(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return Answer.error(414, "TOO_LONG", "the request line is longer than " + HttpLimits.MAX_LINE + " bytes");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return Answer.error(431, "TOO_LONG", "the headers are longer than " + HttpLimits.MAX_HEADERS + " bytes");
        }
        return Answer.error(400, "BAD_REQUEST", "this is not HTTP");
    }
}
