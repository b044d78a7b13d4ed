package org.lama.core.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;

/**
 * What a statistical test says. A series that cannot be tested (constant, too short, not finite) gives NaN for statistic
 * and p-value and the reason in the note, never an exception. Immutable and thread-safe.
 *
 * @param test name of the test
 * @param nullHypothesis what is assumed until rejected, with the tail that rejects
 * @param statistic the test statistic, NaN if it could not be computed
 * @param pValue probability under the null of a statistic at least as extreme, 0 to 1; NaN if unknown
 * @param lags lags used, at least 0; the rule's choice where it chose
 * @param observations rows that entered the statistic, at least 0
 * @param criticalValues critical values, from the strictest level to the loosest; empty where only p-values exist
 * @param note what limits the answer, empty if nothing
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public record TestResult(
        String test,
        String nullHypothesis,
        double statistic,
        double pValue,
        int lags,
        int observations,
        List<CriticalValue> criticalValues,
        String note)
        implements Tabular {
    /**
     * Checks the parts and copies the list.
     *
     * @param test name of the test
     * @param nullHypothesis what is assumed until rejected
     * @param statistic the test statistic
     * @param pValue 0 to 1 or NaN
     * @param lags lags used
     * @param observations rows used
     * @param criticalValues critical values
     * @param note what limits the answer
     */
    public TestResult {
        Check.notBlank(test, "test");
        Check.notBlank(nullHypothesis, "nullHypothesis");
        Check.that(Double.isNaN(pValue) || (pValue >= 0 && pValue <= 1), "pValue must be in [0, 1], got " + pValue);
        Check.atLeast(lags, 0, "lags");
        Check.atLeast(observations, 0, "observations");
        criticalValues = List.copyOf(criticalValues);
        Check.notNull(note, "note");
    }

    /**
     * The statistic at which a test of a given size rejects.
     *
     * @param level size of the test, in (0, 1): 0.05 is 5 %
     * @param value critical value of the statistic
     */
    public record CriticalValue(double level, double value) {
        /**
         * Checks the level.
         *
         * @param level size of the test
         * @param value critical value of the statistic
         */
        public CriticalValue {
            Check.that(level > 0 && level < 1, "level must be in (0, 1), got " + level);
        }
    }

    /**
     * Whether the null is rejected by its p-value.
     *
     * @param level size of the test, in (0, 1)
     * @return true if the p-value is below the level; false also if there is no p-value, see {@link #isDefined()}
     */
    public boolean rejects(double level) {
        return pValue < level;
    }

    /**
     * Whether the test could be carried out.
     *
     * @return true if statistic and p-value are numbers
     */
    public boolean isDefined() {
        return !Double.isNaN(statistic) && !Double.isNaN(pValue);
    }

    /**
     * The critical value of one level.
     *
     * @param level size of the test
     * @return the value, NaN if there is none for this level
     */
    public double criticalValue(double level) {
        for (CriticalValue critical : criticalValues) {
            if (critical.level() == level) {
                return critical.value();
            }
        }
        return Double.NaN;
    }

    /** One row: test, statistic, p-value, lags, observations, one column per critical value, note, null. */
    @Override
    public List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("test", List.of(test)));
        columns.add(new Column("statistic", List.of(statistic)));
        columns.add(new Column("p-value", List.of(pValue)));
        columns.add(new Column("lags", List.of((long) lags)));
        columns.add(new Column("observations", List.of((long) observations)));
        for (CriticalValue critical : criticalValues) {
            String percent = String.format(Locale.ROOT, "critical %.3g %%", 100 * critical.level());
            columns.add(new Column(percent, List.of(critical.value())));
        }
        columns.add(new Column("null hypothesis", List.of(nullHypothesis)));
        columns.add(new Column("note", List.of(note)));
        return List.copyOf(columns);
    }

    /** A test that could not be carried out. */
    static TestResult undefined(String test, String nullHypothesis, int lags, int observations, String note) {
        return new TestResult(test, nullHypothesis, Double.NaN, Double.NaN, lags, observations, List.of(), note);
    }
}
