package io.curia.admin.witness;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Many questions that each wait for somebody, asked side by side on a bounded number of threads. */
public final class Abreast {

    /** So many wait at a time: enough for a cluster of common size in one go, and no burden to this machine. */
    private static final int MOST_THREADS = 32;
    private static final long IDLE_SECONDS = 5;

    private Abreast() {
    }

    /** One question; it answers, late or never, and fails only if there is a bug in it. */
    @FunctionalInterface
    public interface Question<T> {
        T answer();
    }

    /**
     * Returns the answer to every question, in the order of the questions, within {@code each} for every
     * {@value #MOST_THREADS} of them. Who is not heard in time is answered for by {@code late}; its thread is a
     * daemon, and forgotten.
     */
    public static <K, T> Map<K, T> ask(Map<K, Question<T>> questions, Duration each, Function<K, T> late)
            throws InterruptedException {
        if (questions.isEmpty()) {
            return Map.of();
        }
        int threads = Math.min(MOST_THREADS, questions.size());
        ThreadPoolExecutor pool = new ThreadPoolExecutor(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "question");
                    thread.setDaemon(true);
                    return thread;
                });
        long rounds = (questions.size() + threads - 1) / threads;
        long deadlineNanos = System.nanoTime() + each.multipliedBy(rounds).toNanos();
        try {
            Map<K, Future<T>> asked = new LinkedHashMap<>();
            questions.forEach((key, question) -> asked.put(key, pool.submit(question::answer)));
            Map<K, T> answers = new LinkedHashMap<>();
            for (Map.Entry<K, Future<T>> one : asked.entrySet()) {
                answers.put(one.getKey(), answer(one.getValue(), deadlineNanos, () -> late.apply(one.getKey())));
            }
            return answers;
        } finally {
            pool.shutdownNow();
        }
    }

    private static <T> T answer(Future<T> pending, long deadlineNanos, Question<T> late) throws InterruptedException {
        try {
            return pending.get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            pending.cancel(true);
            return late.answer();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a question failed for a reason of its own", e.getCause());
        }
    }
}
