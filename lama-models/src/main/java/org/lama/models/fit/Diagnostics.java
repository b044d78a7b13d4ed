package org.lama.models.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.math.Distributions;
import org.lama.core.stats.Autocorrelation;
import org.lama.core.stats.JarqueBera;
import org.lama.core.stats.Portmanteau;
import org.lama.core.stats.TestResult;

/**
 * What the residuals of a fitted model say about it: autocorrelation, two portmanteau tests, normality and points of a
 * normal quantile plot. NaN residuals are left out. A series that cannot be tested gives NaN and a note in the tests.
 * Immutable and thread-safe; O(n log n).
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Diagnostics implements Tabular {
    private static final int ACF_LAGS = 40;

    private final double[] acf;
    private final TestResult ljungBox;
    private final TestResult robust;
    private final TestResult jarqueBera;
    private final List<QuantilePair> quantiles;

    /**
     * One point of a quantile plot.
     *
     * @param theoretical standard normal quantile
     * @param sample standardised residual at the same rank
     */
    public record QuantilePair(double theoretical, double sample) {}

    private Diagnostics(
            double[] acf, TestResult ljungBox, TestResult robust, TestResult jarqueBera, List<QuantilePair> quantiles) {
        this.acf = acf;
        this.ljungBox = ljungBox;
        this.robust = robust;
        this.jarqueBera = jarqueBera;
        this.quantiles = quantiles;
    }

    /**
     * Examines residuals. The portmanteau tests use min(10, n/5) lags, but at least one more than there are fitted
     * parameters, so that a degree of freedom remains.
     *
     * @param residuals one-step residuals, oldest first, NaN where missing
     * @param fitted parameters that absorb autocorrelation (p + q of an ARIMA model), at least 0
     * @return the diagnostics
     */
    public static Diagnostics of(double[] residuals, int fitted) {
        Check.atLeast(fitted, 0, "fitted");
        double[] sorted = observed(residuals);
        int lags = Math.max(Portmanteau.defaultLags(sorted.length), fitted + 1);
        int acfLags = Math.max(1, Math.min(ACF_LAGS, sorted.length / 4));
        TestResult ljungBox = Portmanteau.ljungBox(residuals, lags, fitted);
        TestResult robust = Portmanteau.lobatoNankervisSavin(residuals, lags, fitted);
        double[] acf = Autocorrelation.acf(residuals, acfLags);
        TestResult normality = JarqueBera.test(sorted);
        Arrays.sort(sorted);
        return new Diagnostics(acf, ljungBox, robust, normality, pairs(sorted));
    }

    private static double[] observed(double[] residuals) {
        double[] kept = new double[residuals.length];
        int n = 0;
        for (double value : residuals) {
            if (!Double.isNaN(value)) {
                kept[n++] = value;
            }
        }
        return Arrays.copyOf(kept, n);
    }

    private static List<QuantilePair> pairs(double[] sorted) {
        int n = sorted.length;
        double mean = 0;
        for (double value : sorted) {
            mean += value / n;
        }
        double square = 0;
        for (double value : sorted) {
            square += (value - mean) * (value - mean) / n;
        }
        double deviation = Math.sqrt(square);
        List<QuantilePair> pairs = new ArrayList<>(n);
        boolean varies = n > 1 && sorted[n - 1] > sorted[0] && deviation > 0;
        for (int i = 0; i < n && varies; i++) {
            double theoretical = Distributions.normalQuantile((i + 0.5) / n);
            pairs.add(new QuantilePair(theoretical, (sorted[i] - mean) / deviation));
        }
        return List.copyOf(pairs);
    }

    /**
     * Autocorrelations of the residuals from lag 0 on.
     *
     * @return a new array, up to lag 40 or a quarter of the sample
     */
    public double[] acf() {
        return acf.clone();
    }

    /**
     * Ljung and Box's test; rejects too often when volatility clusters.
     *
     * @return the result
     */
    public TestResult ljungBox() {
        return ljungBox;
    }

    /**
     * The test of Lobato, Nankervis and Savin, which allows for changing volatility.
     *
     * @return the result
     */
    public TestResult lobatoNankervisSavin() {
        return robust;
    }

    /**
     * Jarque and Bera's test of normality.
     *
     * @return the result
     */
    public TestResult jarqueBera() {
        return jarqueBera;
    }

    /**
     * Points of a normal quantile plot, ascending.
     *
     * @return the points; empty for constant residuals
     */
    public List<QuantilePair> quantiles() {
        return quantiles;
    }

    @Override
    public List<Column> columns() {
        List<TestResult> tests = List.of(ljungBox, robust, jarqueBera);
        return List.of(
                new Column("test", tests.stream().map(TestResult::test).toList()),
                new Column(
                        "statistic", tests.stream().map(TestResult::statistic).toList()),
                new Column("p-value", tests.stream().map(TestResult::pValue).toList()),
                new Column("lags", tests.stream().map(t -> (long) t.lags()).toList()));
    }
}
