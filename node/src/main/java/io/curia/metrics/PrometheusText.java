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
    /** Listens to the collector, so it has to be closed. */
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private volatile int lastSize = 1 << 14;

    /**
     * What Prometheus gets.
     *
     * @param type the content type
     * @param body the text
     */
    public record Page(String type, byte[] body) {
    }

    /** Begins to count; best before the node is started. */
    public PrometheusText(ClusterNode node) {
        metrics = new CuriaMetrics(node);
        metrics.bindTo(registry);
        List<MeterBinder> process = List.of(new ClassLoaderMetrics(), new JvmMemoryMetrics(), collections,
                new JvmThreadMetrics(), new JvmInfoMetrics(), new ProcessorMetrics(), new UptimeMetrics(),
                new FileDescriptorMetrics());
        process.forEach(binder -> binder.bindTo(registry));
    }

    /** Returns the metrics as they are now, as OpenMetrics to whoever accepts that. Takes milliseconds. */
    public Page scrape(Optional<String> accept) {
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
    public void close() {
        metrics.close();
        collections.close();
        registry.close();
    }
}
