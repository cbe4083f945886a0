package io.curia.wire;

/** What the connections of one port share. Used on the port's thread only. */
record Port(ServerLimits limits, RequestHandler handler, Connections connections, KeptLifelines lifelines,
        MemoryBudget budget) {

    static Port of(ServerLimits limits, RequestHandler handler) {
        return new Port(limits, handler, new Connections(limits.maxConnections()), new KeptLifelines(),
                new MemoryBudget(limits.maxBufferedBytes()));
    }
}
