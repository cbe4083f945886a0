package io.curia.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** The page for people: who is master, who is there, what happened; one file that asks this node for the rest. */
final class Page implements Resource {

    private static final String FILE = "page.html";

    private CompletionStage<Answer> answer;

    /** On the port's thread only, so that it is read once, and not before somebody looks. */
    @Override
    public CompletionStage<Answer> answer(Question question) {
        if (answer == null) {
            answer = Answer.page(read()).now();
        }
        return answer;
    }

    private static byte[] read() {
        try (InputStream file = Objects.requireNonNull(Page.class.getResourceAsStream(FILE), FILE)) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " of our own jar", e);
        }
    }
}
