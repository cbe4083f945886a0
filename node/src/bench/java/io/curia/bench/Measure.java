package io.curia.bench;

/**
 * What is measured, from the moment just before the signal.
 *
 * <p>A new master's is the arrival of the line that it prints, confirmed by an answer of its own; a claim's and a
 * registration's that of ZooKeeper's event. {@link #POLLED} is by how much later a survivor that was asked about once a
 * millisecond answered that it was valid; {@link #STILL} and
 * {@link #VALID} count from the signal to go on.
 */
enum Measure {
    MASTER("new master"),
    CLAIMED("its claim seen"),
    GONE("dead one's registration gone"),
    ENDED("process has ended"),
    STILL("resumed one still says master"),
    VALID("goes on as valid master"),
    YIELDED("old one says master no longer"),
    BOTH("both say master"),
    READY("itself back as a member"),
    POLLED("new master, by asking: later by");

    private final String words;

    Measure(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
