package io.curia.wire.message;

/** Asks who the master is. */
public record MasterRequest() implements Request {

    static final String TYPE = "master";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
        return visitor.master(this);
    }
}
