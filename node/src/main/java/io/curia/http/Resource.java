package io.curia.http;

import java.util.concurrent.CompletionStage;

/** What a node shows at one path, registered by {@link NodeHttp#add}. */
@FunctionalInterface
public interface Resource {

    /**
     * Answers one GET; what it answers to HEAD is the same without its body.
     *
     * <p>Called on the port's only thread, which must not be held up: what takes more than a few milliseconds is
     * completed on another one. What it throws, or fails with, is answered as 500 without a word of it.
     */
    CompletionStage<Answer> answer(Question question);
}
