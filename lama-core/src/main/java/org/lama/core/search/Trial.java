package org.lama.core.search;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * One configuration whose out-of-sample result was computed. Two trials are the same trial when code version, settings,
 * data and test window are equal; the metric values do not count.
 *
 * @param codeVersion version of the program that computed the result
 * @param settingsHash SHA-256 of the canonical settings, or another text that names them uniquely
 * @param dataChecksum SHA-256 of the data
 * @param testFromNanos start of the test window, UTC epoch nanoseconds
 * @param testToNanos end of the test window, exclusive, after its start
 * @param metrics values by name; NaN where a value could not be computed, never infinite. The unannualised out-of-sample
 *     Sharpe ratio stands under {@link #SHARPE_PER_PERIOD}
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public record Trial(
        String codeVersion,
        String settingsHash,
        String dataChecksum,
        long testFromNanos,
        long testToNanos,
        Map<String, Double> metrics) {
    /** Name of the metric from which the variance over trials is computed: mean / standard deviation per period. */
    public static final String SHARPE_PER_PERIOD = "sharpePerPeriod";

    /**
     * Name of the metric that says how many independent tries a line amounts to: its share of what its batch amounts to by the
     * returns of its trials, since the trials of one search resemble each other. A line without it counts as one, or as many
     * as it stands for.
     */
    public static final String EFFECTIVE = "trials.effective";

    /**
     * Name of the metric that says how many independent tries are known of a line by the returns of its batch, where that is not
     * {@link #EFFECTIVE}: trials of the batch that stood in the ledger before without their returns are counted there already.
     */
    public static final String INDEPENDENT = "trials.independent";

    /**
     * Checks the parts and copies the metrics in the order of their names.
     *
     * @param codeVersion version of the program that computed the result
     * @param settingsHash SHA-256 of the canonical settings, or another text that names them uniquely
     * @param dataChecksum SHA-256 of the data
     * @param testFromNanos start of the test window, UTC epoch nanoseconds
     * @param testToNanos end of the test window, exclusive, after its start
     * @param metrics values by name; NaN where a value could not be computed, never infinite. The unannualised out-of-sample
     *     Sharpe ratio stands under {@link #SHARPE_PER_PERIOD}
     */
    public Trial {
        Check.notBlank(codeVersion, "codeVersion");
        Check.notBlank(settingsHash, "settingsHash");
        Check.notBlank(dataChecksum, "dataChecksum");
        Check.that(
                testFromNanos < testToNanos,
                "testToNanos must be after testFromNanos=" + testFromNanos + ", got " + testToNanos);
        SortedMap<String, Double> copy = new TreeMap<>(metrics);
        copy.forEach((name, value) -> {
            Check.notBlank(name, "metric name");
            Check.that(!Double.isInfinite(value), "metric " + name + " must be finite or NaN, got " + value);
        });
        metrics = Collections.unmodifiableSortedMap(copy);
    }

    /**
     * The unannualised Sharpe ratio of the trial.
     *
     * @return the value, NaN if there is none
     */
    public double sharpePerPeriod() {
        return metrics.getOrDefault(SHARPE_PER_PERIOD, Double.NaN);
    }

    /**
     * Whether another trial is the same configuration on the same data and window.
     *
     * @param other the other trial
     * @return true if all but the metric values are equal
     */
    public boolean isSameTrialAs(Trial other) {
        return identity().equals(other.identity());
    }

    /**
     * What makes two trials the same one.
     *
     * @param codeVersion version of the code
     * @param settingsHash hash of all settings
     * @param dataChecksum SHA-256 of the data
     * @param testFromNanos start of the test window, UTC epoch nanoseconds
     * @param testToNanos end of the test window, exclusive
     */
    public record Identity(
            String codeVersion, String settingsHash, String dataChecksum, long testFromNanos, long testToNanos) {}

    /**
     * All but the metric values, to look trials up by.
     *
     * @return equal for trials that are the same
     */
    public Identity identity() {
        return new Identity(codeVersion, settingsHash, dataChecksum, testFromNanos, testToNanos);
    }

    /**
     * Whether the trial was run on given data and a given window.
     *
     * @param checksum SHA-256 of the data
     * @param fromNanos start of the test window, UTC epoch nanoseconds
     * @param toNanos end of the test window, exclusive
     * @return true if all three are equal
     */
    public boolean isOn(String checksum, long fromNanos, long toNanos) {
        return dataChecksum.equals(checksum) && testFromNanos == fromNanos && testToNanos == toNanos;
    }

    /**
     * Whether the test window and another one share more than half of the shorter of both.
     *
     * @param fromNanos start of the other window, UTC epoch nanoseconds
     * @param toNanos its end, exclusive
     * @return true if they do
     */
    public boolean overlaps(long fromNanos, long toNanos) {
        double shared = (double) Math.min(toNanos, testToNanos) - Math.max(fromNanos, testFromNanos);
        double shorter = Math.min((double) toNanos - fromNanos, (double) testToNanos - testFromNanos);
        return 2 * shared > shorter;
    }
}
