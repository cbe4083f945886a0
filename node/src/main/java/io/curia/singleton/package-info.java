/**
 * Runs a command for as long as this node is master, and nowhere else at the same time: what the node does, what its
 * keeper does, and how the two speak. Linux only, because what a command has started is found in {@code /proc}.
 */
package io.curia.singleton;
