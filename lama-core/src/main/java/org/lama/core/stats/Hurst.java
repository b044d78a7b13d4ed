package org.lama.core.stats;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.math.Sums;

/**
 * Two estimates of the Hurst exponent of a series in levels: 0.5 for a random walk, below for reversion, above for
 * persistence; 0 for a stationary series by the second.
 *
 * <p>rs, rescaled range (Hurst 1951, Transactions of the American Society of Civil Engineers 116, 770-808; Mandelbrot and
 * Wallis 1969, Water Resources Research 5, 321-340): changes are cut into blocks of 8, 16, 32, ... up to half their
 * number; each block's range of cumulated deviations from its mean is divided by its standard deviation (divisor: block
 * size); rs is the slope of the logarithm of the mean over blocks on the logarithm of the size. Short blocks bias it
 * upwards (0.55 to 0.62 on random walks of some hundred rows).
 *
 * <p>lagStd: slope of the logarithm of the standard deviation of y(t+k) - y(t) on the logarithm of k = 2..20.
 *
 * <p>Neither has a distribution here: no test. Blocks without variation are skipped. A series with a missing or infinite
 * value and a constant one give NaN and a note; so does one of fewer than 33 (rs) or 22 rows (lagStd). Nothing changes
 * when the series is shifted or multiplied. O(n log n); immutable and thread-safe.
 *
 * @param rs exponent by rescaled range, NaN if undefined
 * @param lagStd exponent by standard deviations of lagged differences, NaN if undefined
 * @param observations rows of the series, at least 0
 * @param note why a number is missing, empty if none is
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record Hurst(double rs, double lagStd, int observations, String note) implements Tabular {
    private static final int SMALLEST_BLOCK = 8;
    private static final int FIRST_LAG = 2;
    private static final int LAST_LAG = 20;
    /** Rounding of one value, in units of the largest. */
    private static final double NOISE = 4e-15;

    /**
     * Checks the parts.
     *
     * @param rs exponent by rescaled range
     * @param lagStd exponent by lagged differences
     * @param observations rows of the series
     * @param note why a number is missing
     */
    public Hurst {
        Check.atLeast(observations, 0, "observations");
        Check.notNull(note, "note");
    }

    /**
     * Estimates the exponents.
     *
     * @param y the series in levels (log prices), oldest value first; not changed
     * @return the estimates
     */
    public static Hurst of(double[] y) {
        String complaint = Samples.complaint(y, 0, y.length);
        if (!complaint.isEmpty()) {
            return new Hurst(Double.NaN, Double.NaN, y.length, complaint);
        }
        double[] scaled = Samples.scaled(y);
        double rs = rescaledRange(scaled);
        double lagStd = laggedDeviation(scaled);
        String note = "";
        if (Double.isNaN(rs) || Double.isNaN(lagStd)) {
            note = "the series is too short or its changes do not vary: " + y.length + " rows";
        }
        return new Hurst(rs, lagStd, y.length, note);
    }

    private static double rescaledRange(double[] y) {
        int n = y.length - 1;
        double[] change = new double[Math.max(0, n)];
        for (int t = 0; t < n; t++) {
            change[t] = y[t + 1] - y[t];
        }
        double noise = NOISE * Samples.largest(y);
        double[] logSize = new double[Integer.SIZE];
        double[] logRange = new double[Integer.SIZE];
        int points = 0;
        for (int size = SMALLEST_BLOCK; size <= n / 2; size *= 2) {
            double mean = meanRange(change, size, noise);
            if (mean > 0) {
                logSize[points] = Math.log(size);
                logRange[points++] = Math.log(mean);
            }
        }
        return slope(logSize, logRange, points);
    }

    /** Mean of range over deviation, NaN if no block varies. */
    private static double meanRange(double[] change, int size, double noise) {
        double sum = 0;
        int blocks = 0;
        for (int from = 0; from + size <= change.length; from += size) {
            double mean = Sums.mean(change, from, from + size);
            double partial = 0;
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            double squares = 0;
            for (int t = from; t < from + size; t++) {
                double deviation = change[t] - mean;
                partial += deviation;
                squares += deviation * deviation;
                low = Math.min(low, partial);
                high = Math.max(high, partial);
            }
            double deviation = Math.sqrt(squares / size);
            if (deviation > noise) {
                sum += (high - low) / deviation;
                blocks++;
            }
        }
        return sum / blocks;
    }

    private static double laggedDeviation(double[] y) {
        if (y.length < LAST_LAG + 2) {
            return Double.NaN;
        }
        int points = LAST_LAG - FIRST_LAG + 1;
        double noise = NOISE * Samples.largest(y);
        double[] logLag = new double[points];
        double[] logDeviation = new double[points];
        for (int k = FIRST_LAG; k <= LAST_LAG; k++) {
            double[] change = new double[y.length - k];
            for (int t = 0; t < change.length; t++) {
                change[t] = y[t + k] - y[t];
            }
            Samples.detrend(change, 1);
            double deviation = Math.sqrt(Sums.dot(change, 0, change, 0, change.length) / change.length);
            if (!(deviation > noise)) {
                return Double.NaN;
            }
            logLag[k - FIRST_LAG] = Math.log(k);
            logDeviation[k - FIRST_LAG] = Math.log(deviation);
        }
        return slope(logLag, logDeviation, points);
    }

    private static double slope(double[] x, double[] y, int points) {
        if (points < 2) {
            return Double.NaN;
        }
        double xMean = Sums.mean(x, 0, points);
        double yMean = Sums.mean(y, 0, points);
        double cross = 0;
        double square = 0;
        for (int i = 0; i < points; i++) {
            cross += (x[i] - xMean) * (y[i] - yMean);
            square += (x[i] - xMean) * (x[i] - xMean);
        }
        return cross / square;
    }

    /** One row: all parts. */
    @Override
    public List<Column> columns() {
        return List.of(
                new Column("Hurst (R/S)", List.of(rs)),
                new Column("Hurst (lagged deviations)", List.of(lagStd)),
                new Column("observations", List.of((long) observations)),
                new Column("note", List.of(note)));
    }
}
