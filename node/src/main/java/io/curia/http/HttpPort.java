package io.curia.http;

import io.curia.model.Endpoint;
import io.curia.port.BindFailedException;
import io.curia.port.OpenPort;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.flow.FlowControlHandler;
import java.util.concurrent.CompletionStage;

/** The port that HTTP is spoken on. */
final class HttpPort {

    private static final int BACKLOG = 1_024;
    private static final int MAX_READ = 4_096;
    /** What the system keeps for a client that does not read, about twice; left alone it would be megabytes. */
    private static final int UNSENT = 128 * 1024;

    private final OpenPort port;

    private HttpPort(OpenPort port) {
        this.port = port;
    }

    /**
     * Returns a port that accepts connections. Blocks until it does.
     *
     * @throws BindFailedException if it cannot listen there; nothing is left behind then
     */
    static HttpPort open(String name, HttpSettings settings, Routes routes) {
        Visitors visitors = new Visitors(settings.limits().maxConnections());
        return new HttpPort(OpenPort.at(settings.bind(), name, port -> speak(port, settings, routes, visitors),
                () -> visitors.all().forEach(HttpConnection::abort)));
    }

    private static void speak(ServerBootstrap port, HttpSettings settings, Routes routes, Visitors visitors) {
        HostRule hosts = new HostRule(settings);
        port.option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.RCVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(64, 1_024, MAX_READ).maxMessagesPerRead(1))
                .childOption(ChannelOption.SO_SNDBUF, UNSENT)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        HttpConnection connection =
                                new HttpConnection(channel, settings.limits(), hosts, routes, visitors);
                        channel.pipeline().addLast(connection.doorbell(), new HttpRequestDecoder(decoding()),
                                new HttpResponseEncoder(), new FlowControlHandler(), connection);
                    }
                });
    }

    private static HttpDecoderConfig decoding() {
        return new HttpDecoderConfig().setMaxInitialLineLength(HttpLimits.MAX_LINE)
                .setMaxHeaderSize(HttpLimits.MAX_HEADERS).setInitialBufferSize(128).setValidateHeaders(true);
    }

    /** Returns where it listens: the host it was told, the port it really has. */
    Endpoint address() {
        return port.address();
    }

    /** Returns its thread. */
    EventLoop loop() {
        return port.loop();
    }

    /** Stops accepting, closes every connection and ends the thread; completes when that is done. */
    CompletionStage<Void> stop() {
        return port.stop();
    }
}
