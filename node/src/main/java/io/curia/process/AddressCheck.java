package io.curia.process;

import io.curia.model.Endpoint;
import io.curia.port.BindFailedException;
import io.curia.runtime.HostName;
import io.curia.runtime.NodeConfig;
import io.curia.wire.AskTimeouts;
import io.curia.wire.BlockingNodeClient;
import io.curia.wire.NoAnswerException;
import io.curia.wire.message.StatusReply;
import io.curia.wire.message.StatusRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether the node can listen where it is told to, and whether the addresses that it tells and is told are any. */
final class AddressCheck {

    private static final AskTimeouts PATIENCE = AskTimeouts.of(Duration.ofSeconds(1));
    private static final String ALL = "0.0.0.0";

    private final NodeConfig config;
    private final Optional<Endpoint> http;
    private final Set<String> blamed;

    AddressCheck(NodeConfig config, Optional<Endpoint> http, Set<String> blamed) {
        this.config = config;
        this.http = http;
        this.blamed = blamed;
    }

    List<Complaint> complaints() {
        List<Complaint> found = new ArrayList<>();
        if (!blamed.contains("--host") && !blamed.contains("--port")) {
            listening("", config.bind()).ifPresent(found::add);
        }
        http.flatMap(address -> address.port() != 0 && address.port() == config.bind().port()
                ? Optional.of(Complaint.error("--http-port " + address.port() + " is the node's own --port; give it "
                        + "another")) : listening("--http-port: ", address)).ifPresent(found::add);
        config.advertise().ifPresent(address -> unresolved("--advertise", address,
                "members that cannot resolve it refuse this node; name an address that all of them can dial")
                .ifPresent(found::add));
        if (config.advertise().isEmpty() && config.bind().host().equals(ALL)) {
            unresolved("this host's name, which members are told because of --host " + ALL,
                    new Endpoint(HostName.here(), config.bind().port()),
                    "say with --advertise HOST:PORT where members can dial it").ifPresent(found::add);
        }
        config.seeds().forEach(seed -> unresolved("--join", seed, "correct it, or leave --join out to have members "
                + "found in ZooKeeper").ifPresent(found::add));
        AddressWarning.of(config).ifPresent(words ->
                found.add(Complaint.warning(words.replaceFirst("^warning: ", ""))));
        return found;
    }

    /** As the node will: an address that others are leaving may be taken. */
    private Optional<Complaint> listening(String what, Endpoint bind) {
        InetSocketAddress address = new InetSocketAddress(bind.host(), bind.port());
        if (address.isUnresolved()) {
            return Optional.of(Complaint.error(
                    what + new BindFailedException(bind, new UnresolvedAddressException()).getMessage()));
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(isThisNode()
                    ? Complaint.warning(what + "node " + config.id() + " runs here already, and " + bind
                            + " is taken: stop it before it is started with these settings")
                    : Complaint.error(what + new BindFailedException(bind, e).getMessage()));
        }
    }

    /** A configuration is best checked before the node is started anew, while it still runs. */
    private boolean isThisNode() {
        Endpoint bind = config.bind();
        Endpoint here = bind.host().equals(ALL) ? new Endpoint("127.0.0.1", bind.port()) : bind;
        try {
            return BlockingNodeClient.ask(here, new StatusRequest(), PATIENCE).as(StatusReply.class)
                    .filter(status -> status.id().equals(config.id())).isPresent();
        } catch (NoAnswerException e) {
            return false;
        }
    }

    private static Optional<Complaint> unresolved(String what, Endpoint address, String advice) {
        try {
            InetAddress.getByName(address.host());
            return Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of(Complaint.warning(
                    what + ": " + address.host() + " is not known here; " + advice));
        }
    }
}
