package org.lama.backtest.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.lama.core.base.Api;
import org.lama.core.search.Direction;

/**
 * What is known of all trials without keeping them: how many, how they ended, the spread of their Sharpe ratios, and the best
 * ones. Trials are added in the order of their numbers, so that equal trials give equal bits. Mutable, for one thread; a
 * finished sweep's statistics no longer change.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class SweepStatistics {
    private static final int MOST_REASONS = 20;
    private static final int LONGEST_REASON = 200;
    private static final String OTHERS = "other reasons";
    /** Numbers that stand alone, those inside names such as {@code ma2} not. */
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])[-+]?\\d+(?:[.,]\\d+)*(?:[eE][-+]?\\d+)?(?!\\w)");

    private final Direction direction;
    private final int capacity;
    private final List<SweepTrial> best = new ArrayList<>();
    private final Map<String, Long> reasons = new TreeMap<>();
    private final Map<String, Long> paths = new TreeMap<>();
    private long count;
    private long defined;
    private long pruned;
    private long stopped;
    private long broken;
    private long ownSharpes;
    private long sharpes;
    private double mean;
    private double squares;

    SweepStatistics(Direction direction, int capacity) {
        this.direction = direction;
        this.capacity = capacity;
    }

    void add(SweepTrial trial) {
        count++;
        paths.merge(trial.path(), 1L, Long::sum);
        switch (trial.state()) {
            case DEFINED -> {
                defined++;
                insert(trial);
            }
            case PRUNED -> pruned++;
            case UNDEFINED -> {
                String reason = kind(trial.reason());
                reasons.merge(
                        reasons.size() < MOST_REASONS || reasons.containsKey(reason) ? reason : OTHERS, 1L, Long::sum);
            }
        }
        double sharpe = trial.figures().sharpePerPeriod();
        if (trial.wasStopped()) {
            stopped++;
        } else if (trial.path().equals(SweepTrial.BROKEN)) {
            broken++;
        } else if (Double.isFinite(sharpe)) {
            ownSharpes++;
            spread(sharpe);
        }
    }

    private void spread(double sharpe) {
        sharpes++;
        double delta = sharpe - mean;
        mean += delta / sharpes;
        squares += delta * (sharpe - mean);
    }

    /**
     * Takes the spread from an even sample of all trials that was run to the end: a pruner leaves those that did well, whose
     * spread is too small.
     */
    void spreadOf(double[] evenSample) {
        sharpes = 0;
        mean = 0;
        squares = 0;
        for (double sharpe : evenSample) {
            if (Double.isFinite(sharpe)) {
                spread(sharpe);
            }
        }
    }

    /** Messages quote the numbers of their trial: without them a million trials have a few reasons, not a million. */
    private static String kind(String reason) {
        String numberless = NUMBER.matcher(reason).replaceAll("#");
        return numberless.length() <= LONGEST_REASON ? numberless : numberless.substring(0, LONGEST_REASON) + "…";
    }

    private void insert(SweepTrial trial) {
        int at = best.size();
        while (at > 0 && direction.isBetter(trial.value(), best.get(at - 1).value())) {
            at--;
        }
        if (at < capacity) {
            best.add(at, trial);
            if (best.size() > capacity) {
                best.remove(capacity);
            }
        }
    }

    /**
     * All trials, however they ended.
     *
     * @return at least 0
     */
    public long count() {
        return count;
    }

    /**
     * Trials whose metric is defined.
     *
     * @return at most {@link #count}
     */
    public long defined() {
        return defined;
    }

    /**
     * Trials that were stopped early.
     *
     * @return at most {@link #count}
     */
    public long pruned() {
        return pruned;
    }

    /**
     * Why metrics are not defined, and how often. Numbers in the reasons are written as {@code #}, so that those which differ in
     * nothing else are one; a trial keeps its own words.
     *
     * @return by reason in alphabetical order, a copy; those beyond the first 20 are put together
     */
    public Map<String, Long> reasons() {
        return new TreeMap<>(reasons);
    }

    /**
     * How trials were computed, and how often.
     *
     * @return by path in alphabetical order, a copy
     */
    public Map<String, Long> paths() {
        return new TreeMap<>(paths);
    }

    /**
     * The best trials, best first; equal ones in the order of their numbers.
     *
     * @return a copy
     */
    public List<SweepTrial> best() {
        return List.copyOf(best);
    }

    /**
     * Trials that the pruner stopped, those without a value at a step among them: what they do on all data is not known.
     *
     * @return at most {@link #count}
     */
    public long stopped() {
        return stopped;
    }

    /**
     * Trials whose strategy failed after it had seen data: where failures and results have to do with each other, the others
     * look better than all do.
     *
     * @return at most {@link #count}
     */
    public long broken() {
        return broken;
    }

    /**
     * Among how many trials the best was chosen: those with a Sharpe ratio, all that were stopped early, and all that failed
     * after they had seen data. Sets that the strategy refused, and trials without returns, could not be chosen.
     *
     * @return at most {@link #count}
     */
    public long tried() {
        return ownSharpes + stopped + broken;
    }

    /**
     * Number of the Sharpe ratios behind mean and variance: all trials that have one; after a sweep in which trials were stopped
     * early those of an even sample of all, run to the end.
     *
     * @return at least 0
     */
    public long sharpes() {
        return sharpes;
    }

    /**
     * Mean Sharpe ratio per period over the trials that have one.
     *
     * @return NaN if none has
     */
    public double sharpeMean() {
        return sharpes > 0 ? mean : Double.NaN;
    }

    /**
     * Variance with n - 1 of the Sharpe ratios per period, as the deflated Sharpe ratio uses it.
     *
     * @return 0 below two values
     */
    public double sharpeVariance() {
        return sharpes > 1 ? squares / (sharpes - 1) : 0;
    }
}
