package io.curia.singleton;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A pipe with a name, by which one process is told something whose standard input is for others. Each serves once, so
 * that nobody reads what was meant for somebody before.
 */
final class SidePipe {

    private final Path file;
    private final RandomAccessFile pipe;

    private SidePipe(Path file, RandomAccessFile pipe) {
        this.file = file;
        this.pipe = pipe;
    }

    static SidePipe make(Path directory) throws IOException {
        Path file = directory.resolve("keeper.gate");
        Files.deleteIfExists(file);
        try {
            int code = new ProcessBuilder("mkfifo", "-m", "600", file.toString()).redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD).start().waitFor();
            if (code != 0) {
                throw new IOException("mkfifo " + file + " ended with code " + code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        // For both, or to open it would wait for the other side.
        return new SidePipe(file, new RandomAccessFile(file.toFile(), "rw"));
    }

    Path file() {
        return file;
    }

    /**
     * Returns where to write. To close that has no effect: should the reader not have opened its side yet, all would
     * be lost; so the pipe stays open until it is not needed any more.
     */
    OutputStream input() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                pipe.write(one);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                pipe.write(bytes, from, length);
            }
        };
    }

    void close() throws IOException {
        pipe.close();
    }
}
