package io.curia.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.curia.model.Endpoint;
import java.io.IOException;
import java.util.Optional;

/** Reads a stream of events as the standard says, from behind its chunks. */
final class EventReader implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One event, as it is dispatched. */
    record Told(String type, Optional<String> id, JsonNode data) {
    }

    private final RawHttp client;
    private String text = "";
    private Optional<String> lastId = Optional.empty();
    private int heartbeats;

    EventReader(Endpoint address, String path, String... headers) throws IOException {
        client = new RawHttp(address);
        client.say("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("", headers) + "\r\n");
        RawHttp.Heard heard = client.hear(false);
        if (heard.status() != 200) {
            throw new IOException("status " + heard.status());
        }
    }

    private String line() throws IOException {
        while (text.indexOf('\n') < 0) {
            int length = Integer.parseInt(client.line(), 16);
            if (length == 0) {
                throw new IOException("the stream has ended");
            }
            StringBuilder chunk = new StringBuilder();
            while (chunk.length() < length) {
                chunk.append(client.line()).append('\n');
            }
            text += chunk;
            client.line();
        }
        int end = text.indexOf('\n');
        String line = text.substring(0, end);
        text = text.substring(end + 1);
        return line;
    }

    /** Returns the next event, past everything that is none. */
    Told next() throws IOException {
        String type = "message";
        StringBuilder data = new StringBuilder();
        Optional<String> id = Optional.empty();
        while (true) {
            String line = line();
            if (line.isEmpty()) {
                lastId = id.or(() -> lastId);
                if (data.length() > 0) {
                    return new Told(type, id, JSON.readTree(data.toString()));
                }
                type = "message";
                id = Optional.empty();
            } else if (line.startsWith(":")) {
                heartbeats++;
            } else if (line.startsWith("event: ")) {
                type = line.substring(7);
            } else if (line.startsWith("id: ")) {
                id = Optional.of(line.substring(4));
            } else if (line.startsWith("data: ")) {
                data.append(line.substring(6));
            }
        }
    }

    /** Returns the next event of this type, past all others. */
    Told next(String type) throws IOException {
        Told told = next();
        while (!told.type().equals(type)) {
            told = next();
        }
        return told;
    }

    /** Reads until so many heartbeats have been heard. */
    void awaitHeartbeats(int number) throws IOException {
        while (heartbeats < number) {
            if (line().startsWith(":")) {
                heartbeats++;
            }
        }
    }

    /** Returns what a browser would send as Last-Event-ID. */
    Optional<String> lastId() {
        return lastId;
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
