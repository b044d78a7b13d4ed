package org.lama.backtest.sweep;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Where finished trials go, in the order of their numbers. For one thread. */
interface TrialStore extends AutoCloseable {
    /** How many are there. */
    long size();

    /** Adds the next ones; when it returns they outlive the process. */
    void append(List<SweepTrial> trials) throws IOException;

    /** Walks over all in order. */
    void forEach(Consumer<SweepTrial> visitor) throws IOException;

    @Override
    void close() throws IOException;
}
