package org.lama.backtest.api;

import java.util.Locale;
import org.lama.backtest.walkforward.StudyMonitor;
import org.lama.backtest.walkforward.StudySettings;
import org.lama.backtest.walkforward.StudyTools;
import org.lama.backtest.walkforward.TrialBook;
import org.lama.backtest.walkforward.WalkForwardStudy;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.TimeSource;
import org.lama.core.data.Instruments;
import org.lama.core.data.MarketData;
import org.lama.core.search.SequentialTaskExecutor;
import org.lama.core.series.Frame;
import org.lama.core.store.Node;

/**
 * How much work a study is. Counts are exact; memory and time are rough and say so.
 *
 * @param series series in the data
 * @param bars rows of all series
 * @param folds pairs of asset and window
 * @param fits folds times models
 * @param threads worker threads
 * @param memoryMiB rough need of memory
 * @param measuredFolds folds that were fitted to see how long one takes
 * @param fitSeconds time for all fits, extrapolated from the measured ones; NaN if none could be measured
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record StudyEstimate(
        int series, long bars, int folds, int fits, int threads, long memoryMiB, int measuredFolds, double fitSeconds) {
    private static final int MAXIMUM_FOLDS = 40;
    private static final long MAXIMUM_NANOS = 5_000_000_000L;
    private static final double MINUTE = 60;
    private static final double HOUR = 3600;

    static StudyEstimate of(StudySettings settings, MarketData data, int threads, TimeSource clock) {
        int folds = WalkForwardStudy.folds(data, settings);
        long bars = data.frames().stream().mapToLong(Frame::size).sum();
        int models = settings.models().size();
        Stopwatch stopwatch = new Stopwatch(clock);
        try {
            WalkForwardStudy.run(
                    data,
                    settings,
                    new StudyTools(
                            SequentialTaskExecutor.create(),
                            stopwatch,
                            TrialBook.ofThisStudyOnly(),
                            symbol -> Instruments.fromSymbol("UNKNOWN." + settings.kind(), symbol)));
        } catch (Enough enough) {
            Check.that(enough.watch() == stopwatch, "only this measurement is stopped");
        }
        int workers = Math.min(threads, Runtime.getRuntime().availableProcessors());
        return new StudyEstimate(
                data.symbols().size(),
                bars,
                folds,
                folds * models,
                threads,
                64 + bars * 33L * models * 2 / (1 << 20),
                stopwatch.folds,
                folds * stopwatch.secondsPerFold() / workers);
    }

    /**
     * The estimate in words.
     *
     * @return three lines, each ending in a line feed
     */
    public String explain() {
        return "work: " + series + " series, " + bars + " bars, " + folds + " folds, " + fits + " fits on " + threads
                + " threads\nmemory: about " + memoryMiB + " MiB\ntime: " + time()
                + " for the fits, judged by " + measuredFolds
                + " of them; portfolios, tests and the report come on top\n";
    }

    /** One digit that counts: more would be a claim. */
    private String time() {
        if (Double.isNaN(fitSeconds)) {
            return "unknown";
        }
        if (fitSeconds < 1) {
            return "less than a second";
        }
        if (fitSeconds < 1.5 * MINUTE) {
            return about(fitSeconds, "second");
        }
        return fitSeconds < 1.5 * HOUR ? about(fitSeconds / MINUTE, "minute") : about(fitSeconds / HOUR, "hour");
    }

    private static String about(double value, String unit) {
        double step = value < 10 ? 1 : 10;
        long rounded = Math.max(1, Math.round(value / step) * (long) step);
        return String.format(Locale.ROOT, "about %d %s%s", rounded, unit, rounded == 1 ? "" : "s");
    }

    /**
     * The estimate as a document.
     *
     * @return an object with a field for each component
     */
    public Node document() {
        return Node.object()
                .put("series", series)
                .put("bars", bars)
                .put("folds", folds)
                .put("fits", fits)
                .put("threads", threads)
                .put("memoryMiB", memoryMiB)
                .put("measuredFolds", measuredFolds)
                .put("fitSeconds", fitSeconds)
                .build();
    }

    /** Ends a measurement from inside the study. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Stopwatch watch;

        Enough(Stopwatch watch) {
            super("enough folds measured", null, false, false);
            this.watch = watch;
        }

        Stopwatch watch() {
            return watch;
        }
    }

    /** Notes when each fold was finished; the first half only warms up. */
    private static final class Stopwatch implements StudyMonitor {
        private final TimeSource clock;
        private final long[] finished = new long[MAXIMUM_FOLDS];
        private int folds;

        Stopwatch(TimeSource clock) {
            this.clock = clock;
        }

        @Override
        public void progress(String stage, int done, int total) {
            finished[folds++] = clock.nowNanos();
            if (folds == MAXIMUM_FOLDS || done == total || finished[folds - 1] - finished[0] > MAXIMUM_NANOS) {
                throw new Enough(this);
            }
        }

        double secondsPerFold() {
            int from = folds / 2;
            int to = folds - 1;
            return to > from ? (finished[to] - finished[from]) / 1e9 / (to - from) : Double.NaN;
        }
    }
}
