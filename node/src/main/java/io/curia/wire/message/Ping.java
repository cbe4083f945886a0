package io.curia.wire.message;

/** Asks who listens here. */
public record Ping() implements Request {

    static final String TYPE = "ping";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
        return visitor.ping(this);
    }
}
