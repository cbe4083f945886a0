package io.curia.wire.message;

/** Asks what the node believes of itself. */
public record StatusRequest() implements Request {

    static final String TYPE = "status";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
        return visitor.status(this);
    }
}
