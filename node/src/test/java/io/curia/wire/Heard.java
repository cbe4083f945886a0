package io.curia.wire;

import io.curia.wire.Lifeline.Ending;
import io.curia.wire.message.LifelineReply;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** What a listener was told of its lifeline, in order. */
final class Heard implements Lifeline.Listener {

    private static final long DEADLINE_SECONDS = 20;

    final List<String> events = new CopyOnWriteArrayList<>();
    private final CompletableFuture<LifelineReply> opened = new CompletableFuture<>();
    private final CompletableFuture<Ending> ended = new CompletableFuture<>();
    private volatile InetSocketAddress at;
    private volatile NoAnswerException cause;

    @Override
    public void onOpen(LifelineReply reply, InetSocketAddress resolved) {
        events.add("open");
        at = resolved;
        opened.complete(reply);
    }

    @Override
    public void onGoodbye(String reason) {
        events.add("goodbye " + reason);
    }

    @Override
    public void onClosed(Ending ending, NoAnswerException why) {
        events.add("closed " + ending);
        cause = why;
        ended.complete(ending);
    }

    LifelineReply awaitOpen() {
        return opened.orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS).join();
    }

    Ending awaitEnding() {
        return ended.orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS).join();
    }

    boolean hasEnded() {
        return ended.isDone();
    }

    InetSocketAddress at() {
        return at;
    }

    NoAnswerException cause() {
        return cause;
    }
}
