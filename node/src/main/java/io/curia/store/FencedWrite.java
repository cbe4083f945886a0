package io.curia.store;

import java.util.Arrays;
import java.util.Objects;

/**
 * One write of a transaction that commits only while a mastership's epoch is the current one.
 *
 * <p>Paths are absolute in the coordination service (below its chroot, if the connect string has one).
 */
public final class FencedWrite {

    /** What a write does to its path. */
    public enum Operation { CREATE, SET, DELETE, CHECK }

    /** Matches every version of a record. */
    public static final int ANY_VERSION = -1;

    private final Operation operation;
    private final String path;
    private final byte[] data;
    private final int version;

    private FencedWrite(Operation operation, String path, byte[] data, int version) {
        this.operation = operation;
        this.path = Objects.requireNonNull(path, "path");
        this.data = data.clone();
        this.version = version;
    }

    /** Creates {@code path}, persistent; the transaction fails if it exists or its parent does not. */
    public static FencedWrite create(String path, byte[] data) {
        return new FencedWrite(Operation.CREATE, path, data, ANY_VERSION);
    }

    /** Replaces the data at {@code path}; the transaction fails unless it has {@code version}. */
    public static FencedWrite set(String path, byte[] data, int version) {
        return new FencedWrite(Operation.SET, path, data, version);
    }

    /** Deletes {@code path}; the transaction fails unless it has {@code version}. */
    public static FencedWrite delete(String path, int version) {
        return new FencedWrite(Operation.DELETE, path, new byte[0], version);
    }

    /** Changes nothing; the transaction fails unless {@code path} exists with {@code version}. */
    public static FencedWrite check(String path, int version) {
        return new FencedWrite(Operation.CHECK, path, new byte[0], version);
    }

    public Operation operation() {
        return operation;
    }

    public String path() {
        return path;
    }

    public byte[] data() {
        return data.clone();
    }

    public int version() {
        return version;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FencedWrite write && operation == write.operation && path.equals(write.path)
                && Arrays.equals(data, write.data) && version == write.version;
    }

    @Override
    public int hashCode() {
        return Objects.hash(operation, path, Arrays.hashCode(data), version);
    }

    @Override
    public String toString() {
        return operation + " " + path + " (" + data.length + " bytes, version " + version + ")";
    }
}
