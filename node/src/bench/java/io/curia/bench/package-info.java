/**
 * Measures what a user waits for, with real processes and real servers on this host, beside a bare Curator program
 * in the same run. No part of the product: compiled in the Maven profile {@code bench}, started by
 * {@code node/bin/bench}.
 */
package io.curia.bench;
