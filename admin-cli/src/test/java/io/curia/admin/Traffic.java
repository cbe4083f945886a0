package io.curia.admin;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** Requests at a steady rate, whether or not those before were answered, and what became of each. */
final class Traffic implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /**
     * What became of one request.
     *
     * @param askedNanos when it was sent
     * @param toldNanos when it was answered, or given up
     * @param by who answered and under which epoch, {@code n1 3}; empty if it was lost
     * @param words what there was instead of an answer
     */
    record Request(long askedNanos, long toldNanos, Optional<String> by, String words) {

        boolean isLost() {
            return by.isEmpty();
        }
    }

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE).build();
    private final ConcurrentLinkedQueue<Request> done = new ConcurrentLinkedQueue<>();
    private final AtomicInteger underway = new AtomicInteger();
    private final HttpRequest request;

    Traffic(int port) {
        request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).timeout(PATIENCE).build();
    }

    void begin(int perSecond) {
        clock.scheduleAtFixedRate(this::send, 0, 1_000_000_000L / perSecond, TimeUnit.NANOSECONDS);
    }

    private void send() {
        long asked = System.nanoTime();
        underway.incrementAndGet();
        client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).whenComplete((response, failure) -> {
            Optional<String> by = Optional.ofNullable(response).filter(told -> told.statusCode() == 200)
                    .map(HttpResponse::body);
            done.add(new Request(asked, System.nanoTime(), by,
                    failure != null ? failure.toString() : "status " + response.statusCode()));
            underway.decrementAndGet();
        });
    }

    /** Returns how many were answered by this node. */
    long answeredBy(String id) {
        return done.stream().filter(each -> each.by().filter(words -> words.startsWith(id + " ")).isPresent()).count();
    }

    /** Sends no more; returns what became of all of them, in the order in which they were sent. */
    List<Request> end() throws InterruptedException {
        clock.shutdown();
        clock.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        Awaitility.await().atMost(PATIENCE.multipliedBy(2)).until(() -> underway.get() == 0);
        return done.stream().sorted(Comparator.comparingLong(Request::askedNanos)).toList();
    }

    /**
     * What a change of master cost.
     *
     * @param requests how many were sent
     * @param lost how many of them were not answered by a master
     * @param lostAfterSeen how many of those were sent after the new master's first answer
     * @param outage from the old master's last answer to the new one's first
     * @param slowest the longest that an answered one took
     * @param losses what the lost ones were answered, each once
     */
    record Cost(int requests, long lost, long lostAfterSeen, Duration outage, Duration slowest, Set<String> losses) {

        /** Of a run through one change of master. */
        static Cost of(List<Request> requests) {
            List<String> masters = requests.stream().flatMap(each -> each.by().stream()).distinct().toList();
            if (masters.size() != 2) {
                throw new AssertionError("answered by " + masters + ", expected: one master, then another");
            }
            long last = requests.stream().filter(each -> each.by().filter(masters.get(0)::equals).isPresent())
                    .mapToLong(Request::toldNanos).max().orElseThrow();
            long first = requests.stream().filter(each -> each.by().filter(masters.get(1)::equals).isPresent())
                    .mapToLong(Request::toldNanos).min().orElseThrow();
            List<Request> lost = requests.stream().filter(Request::isLost).toList();
            return new Cost(requests.size(), lost.size(),
                    lost.stream().filter(each -> each.askedNanos() > first).count(),
                    Duration.ofNanos(Math.max(0, first - last)),
                    Duration.ofNanos(requests.stream().filter(each -> !each.isLost())
                            .mapToLong(each -> each.toldNanos() - each.askedNanos()).max().orElse(0)),
                    lost.stream().map(Request::words).collect(Collectors.toCollection(TreeSet::new)));
        }

        String words() {
            return String.format(Locale.ROOT, "requests=%d lost=%d lost-after-seen=%d outage-ms=%d slowest-ms=%d %s",
                    requests, lost, lostAfterSeen, outage.toMillis(), slowest.toMillis(), losses);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
