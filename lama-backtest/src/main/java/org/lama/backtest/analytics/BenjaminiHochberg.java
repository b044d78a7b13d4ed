package org.lama.backtest.analytics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;

/**
 * Which of many tests count, with the expected share of false ones held at a rate (Benjamini and Hochberg 1995,
 * doi:10.1111/j.2517-6161.1995.tb02031.x). The adjusted p-value of the test with rank i of m is the smallest p(j) · m / j
 * over j &gt;= i; a null hypothesis is rejected when it is at most the rate. Valid for independent and for positively
 * dependent tests; {@link #underAnyDependence} multiplies the adjusted p-values by 1 + 1/2 + … + 1/m and is valid always
 * (Benjamini and Yekutieli 2001, doi:10.1214/aos/1013699998): for pairs, which share their legs and can be dependent with
 * either sign. NaN policy: SKIP, a NaN is a test that was not made: never rejected, and not counted in m. Immutable and
 * thread-safe. O(m log m).
 *
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public final class BenjaminiHochberg implements Tabular {
    private final double[] pValues;
    private final double[] adjusted;
    private final double rate;

    private BenjaminiHochberg(double[] pValues, double[] adjusted, double rate) {
        this.pValues = pValues;
        this.adjusted = adjusted;
        this.rate = rate;
    }

    /**
     * Judges a family of tests.
     *
     * @param pValues one per test, in [0, 1] or NaN
     * @param rate false discovery rate, inside (0, 1)
     * @return the judgement
     */
    public static BenjaminiHochberg of(double[] pValues, double rate) {
        return of(pValues, rate, false);
    }

    /**
     * Judges a family of tests that may depend on each other in any way.
     *
     * @param pValues one per test, in [0, 1] or NaN
     * @param rate false discovery rate, inside (0, 1)
     * @return the judgement, never milder than {@link #of(double[], double)}
     */
    public static BenjaminiHochberg underAnyDependence(double[] pValues, double rate) {
        return of(pValues, rate, true);
    }

    private static BenjaminiHochberg of(double[] pValues, double rate, boolean anyDependence) {
        Check.that(rate > 0 && rate < 1, "rate must be in (0, 1), got " + rate);
        for (int i = 0; i < pValues.length; i++) {
            if (!Double.isNaN(pValues[i])) {
                Check.inRange(pValues[i], 0, 1, "pValues[" + i + "]");
            }
        }
        int[] order = IntStream.range(0, pValues.length)
                .filter(i -> !Double.isNaN(pValues[i]))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> pValues[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[pValues.length];
        Arrays.fill(adjusted, Double.NaN);
        double harmonic = 1;
        for (int j = 2; anyDependence && j <= order.length; j++) {
            harmonic += 1.0 / j;
        }
        double smallest = 1;
        for (int j = order.length; j >= 1; j--) {
            smallest = Math.min(smallest, harmonic * pValues[order[j - 1]] * order.length / j);
            adjusted[order[j - 1]] = smallest;
        }
        return new BenjaminiHochberg(pValues.clone(), adjusted, rate);
    }

    /**
     * Whether a null hypothesis is rejected.
     *
     * @param index number of the test
     * @return true if its adjusted p-value is at most the rate
     */
    public boolean isRejected(int index) {
        return adjusted[index] <= rate;
    }

    /**
     * The adjusted p-value.
     *
     * @param index number of the test
     * @return in [0, 1], NaN if the test was not made
     */
    public double adjusted(int index) {
        return adjusted[index];
    }

    /**
     * How many null hypotheses are rejected.
     *
     * @return at least 0
     */
    public int rejections() {
        return (int)
                IntStream.range(0, adjusted.length).filter(this::isRejected).count();
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("pValue", Arrays.stream(pValues).boxed().toList()),
                new Column("adjusted", Arrays.stream(adjusted).boxed().toList()),
                new Column(
                        "rejected",
                        IntStream.range(0, adjusted.length)
                                .mapToObj(this::isRejected)
                                .toList()));
    }
}
