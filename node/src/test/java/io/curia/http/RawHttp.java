package io.curia.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.curia.model.Endpoint;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A plain socket that says whatever a test wants said, and reads answers with a deadline. */
final class RawHttp implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DEADLINE_MILLIS = 20_000;

    /** An answer; header names in small letters. */
    record Heard(int status, Map<String, String> headers, String body) {

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new AssertionError("not JSON: " + body, e);
            }
        }
    }

    private final Socket socket;
    private final InputStream in;

    RawHttp(Endpoint address) throws IOException {
        this(address, 0);
    }

    /** A client whose system takes no more than about so many bytes that it does not read; 0: as many as it likes. */
    RawHttp(Endpoint address, int unread) throws IOException {
        socket = new Socket();
        if (unread > 0) {
            socket.setReceiveBufferSize(unread);
        }
        socket.connect(new InetSocketAddress(address.host(), address.port()));
        socket.setSoTimeout(DEADLINE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Asks once, on a connection of its own. */
    static Heard ask(Endpoint address, String method, String path) throws IOException {
        try (RawHttp client = new RawHttp(address)) {
            return client.say(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .hear(!method.equals("HEAD"));
        }
    }

    static Heard get(Endpoint address, String path) throws IOException {
        return ask(address, "GET", path);
    }

    RawHttp say(String text) throws IOException {
        return say(text.getBytes(UTF_8));
    }

    RawHttp say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    RawHttp ask(String path) throws IOException {
        return say("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    Socket socket() {
        return socket;
    }

    Heard hear() throws IOException {
        return hear(true);
    }

    /** Returns the next answer, with its body if it has one. */
    Heard hear(boolean withBody) throws IOException {
        String first = line();
        Map<String, String> headers = new TreeMap<>();
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            headers.put(header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = withBody ? new String(in.readNBytes(length), UTF_8) : "";
        return new Heard(Integer.parseInt(first.split(" ")[1]), headers, body);
    }

    /** Returns the next line; fails at the end of the stream. */
    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        while (next != '\n') {
            if (next < 0) {
                throw new EOFException("ended after: " + line.toString(UTF_8));
            }
            line.write(next);
            next = in.read();
        }
        return line.toString(UTF_8).replaceFirst("\r$", "");
    }

    /** Returns whether the other end closes, reading whatever it says before. */
    boolean isClosedByPeer() throws IOException {
        try {
            while (in.read() >= 0) {
                // What is said before the end does not matter here.
            }
            return true;
        } catch (SocketException e) {
            // A reset is an end too.
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** Returns how many bytes come before the end, whatever way it ends. */
    long countToTheEnd() throws IOException {
        long count = 0;
        byte[] some = new byte[65_536];
        try {
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                count += read;
            }
        } catch (SocketException e) {
            // A reset is an end too.
            return count;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
