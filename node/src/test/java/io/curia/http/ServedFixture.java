package io.curia.http;

import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A node that is shown over HTTP, at a moment that does not pass. */
abstract class ServedFixture {

    final FakeNode node = new FakeNode();
    NodeHttp http;

    @BeforeEach
    void open() {
        http = NodeHttp.open(HttpSettings.at("127.0.0.1:0")).serve(node, Clock.fixed(FakeNode.NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        http.close();
    }

    final RawHttp.Heard get(String path) throws IOException {
        return RawHttp.get(http.address(), path);
    }

    final int status(String path) throws IOException {
        return get(path).status();
    }
}
