package org.lama.core.stats;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;

/**
 * Decomposition of a series into season, trend and remainder by loess: y = seasonal + trend + remainder (Cleveland,
 * Cleveland, McRae and Terpenning 1990, Journal of Official Statistics 6, 3-73). The inner loop smooths every
 * cycle-subseries (all Januaries, ...), takes the low-frequency part out of the result and smooths what is left to the
 * trend; the outer loop gives rows with large remainders less weight.
 *
 * <p>Missing rows (NaN) get weight zero, so that season and trend are estimated from the others and exist everywhere;
 * their remainder is NaN. The low-pass filter has no weights, so that missing rows enter it by the smoothed season only.
 * Equal to R's {@code stl} on complete series.
 *
 * <p>O(n · (seasonal + trend + low-pass span) / jump) per pass; stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Stl {
    private final int period;
    private final Loess.Window seasonal;
    private final Loess.Window trend;
    private final Loess.Window lowPass;
    private final boolean periodic;
    private final int inner;
    private final int outer;

    private Stl(Builder builder, int rows) {
        period = builder.period;
        periodic = builder.seasonalSpan == Builder.PERIODIC;
        int span = periodic ? 10 * rows + 1 : builder.seasonalSpan;
        seasonal = window(Math.max(3, span), periodic ? 0 : builder.seasonalDegree, builder.jump);
        int trendSpan = builder.trendSpan > 0
                ? builder.trendSpan
                : odd((int) Math.ceil(1.5 * period / (1 - 1.5 / seasonal.span())));
        trend = window(Math.max(3, trendSpan), builder.trendDegree, builder.jump);
        lowPass = window(Math.max(3, odd(period)), builder.lowPassDegree, builder.jump);
        inner = builder.robust ? 1 : 2;
        outer = builder.robust ? 15 : 0;
    }

    private static Loess.Window window(int span, int degree, int jump) {
        return new Loess.Window(span, degree, jump > 0 ? jump : (span + 9) / 10);
    }

    private static int odd(int span) {
        return span + (span % 2 == 0 ? 1 : 0);
    }

    /**
     * Settings for a period: seasonal span 11 and degree 0, trend of degree 1, jumps of a tenth of the spans, two inner
     * passes, not robust.
     *
     * @param period rows per season, at least 2
     * @return the builder
     */
    public static Builder period(int period) {
        return new Builder(period);
    }

    /**
     * Settings of a decomposition. Mutable, owned by one thread.
     *
     * @since 0.1.0
     */
    public static final class Builder {
        private static final int PERIODIC = 0;

        private final int period;
        private int seasonalSpan = 11;
        private int seasonalDegree;
        private int trendSpan;
        private int trendDegree = 1;
        private int lowPassDegree = 1;
        private int jump;
        private boolean robust;

        private Builder(int period) {
            this.period = Check.atLeast(period, 2, "period");
        }

        private static int oddSpan(int span, String name) {
            Check.atLeast(span, 3, name);
            Check.that(span % 2 == 1, name + " must be odd, got " + span);
            return span;
        }

        /**
         * How many seasons the seasonal smoother spans, 11 by default; 7 or more is advised.
         *
         * @param seasons odd, at least 3
         * @return this
         */
        public Builder seasonalSpan(int seasons) {
            seasonalSpan = oddSpan(seasons, "seasonalSpan");
            return this;
        }

        /**
         * The same season in every cycle: the mean of each cycle-subseries.
         *
         * @return this
         */
        public Builder periodic() {
            seasonalSpan = PERIODIC;
            return this;
        }

        /**
         * How many rows the trend smoother spans; by default the smallest odd number of at least 1.5 period / (1 - 1.5 /
         * seasonal span).
         *
         * @param rows odd, at least 3
         * @return this
         */
        public Builder trendSpan(int rows) {
            trendSpan = oddSpan(rows, "trendSpan");
            return this;
        }

        /**
         * Degrees of the local polynomials.
         *
         * @param seasonal 0 or 1 (default 0)
         * @param trend 0 or 1 (default 1)
         * @param lowPass 0 or 1 (default 1)
         * @return this
         */
        public Builder degrees(int seasonal, int trend, int lowPass) {
            seasonalDegree = (int) Check.inRange(seasonal, 0, 1, "seasonal");
            trendDegree = (int) Check.inRange(trend, 0, 1, "trend");
            lowPassDegree = (int) Check.inRange(lowPass, 0, 1, "lowPass");
            return this;
        }

        /**
         * Fits every smoother at every k-th row only and draws lines between; by default a tenth of its span.
         *
         * @param rows k, at least 1; 1 fits everywhere
         * @return this
         */
        public Builder jump(int rows) {
            jump = Check.atLeast(rows, 1, "jump");
            return this;
        }

        /**
         * Fifteen outer passes of one inner pass each, with bisquare weights of the remainders.
         *
         * @return this
         */
        public Builder robust() {
            robust = true;
            return this;
        }

        /**
         * Decomposes a series.
         *
         * @param y the series, oldest value first, NaN where missing; not changed
         * @return the parts
         * @throws IllegalArgumentException if the series has not more than two periods, an infinite value, or a phase
         *     of the season without any value
         */
        public Decomposition decompose(double[] y) {
            int n = Check.notNull(y, "y").length;
            Check.that(n > 2 * period, "y must have more than two periods of " + period + " rows, got " + n);
            boolean[] seen = new boolean[period];
            for (int t = 0; t < n; t++) {
                Check.that(!Double.isInfinite(y[t]), "y must not be infinite, got " + y[t] + " at row " + t);
                seen[t % period] |= !Double.isNaN(y[t]);
            }
            for (int phase = 0; phase < period; phase++) {
                Check.that(seen[phase], "every phase of the season must have a value, phase " + phase + " has none");
            }
            return new Work(new Stl(this, n), y).run();
        }
    }

    /**
     * The parts of a series, one value per row. Immutable and thread-safe: the arrays handed out are copies.
     *
     * @since 0.1.0
     */
    public static final class Decomposition implements Tabular {
        private final double[] seasonal;
        private final double[] trend;
        private final double[] remainder;
        private final double[] weights;

        private Decomposition(double[] seasonal, double[] trend, double[] remainder, double[] weights) {
            this.seasonal = seasonal;
            this.trend = trend;
            this.remainder = remainder;
            this.weights = weights;
        }

        /**
         * The seasonal part.
         *
         * @return a copy; finite everywhere
         */
        public double[] seasonal() {
            return seasonal.clone();
        }

        /**
         * The trend.
         *
         * @return a copy; finite everywhere
         */
        public double[] trend() {
            return trend.clone();
        }

        /**
         * What season and trend leave.
         *
         * @return a copy; NaN where the series is missing
         */
        public double[] remainder() {
            return remainder.clone();
        }

        /**
         * Weights of the last pass.
         *
         * @return a copy; 0 to 1, all 1 for a complete series without robustness, 0 where it is missing
         */
        public double[] weights() {
            return weights.clone();
        }

        @Override
        public List<Column> columns() {
            return List.of(
                    column("seasonal", seasonal),
                    column("trend", trend),
                    column("remainder", remainder),
                    column("weight", weights));
        }

        private static Column column(String name, double[] values) {
            return new Column(name, Arrays.stream(values).boxed().toList());
        }
    }

    /** One decomposition under way. */
    private static final class Work {
        private final Stl settings;
        private final int n;
        private final double[] given;
        /** The series with gaps interpolated; their weight is zero, so that only windows without any weight read them. */
        private final double[] y;

        private final double[] weights;
        private final double[] ones;
        private final double[] trend;
        private final double[] seasonal;
        private final double[] detrended;
        private final double[] smoothed;
        private final double[] low;
        private final double[] phase;
        private final double[] phaseWeights;
        private final Loess loess;

        Work(Stl settings, double[] given) {
            this.settings = settings;
            this.given = given;
            n = given.length;
            y = given.clone();
            int longer = n + 2 * settings.period;
            weights = new double[n];
            ones = new double[longer];
            Arrays.fill(ones, 1);
            trend = new double[n];
            seasonal = new double[n];
            detrended = new double[n];
            smoothed = new double[longer];
            low = new double[longer];
            phase = new double[n];
            phaseWeights = new double[n];
            loess = new Loess(n);
        }

        Decomposition run() {
            interpolate();
            unweighted();
            for (int pass = 0; pass <= settings.outer; pass++) {
                if (pass > 0) {
                    reweight();
                }
                for (int k = 0; k < settings.inner; k++) {
                    step();
                }
            }
            if (settings.periodic) {
                average();
            }
            double[] remainder = new double[n];
            for (int t = 0; t < n; t++) {
                remainder[t] = given[t] - seasonal[t] - trend[t];
            }
            return new Decomposition(seasonal, trend, remainder, weights);
        }

        private void interpolate() {
            int before = -1;
            for (int t = 0; t < n; t++) {
                if (!Double.isNaN(given[t])) {
                    for (int i = before + 1; i < t; i++) {
                        double share = (double) (i - before) / (t - before);
                        y[i] = before < 0 ? given[t] : given[before] * (1 - share) + given[t] * share;
                    }
                    before = t;
                }
            }
            Arrays.fill(y, before + 1, n, given[before]);
        }

        private void unweighted() {
            for (int t = 0; t < n; t++) {
                weights[t] = Double.isNaN(given[t]) ? 0 : 1;
            }
        }

        /** One pass of the inner loop: season from the detrended series, then trend from the deseasonalised one. */
        private void step() {
            for (int t = 0; t < n; t++) {
                detrended[t] = y[t] - trend[t];
            }
            smoothSubseries();
            lowPass();
            for (int t = 0; t < n; t++) {
                seasonal[t] = smoothed[settings.period + t] - low[t];
                detrended[t] = y[t] - seasonal[t];
            }
            loess.smooth(detrended, n, settings.trend, weights, trend, 0);
        }

        /** Smooths each cycle-subseries and extends it by one season on either side. */
        private void smoothSubseries() {
            int m = settings.period;
            double[] out = new double[n / m + 3];
            for (int j = 0; j < m; j++) {
                int k = (n - 1 - j) / m + 1;
                for (int i = 0; i < k; i++) {
                    phase[i] = detrended[i * m + j];
                    phaseWeights[i] = weights[i * m + j];
                }
                Loess.Window window = settings.seasonal;
                loess.smooth(phase, k, window, phaseWeights, out, 1);
                int near = Math.min(window.span(), k) - 1;
                double before = loess.at(phase, k, window, phaseWeights, -1, 0, near);
                double after = loess.at(phase, k, window, phaseWeights, k, Math.max(0, k - window.span()), k - 1);
                out[0] = Double.isNaN(before) ? out[1] : before;
                out[k + 1] = Double.isNaN(after) ? out[k] : after;
                for (int i = 0; i < k + 2; i++) {
                    smoothed[i * m + j] = out[i];
                }
            }
        }

        /** Moving averages over a season, a season and three rows, then loess. */
        private void lowPass() {
            int m = settings.period;
            double[] first = new double[n + m + 1];
            double[] second = new double[n + 2];
            average(smoothed, n + 2 * m, m, first);
            average(first, n + m + 1, m, second);
            average(second, n + 2, 3, detrended);
            loess.smooth(detrended, n, settings.lowPass, ones, low, 0);
        }

        private static void average(double[] x, int length, int span, double[] out) {
            double sum = 0;
            for (int i = 0; i < span; i++) {
                sum += x[i];
            }
            out[0] = sum / span;
            for (int i = span; i < length; i++) {
                sum += x[i] - x[i - span];
                out[i - span + 1] = sum / span;
            }
        }

        /** Bisquare weights of the remainders, with six median absolute remainders as the limit. */
        private void reweight() {
            double[] size = IntStream.range(0, n)
                    .mapToDouble(t -> Math.abs(given[t] - seasonal[t] - trend[t]))
                    .toArray();
            double[] sorted =
                    Arrays.stream(size).filter(s -> !Double.isNaN(s)).sorted().toArray();
            int k = sorted.length;
            double limit = 3 * (sorted[k / 2] + sorted[k - 1 - k / 2]);
            for (int t = 0; t < n; t++) {
                weights[t] = bisquare(size[t], limit);
            }
        }

        private static double bisquare(double size, double limit) {
            if (!(size <= 0.999 * limit)) {
                return 0;
            }
            double share = size / limit;
            double rest = 1 - share * share;
            return size <= 0.001 * limit ? 1 : rest * rest;
        }

        /** One value per phase of the season. */
        private void average() {
            int m = settings.period;
            for (int j = 0; j < m; j++) {
                double sum = 0;
                int count = 0;
                for (int t = j; t < n; t += m) {
                    sum += seasonal[t];
                    count++;
                }
                for (int t = j; t < n; t += m) {
                    seasonal[t] = sum / count;
                }
            }
        }
    }
}
