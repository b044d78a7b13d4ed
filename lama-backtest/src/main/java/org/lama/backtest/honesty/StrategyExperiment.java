package org.lama.backtest.honesty;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.engine.StrategyException;
import org.lama.backtest.honesty.Recording.Column;
import org.lama.core.data.MarketData;
import org.lama.core.series.Frame;

/** A strategy in an engine: what it decides and trades against its run on the true data. Single-threaded. */
final class StrategyExperiment implements Experiment {
    private final StrategyHonesty.Runner runner;
    private final StrategyHonesty.Factory factory;
    private final EngineSettings settings;
    private MarketData data;
    private Recording truth;
    private OptionalLong outgrown = OptionalLong.empty();

    StrategyExperiment(
            StrategyHonesty.Runner runner, StrategyHonesty.Factory factory, EngineSettings settings, MarketData given) {
        this.runner = runner;
        this.factory = factory;
        this.settings = settings;
        this.data = SpoiltData.of(given.frames());
        this.truth = new Recording(Long.MAX_VALUE);
        long end = Long.MAX_VALUE;
        while (!runsToTheEnd()) {
            // the bars that were heard stay; if they outgrow it once more, one bar less each time
            end = Math.min(truth.lastBar().orElseThrow(), end - data.barNanos());
            outgrown = OptionalLong.of(end);
            data = SpoiltData.of(before(data.frames(), end));
            truth = new Recording(Long.MAX_VALUE);
        }
    }

    private static List<Frame> before(List<Frame> frames, long nanos) {
        return frames.stream()
                .map(frame -> frame.slice(0, frame.index().ceiling(nanos)))
                .toList();
    }

    /** Whether the money of the true run stays within 64 bits; any other fault is thrown. */
    private boolean runsToTheEnd() {
        try {
            runner.run(data, factory.create(data), settings, truth);
            return true;
        } catch (RuntimeException thrown) {
            if (!isOverflow(thrown) || truth.lastBar().isEmpty()) {
                throw thrown;
            }
            return false;
        }
    }

    /** An overflow of LAMA's own sums, whoever asked for them; not an error of arithmetic in the code of the strategy. */
    private static boolean isOverflow(RuntimeException thrown) {
        Throwable cause = thrown instanceof StrategyException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return cause instanceof ArithmeticException
                && Arrays.stream(cause.getStackTrace())
                        .map(StackTraceElement::getClassName)
                        .filter(name -> !name.startsWith("java."))
                        .findFirst()
                        .filter(name -> name.startsWith("org.lama."))
                        .isPresent();
    }

    /** Where the data of the check end, because the money outgrew 64 bits at the next bar; empty if it never did. */
    OptionalLong outgrown() {
        return outgrown;
    }

    Recording truth() {
        return truth;
    }

    MarketData data() {
        return data;
    }

    StrategyHonesty.Known known() {
        return new StrategyHonesty.Known(runner, data, factory, settings, truth);
    }

    MarketData like(List<Frame> frames) {
        return SpoiltData.of(frames);
    }

    /** Runs on other data up to a time; {@code failed} hears of exceptions, which garbage may cause, but not of riches. */
    void run(MarketData other, Recording recording, Failures failed) {
        try {
            runner.run(other, factory.create(other), settings, recording);
        } catch (Recording.Enough over) {
            // all that is compared has been heard
        } catch (RuntimeException e) {
            if (!isOverflow(e)) {
                failed.heard(e);
            }
        }
    }

    /** Runs on the true data with targets that go out some bars later. */
    void run(int barsLater, Recording recording) {
        try {
            runner.run(data, new DelayedStrategy(factory.create(data), barsLater), settings, recording);
        } catch (RuntimeException e) {
            // what was heard until then is compared: a position that is liquidated later is not worth an error
        }
    }

    /** How many bars the strategy says it needs. */
    int warmUpBars() {
        return factory.create(data).warmUpBars();
    }

    /** Hears what broke a run. */
    @FunctionalInterface
    interface Failures {
        /** Garbage may break the rest of a run; if it broke the part that is compared, rows are missing there. */
        Failures IGNORED = thrown -> {};

        void heard(RuntimeException thrown);
    }

    @Override
    public Optional<Difference> differs(List<Frame> frames, Moment until) {
        Recording recording = new Recording(until.nanos());
        run(like(frames), recording, Failures.IGNORED);
        return differs(recording, until);
    }

    /** The earliest difference of a run to the true one. */
    Optional<Difference> differs(Recording run, Moment until) {
        long nanos = until.nanos();
        long lastFill = until.fill() ? nanos : nanos - 1;
        Optional<Difference> target = first("target", truth.targets(), run.targets(), nanos, Recording::targetText);
        Optional<Difference> fill = first("fill", truth.fills(), run.fills(), lastFill, Recording::fillText);
        if (target.isPresent() && fill.isPresent()) {
            return target.get().at().nanos() <= fill.get().at().nanos() ? target : fill;
        }
        return target.isPresent() ? target : fill;
    }

    private Optional<Difference> first(
            String what, Column expected, Column found, long until, Function<long[], String> text) {
        int expectedRows = expected.until(until);
        int foundRows = found.until(until);
        for (int i = 0; i < Math.max(expectedRows, foundRows); i++) {
            long[] one = expected.row(i, expectedRows, 0);
            long[] other = found.row(i, foundRows, 0);
            if (!Arrays.equals(one, other)) {
                return Optional.of(difference(what, one, other, text));
            }
        }
        return Optional.empty();
    }

    private Difference difference(String what, long[] one, long[] other, Function<long[], String> text) {
        boolean firstIsOne = other.length == 0 || (one.length > 0 && Arrays.compare(one, 0, 2, other, 0, 2) <= 0);
        long[] witness = firstIsOne ? one : other;
        boolean both = one.length > 0 && other.length > 0 && one[0] == other[0] && one[1] == other[1];
        return new Difference(
                new Moment(witness[0], what.equals("fill")),
                data.symbols().get((int) witness[1]),
                what,
                text.apply(firstIsOne || both ? one : new long[0]),
                text.apply(!firstIsOne || both ? other : new long[0]));
    }

    /** Listens for the target on the true data, and on the others if it is set there alone. */
    @Override
    public Optional<CallSite> decidedIn(Difference difference, List<Frame> frames) {
        if (!difference.what().equals("target")) {
            return Optional.empty();
        }
        int symbol = data.symbols().indexOf(difference.symbol());
        for (MarketData each : List.of(data, like(frames))) {
            Recording listening = new Recording(difference.at().nanos());
            listening.listenFor(difference.at().nanos(), symbol);
            run(each, listening, Failures.IGNORED);
            if (listening.site().isPresent()) {
                return listening.site();
            }
        }
        return Optional.empty();
    }
}
