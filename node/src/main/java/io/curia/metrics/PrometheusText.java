package io.curia.metrics;

import io.curia.runtime.ClusterNode;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The metrics of a process with one node: the node's, the JVM's and the process's, as text for Prometheus. */
public final class PrometheusText implements AutoCloseable {

    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final String OPEN_METRICS_TYPE = OPEN_METRICS + "; version=1.0.0; charset=utf-8";
    private static final String PLAIN_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final CuriaMetrics metrics;
    /** Listens to the collector, so it has to be closed; made with the first scrape. */
    private Optional<JvmGcMetrics> collections = Optional.empty();
    private int lastSize = 1 << 14;

    /**
     * What Prometheus gets.
     *
     * @param type the content type
     * @param body the text
     */
    public record Page(String type, byte[] body) {
    }

    /** Begins to count what happens in the node; best before it is started. */
    public PrometheusText(ClusterNode node) {
        metrics = new CuriaMetrics(node);
        metrics.bindTo(registry);
    }

    /** Those of the JVM and the process take a moment to find, which a node has no time for while it starts. */
    private void bindProcess() {
        collections = Optional.of(new JvmGcMetrics());
        List<MeterBinder> process = List.of(collections.get(), new ClassLoaderMetrics(), new JvmMemoryMetrics(),
                new JvmThreadMetrics(), new JvmInfoMetrics(), new ProcessorMetrics(), new UptimeMetrics(),
                new FileDescriptorMetrics());
        process.forEach(binder -> binder.bindTo(registry));
    }

    /**
     * Returns the metrics as they are now, as OpenMetrics to whoever accepts that. The first time takes a moment, any
     * other a few milliseconds; one caller at a time.
     */
    public synchronized Page scrape(Optional<String> accept) {
        if (collections.isEmpty()) {
            bindProcess();
        }
        String type = accept.filter(PrometheusText::takesOpenMetrics).isPresent() ? OPEN_METRICS_TYPE : PLAIN_TYPE;
        ByteArrayOutputStream text = new ByteArrayOutputStream(lastSize);
        try {
            registry.scrape(text, type);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        lastSize = text.size();
        return new Page(type, text.toByteArray());
    }

    private static boolean takesOpenMetrics(String accept) {
        return accept.toLowerCase(Locale.ROOT).contains(OPEN_METRICS);
    }

    /** Counts no more. */
    @Override
    public synchronized void close() {
        metrics.close();
        collections.ifPresent(JvmGcMetrics::close);
        registry.close();
    }
}
