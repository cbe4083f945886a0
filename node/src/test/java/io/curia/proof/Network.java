package io.curia.proof;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** Where nodes and the gates in front of ZooKeeper listen. */
interface Network extends AutoCloseable {

    /** Returns the address on which gates listen, reachable for every node. */
    InetAddress gates();

    /** Returns the address of a node, reachable for every other. */
    InetAddress host(String node);

    /** Returns the words before the command that starts a process of this node. */
    List<String> launcher(String node);

    /** Returns whether nodes have cables that can be pulled. */
    boolean hasCables();

    /** Pulls the node's cable: nothing reaches it and nothing leaves it, and nobody is told. */
    void pull(String node) throws IOException;

    /** Puts the node's cable back. */
    void plug(String node) throws IOException;

    @Override
    void close() throws IOException;

    /** Returns the network that all nodes of a host share. */
    static Network loopback() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        return new Network() {
            @Override
            public InetAddress gates() {
                return loopback;
            }

            @Override
            public InetAddress host(String node) {
                return loopback;
            }

            @Override
            public List<String> launcher(String node) {
                return List.of();
            }

            @Override
            public boolean hasCables() {
                return false;
            }

            @Override
            public void pull(String node) {
                throw new UnsupportedOperationException("the loopback has no cables");
            }

            @Override
            public void plug(String node) {
                throw new UnsupportedOperationException("the loopback has no cables");
            }

            @Override
            public void close() {
                // Nothing was made.
            }
        };
    }
}
