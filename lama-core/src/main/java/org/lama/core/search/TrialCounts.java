package org.lama.core.search;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * How many configurations stand behind some lines of a ledger, and how much their Sharpe ratios spread. A line is one
 * configuration, unless it says that it stands for many: a sweep of more trials than a ledger should list one by one enters
 * their number, mean and variance in one line. Immutable and thread-safe.
 *
 * @param raw configurations, at least 0
 * @param known those with a Sharpe ratio
 * @param mean of the Sharpe ratios per period, NaN if none is known
 * @param variance of the Sharpe ratios per period with n - 1, 0 below two
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record TrialCounts(long raw, long known, double mean, double variance) {
    private static final String MANY = "sweep.trials";
    private static final String KNOWN = "sweep.sharpes";
    private static final String MEAN = "sweep.sharpeMean";
    private static final String VARIANCE = "sweep.sharpeVariance";

    /**
     * Checks ranges.
     *
     * @param raw configurations, at least 0
     * @param known those with a Sharpe ratio
     * @param mean of the Sharpe ratios per period, NaN if none is known
     * @param variance of the Sharpe ratios per period with n - 1, 0 below two
     */
    public TrialCounts {
        Check.that(raw >= 0 && known >= 0 && known <= raw, "known must be in [0, raw=" + raw + "], got " + known);
        Check.notNegative(variance, "variance");
    }

    /**
     * Counts lines. Deviations are pooled (Chan, Golub and LeVeque 1979), in the order of the lines.
     *
     * @param trials distinct lines
     * @return the counts
     */
    public static TrialCounts of(List<Trial> trials) {
        return pooled(trials.stream().map(TrialCounts::of).toList());
    }

    /**
     * Counts trials by their Sharpe ratios alone, in the same way.
     *
     * @param sharpesPerPeriod one per trial, NaN where not defined
     * @return the counts
     */
    public static TrialCounts ofSharpes(double... sharpesPerPeriod) {
        return pooled(Arrays.stream(sharpesPerPeriod).mapToObj(TrialCounts::one).toList());
    }

    private static TrialCounts one(double sharpe) {
        return new TrialCounts(1, Double.isNaN(sharpe) ? 0 : 1, sharpe, 0);
    }

    private static TrialCounts pooled(List<TrialCounts> lines) {
        long raw = 0;
        long known = 0;
        double mean = 0;
        double squares = 0;
        for (TrialCounts line : lines) {
            raw += line.raw;
            if (line.known == 1) {
                known++;
                double delta = line.mean - mean;
                mean += delta / known;
                squares += delta * (line.mean - mean);
            } else if (line.known > 1) {
                double delta = line.mean - mean;
                long both = known + line.known;
                squares += line.variance * (line.known - 1) + delta * delta * ((double) known * line.known / both);
                mean += delta * ((double) line.known / both);
                known = both;
            }
        }
        return new TrialCounts(raw, known, known > 0 ? mean : Double.NaN, known > 1 ? squares / (known - 1) : 0);
    }

    private static TrialCounts of(Trial trial) {
        Map<String, Double> metrics = trial.metrics();
        if (metrics.containsKey(MANY)) {
            return new TrialCounts(
                    metrics.get(MANY).longValue(),
                    metrics.getOrDefault(KNOWN, 0.0).longValue(),
                    metrics.getOrDefault(MEAN, Double.NaN),
                    metrics.getOrDefault(VARIANCE, 0.0));
        }
        return one(trial.sharpePerPeriod());
    }

    /**
     * The metrics of one line that stands for many configurations.
     *
     * @return by name, for {@link Trial}
     */
    public Map<String, Double> asMetrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(MANY, (double) raw);
        metrics.put(KNOWN, (double) known);
        metrics.put(MEAN, mean);
        metrics.put(VARIANCE, variance);
        return metrics;
    }
}
