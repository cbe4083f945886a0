package io.curia.proof;

/**
 * A write that ZooKeeper committed: its trace, left in the same transaction as its mark in the register.
 *
 * @param mark which write
 * @param zxid the transaction, whose order is the order of commits
 */
record Commit(String mark, long zxid) {

    long epoch() {
        return Write.epochOf(mark);
    }
}
