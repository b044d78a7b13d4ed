package org.lama.backtest.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.lama.core.base.Check;

/** Keeps trials in memory, up to a bound. */
final class MemoryTrials implements TrialStore {
    static final int LARGEST = 100_000;

    private final List<SweepTrial> trials = new ArrayList<>();

    @Override
    public long size() {
        return trials.size();
    }

    @Override
    public void append(List<SweepTrial> more) {
        Check.that(
                trials.size() + more.size() <= LARGEST,
                "a sweep without a folder keeps at most " + LARGEST + " trials; name a folder for more");
        trials.addAll(more);
    }

    @Override
    public void forEach(Consumer<SweepTrial> visitor) {
        trials.forEach(visitor);
    }

    @Override
    public void close() {
        // nothing is open
    }
}
