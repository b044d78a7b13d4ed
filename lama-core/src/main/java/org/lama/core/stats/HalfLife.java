package org.lama.core.stats;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.math.Sums;

/**
 * How long a deviation from the mean takes to halve, in rows. The least-squares regression y(t) - y(t-1) = a + lambda
 * y(t-1) + e(t) gives two answers: for the process in continuous time with reversion -lambda per row, halfLifeOu =
 * -ln 2 / lambda; for the autoregression in rows with coefficient 1 + lambda, halfLifeAr1 = ln 0.5 / ln(1 + lambda). They
 * agree for slow reversion, and only the second is exact for sampled data.
 *
 * <p>This is an estimate and no test: lambda is biased towards reversion by about (1 + 3 (1 + lambda)) / n, also on a random
 * walk, where the half-life has no meaning. Test first ({@link Adf}). A series with a missing or infinite value, a
 * constant one and one of fewer than three rows give NaN and a note. Half-lives do not change when the series is shifted
 * or multiplied. O(n); immutable and thread-safe.
 *
 * <p>Ornstein and Uhlenbeck (1930), Physical Review 36, 823-841; Chan (2013), Algorithmic Trading, chapter 2.
 *
 * @param lambda coefficient of y(t-1), negative when the series reverts
 * @param intercept the constant a, in units of the series
 * @param standardError standard error of lambda under constant variance, at least 0; NaN without a degree of freedom
 * @param halfLifeOu -ln 2 / lambda, in rows; NaN unless lambda is negative
 * @param halfLifeAr1 ln 0.5 / ln(1 + lambda), in rows; NaN unless 1 + lambda lies between 0 and 1
 * @param observations regression rows, at least 0
 * @param note why a number is missing, empty if none is
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record HalfLife(
        double lambda,
        double intercept,
        double standardError,
        double halfLifeOu,
        double halfLifeAr1,
        int observations,
        String note)
        implements Tabular {
    /**
     * Checks the parts.
     *
     * @param lambda coefficient of y(t-1)
     * @param intercept the constant
     * @param standardError standard error of lambda
     * @param halfLifeOu half-life in continuous time
     * @param halfLifeAr1 half-life of the autoregression
     * @param observations regression rows
     * @param note why a number is missing
     */
    public HalfLife {
        Check.atLeast(observations, 0, "observations");
        Check.notNull(note, "note");
    }

    /**
     * Estimates the half-lives.
     *
     * @param y the series (a spread), oldest value first; not changed
     * @return the estimates
     */
    public static HalfLife of(double[] y) {
        int n = Math.max(0, y.length - 1);
        String complaint = Samples.complaint(y, 0, y.length);
        if (complaint.isEmpty() && n < 2) {
            complaint = "the series is too short: " + y.length + " rows";
        } else if (complaint.isEmpty()) {
            complaint = Samples.complaint(y, 0, n).isEmpty() ? "" : "the series is constant before its last value";
        }
        if (!complaint.isEmpty()) {
            return new HalfLife(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, n, complaint);
        }
        double scale = Samples.scale(y, 0, y.length);
        double[] level = new double[n];
        double[] change = new double[n];
        for (int t = 0; t < n; t++) {
            level[t] = y[t] * scale;
            change[t] = y[t + 1] * scale - level[t];
        }
        double levelMean = Sums.mean(level, 0, n);
        double changeMean = Sums.mean(change, 0, n);
        Samples.detrend(level, 1);
        Samples.detrend(change, 1);
        double square = Sums.dot(level, 0, level, 0, n);
        double lambda = Sums.dot(level, 0, change, 0, n) / square;
        double rss = 0;
        for (int t = 0; t < n; t++) {
            double e = change[t] - lambda * level[t];
            rss += e * e;
        }
        double error = n > 2 ? Math.sqrt(rss / (n - 2) / square) : Double.NaN;
        return of(lambda, (changeMean - lambda * levelMean) / scale, error, n);
    }

    private static HalfLife of(double lambda, double intercept, double error, int n) {
        double root = 1 + lambda;
        boolean reverts = lambda < 0;
        boolean decays = reverts && root > 0;
        String note = "";
        if (!reverts) {
            note = "the series does not revert: lambda is not negative";
        } else if (!decays) {
            note = "the autoregression overshoots its mean: no half-life in rows";
        }
        return new HalfLife(
                lambda,
                intercept,
                error,
                reverts ? -Math.log(2) / lambda : Double.NaN,
                decays ? -Math.log(2) / Math.log(root) : Double.NaN,
                n,
                note);
    }

    /** One row: all parts. */
    @Override
    public List<Column> columns() {
        return List.of(
                new Column("half-life (OU)", List.of(halfLifeOu)),
                new Column("half-life (AR 1)", List.of(halfLifeAr1)),
                new Column("lambda", List.of(lambda)),
                new Column("standard error", List.of(standardError)),
                new Column("intercept", List.of(intercept)),
                new Column("observations", List.of((long) observations)),
                new Column("note", List.of(note)));
    }
}
