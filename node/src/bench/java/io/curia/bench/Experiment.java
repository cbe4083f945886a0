package io.curia.bench;

import java.io.IOException;
import java.util.List;

/** One topic's measurements. */
@FunctionalInterface
interface Experiment {

    /**
     * Measures in this laboratory and returns the rows; whatever it started has ended then.
     *
     * @throws IOException if a process or a file failed, or something awaited did not happen in time
     */
    List<Row> run(Lab lab) throws IOException, InterruptedException;
}
