package org.lama.core.stats;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;

/**
 * What a test chosen by name says: the table that its own result prints, and the same numbers by name for machine-readable
 * output. Names in the order of output. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class TestReport implements Tabular {
    private final String name;
    private final List<Column> columns;
    private final Map<String, Double> values = new LinkedHashMap<>();
    private final Map<String, double[]> vectors = new LinkedHashMap<>();
    private final Map<String, Double> criticalValues = new LinkedHashMap<>();
    private final Map<String, double[][]> criticalTables = new LinkedHashMap<>();
    private String nullHypothesis = "";
    private String note = "";

    TestReport(String name, Tabular table) {
        this.name = Check.notBlank(name, "name");
        columns = List.copyOf(table.columns());
    }

    TestReport value(String key, double value) {
        values.put(key, value);
        return this;
    }

    TestReport vector(String key, double[] numbers) {
        vectors.put(key, numbers.clone());
        return this;
    }

    TestReport criticalTable(String key, double[][] table) {
        criticalTables.put(key, copy(table));
        return this;
    }

    TestReport nullHypothesis(String text) {
        nullHypothesis = text;
        return this;
    }

    TestReport note(String text) {
        note = text;
        return this;
    }

    /** Statistic, p-value, lags, rows and critical values of a plain test. */
    TestReport of(TestResult test) {
        value("statistic", test.statistic());
        value("pValue", test.pValue());
        value("usedLag", test.lags());
        value("nobs", test.observations());
        for (TestResult.CriticalValue critical : test.criticalValues()) {
            // 2.5 % keeps its digit, the others are whole.
            double percent = Math.round(1e6 * critical.level()) / 1e4;
            String text = percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent);
            criticalValues.put(text + "%", critical.value());
        }
        return nullHypothesis(test.nullHypothesis()).note(test.note());
    }

    /**
     * The name of the test, one of {@link StatisticalTests#names()}.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Numbers by name: statistic, pValue, usedLag, nobs where the test has them; lambda, halfLifeOu, halfLifeAr1; rs, lagStd.
     * Missing numbers are NaN.
     *
     * @return an unmodifiable map
     */
    public Map<String, Double> values() {
        return Collections.unmodifiableMap(values);
    }

    /**
     * Lists of numbers by name: eigenvalues, trace, maxEigen; hedgeRatios.
     *
     * @return a new map of copies
     */
    public Map<String, double[]> vectors() {
        Map<String, double[]> copy = new LinkedHashMap<>();
        vectors.forEach((key, numbers) -> copy.put(key, numbers.clone()));
        return copy;
    }

    /**
     * Critical values by level: "1%", "5%", "10%".
     *
     * @return an unmodifiable map, empty where the test has none
     */
    public Map<String, Double> criticalValues() {
        return Collections.unmodifiableMap(criticalValues);
    }

    /**
     * Critical values of statistics that are lists, by their name: one row per null rank, at 90, 95 and 99 %.
     *
     * @return a new map of copies, empty but for johansen
     */
    public Map<String, double[][]> criticalTables() {
        Map<String, double[][]> copy = new LinkedHashMap<>();
        criticalTables.forEach((key, table) -> copy.put(key, copy(table)));
        return copy;
    }

    /**
     * What is assumed until rejected, with the tail that rejects.
     *
     * @return empty for estimates that are no tests
     */
    public String nullHypothesis() {
        return nullHypothesis;
    }

    /**
     * What limits the answer.
     *
     * @return empty if nothing
     */
    public String note() {
        return note;
    }

    /** The columns of the test's own result. */
    @Override
    public List<Column> columns() {
        return columns;
    }

    private static double[][] copy(double[][] table) {
        double[][] copy = new double[table.length][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = table[i].clone();
        }
        return copy;
    }
}
