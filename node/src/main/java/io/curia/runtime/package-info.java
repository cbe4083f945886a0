/**
 * Composition, and the public API for programs that embed a node: {@link io.curia.runtime.ClusterNode}, its
 * configuration, its listener and the {@link io.curia.runtime.Mastership} it hands out.
 *
 * <p>One thread owns the decisions ({@code EventLoop}); ZooKeeper, the port and timers only enqueue. Nothing here
 * touches the process: no exit, hook, system property or static state, so that several nodes live in one JVM.
 */
package io.curia.runtime;
