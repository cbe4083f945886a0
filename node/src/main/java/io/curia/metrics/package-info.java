/**
 * A node's metrics, for Micrometer: {@link io.curia.metrics.CuriaMetrics} binds them to any registry, and
 * {@link io.curia.metrics.PrometheusText} holds those of this process for Prometheus. The only package that imports
 * Micrometer; it is loaded when somebody asks for metrics, and not before.
 */
package io.curia.metrics;
