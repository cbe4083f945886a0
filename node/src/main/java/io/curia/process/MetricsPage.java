package io.curia.process;

import io.curia.http.Answer;
import io.curia.http.Question;
import io.curia.http.Resource;
import io.curia.metrics.PrometheusText;
import io.curia.runtime.ClusterNode;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** {@code /metrics}, written on a thread of its own: a scrape must not hold up whoever asks for the master. */
final class MetricsPage implements Resource, AutoCloseable {

    /** Scrapes that may wait for one that is under way; who comes on top of them comes too often. */
    private static final int WAITING = 4;
    private static final long IDLE_SECONDS = 60;

    private final PrometheusText text;
    private final ThreadPoolExecutor thread;

    /** Begins to count. */
    MetricsPage(ClusterNode node) {
        text = new PrometheusText(node);
        thread = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING),
                task -> {
                    Thread created = new Thread(task, "curia-metrics");
                    created.setDaemon(true);
                    return created;
                });
        thread.allowCoreThreadTimeOut(true);
    }

    @Override
    public CompletionStage<Answer> answer(Question question) {
        try {
            return CompletableFuture.supplyAsync(() -> {
                PrometheusText.Page page = text.scrape(question.accept());
                return Answer.of(200, page.type(), page.body());
            }, thread);
        } catch (RejectedExecutionException e) {
            return Answer.error(503, "BUSY", "other scrapes are under way").now();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        text.close();
    }
}
