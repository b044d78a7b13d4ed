package org.lama.backtest.honesty;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.lama.core.series.Frame;
import org.lama.core.signal.SessionFeed;

/**
 * Sessions of a combiner or a regime detector. A session cannot read ahead in its own inputs; it knows the future only if an
 * earlier one has left it behind. So each run is two sessions: one over all of the given stream, then one over the true
 * stream up to the compared moment. Single-threaded.
 */
final class SessionExperiment implements Experiment {
    private final SessionFeed feed;
    private final Frame stream;
    private final double[][] truth;

    SessionExperiment(SessionFeed feed, Frame stream) {
        this.feed = feed;
        this.stream = stream;
        this.truth = after(call -> stream, stream.size());
    }

    /** What a session gives on the true stream after another on a given one. */
    private double[][] after(Function<String, Frame> earlier, int rows) {
        feed.run(earlier, earlier.apply(feed.calls().get(0)).size());
        return feed.run(call -> stream, rows);
    }

    /** The first difference between two runs on the true stream: then nothing can be compared. */
    Optional<Difference> unstable() {
        return difference(after(call -> stream, stream.size()), stream.size());
    }

    @Override
    public Optional<Difference> differs(List<Frame> frames, Moment until) {
        return differs(call -> frames.get(0), until);
    }

    private Optional<Difference> differs(Function<String, Frame> earlier, Moment until) {
        int rows = stream.index().ceiling(until.nanos());
        try {
            return difference(after(earlier, rows), rows);
        } catch (RuntimeException thrown) {
            return Optional.of(new Difference(until, stream.symbol(), "output", "a value", "threw " + thrown));
        }
    }

    private Optional<Difference> difference(double[][] found, int rows) {
        for (int row = 0; row < rows; row++) {
            for (int k = 0; k < found.length; k++) {
                if (Double.doubleToLongBits(truth[k][row]) != Double.doubleToLongBits(found[k][row])) {
                    return Optional.of(new Difference(
                            new Moment(stream.availableAt(row), false),
                            stream.symbol(),
                            feed.outputs().get(k),
                            String.valueOf(truth[k][row]),
                            String.valueOf(found[k][row])));
                }
            }
        }
        return Optional.empty();
    }

    /** The call that has to be fed with other values for the output to change; empty if only several together do. */
    @Override
    public Optional<CallSite> readIn(List<Frame> garbled, Moment moment) {
        return feed.calls().stream()
                .filter(each -> differs(call -> call.equals(each) ? garbled.get(0) : stream, moment)
                        .isPresent())
                .findFirst()
                .map(call -> CallSite.of(feed.code(), call));
    }

    /** Outputs are made in the last of the calls. */
    @Override
    public Optional<CallSite> decidedIn(Difference difference, List<Frame> frames) {
        return Optional.of(decision(feed));
    }

    static CallSite decision(SessionFeed feed) {
        return CallSite.of(feed.code(), feed.calls().get(feed.calls().size() - 1));
    }
}
