package io.curia.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Answers as they are sent. */
final class Responses {

    private static final String NOTHING_ALLOWED = "default-src 'none'; frame-ancestors 'none'";
    private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME;
    private static volatile Stamp stamp = new Stamp(Long.MIN_VALUE, "");

    /** One second as headers spell it: spelling it anew for every answer would be a good part of a health check. */
    private record Stamp(long second, String words) {
    }

    private Responses() {
    }

    /** Returns the whole of an answer to this request, or all but its body. */
    static FullHttpResponse whole(Answer answer, Optional<Asked> asked, boolean keepAlive) {
        HttpMethod method = asked.map(Asked::method).orElse(HttpMethod.GET);
        boolean bodiless = method.equals(HttpMethod.HEAD) || answer.body().length == 0;
        ByteBuf body = bodiless ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(answer.body());
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(answer.status()), body);
        HttpHeaders headers = response.headers();
        always(headers);
        if (!answer.type().isEmpty()) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, answer.type());
        }
        if (answer.status() != HttpResponseStatus.NO_CONTENT.code()) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
        }
        answer.headers().forEach(headers::set);
        HttpUtil.setKeepAlive(headers, asked.map(Asked::version).orElse(HttpVersion.HTTP_1_1), keepAlive);
        return response;
    }

    /** Returns the beginning of a stream of events, whose end is that of the connection. */
    static HttpResponse stream(HttpVersion version) {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        HttpHeaders headers = response.headers();
        always(headers);
        headers.set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream");
        // A proxy that collects the stream before it passes it on would keep it for ever.
        headers.set("X-Accel-Buffering", "no");
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (version.equals(HttpVersion.HTTP_1_1)) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        return response;
    }

    private static String date() {
        Instant now = Instant.now();
        Stamp known = stamp;
        if (known.second() != now.getEpochSecond()) {
            known = new Stamp(now.getEpochSecond(), DATE.format(now.atOffset(ZoneOffset.UTC)));
            stamp = known;
        }
        return known.words();
    }

    private static void always(HttpHeaders headers) {
        headers.set(HttpHeaderNames.DATE, date());
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, NOTHING_ALLOWED);
    }
}
