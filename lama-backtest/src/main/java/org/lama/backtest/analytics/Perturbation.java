package org.lama.backtest.analytics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.base.Tabular;
import org.lama.core.market.Columns;
import org.lama.core.math.Quantiles;
import org.lama.core.search.TaskExecutor;
import org.lama.core.series.Frame;

/**
 * How a figure of a backtest holds when its data or its parameters are shaken: the run is repeated under noise of several
 * strengths, and the distribution of the figure is kept. A figure that falls apart under noise far below the bid-ask
 * spread, or when a parameter moves by a tenth, was fitted to accidents.
 *
 * <p>The run itself is a function that the caller gives ({@link Run}); {@link #noisy(Frame, double, Rng)} shakes bars and
 * {@link #near(double[], double, Rng)} parameters. A run whose figure is not defined gives NaN: it is counted in {@code
 * undefined} and left out of the quantiles; fewer than {@value #MINIMUM_DRAWS} defined ones give NaN with a reason. Draw k
 * of strength j has a generator of its own, so threads change no bit. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Perturbation implements Tabular {
    /** Fewer defined draws give no quantiles. */
    public static final int MINIMUM_DRAWS = 10;

    private final double base;
    private final List<Row> rows;

    private Perturbation(double base, List<Row> rows) {
        this.base = base;
        this.rows = List.copyOf(rows);
    }

    /** One run under noise; pure, and called from several threads. */
    @FunctionalInterface
    public interface Run {
        /**
         * Runs once.
         *
         * @param strength how strong the noise is; 0 for the run as it is, which must not use the generator
         * @param rng the only source of the noise
         * @return the figure, NaN if it is not defined
         */
        double figure(double strength, Rng rng);
    }

    /**
     * The figure at one strength.
     *
     * @param strength strength of the noise
     * @param defined draws with a defined figure
     * @param undefined draws without one
     * @param p05 5 % of the figures are at most this
     * @param median half of the figures are at most this
     * @param p95 95 % of the figures are at most this
     * @param sameSign share of the figures whose sign is that of the unshaken run
     * @param reason why there are no quantiles, empty if there are
     */
    public record Row(
            double strength,
            int defined,
            int undefined,
            double p05,
            double median,
            double p95,
            double sameSign,
            Optional<String> reason) {}

    /**
     * Runs once without noise and {@code draws} times at each strength.
     *
     * @param run the backtest as a function
     * @param strengths strengths of the noise, above 0, at least one
     * @param draws runs per strength, at least 10
     * @param seed seed of the generators
     * @param executor runs the draws
     * @return the distributions
     */
    public static Perturbation of(Run run, double[] strengths, int draws, long seed, TaskExecutor executor) {
        Check.atLeast(draws, MINIMUM_DRAWS, "draws");
        Check.atLeast(strengths.length, 1, "number of strengths");
        for (double strength : strengths) {
            Check.positive(strength, "strength");
        }
        List<Double> figures = executor.map(
                1 + strengths.length * draws,
                k -> k == 0
                        ? run.figure(0, Seeds.rng(seed, 0))
                        : run.figure(strengths[(k - 1) / draws], Seeds.rng(seed, k)));
        List<Row> rows = new ArrayList<>();
        for (int j = 0; j < strengths.length; j++) {
            rows.add(row(strengths[j], figures.subList(1 + j * draws, 1 + (j + 1) * draws), figures.get(0)));
        }
        return new Perturbation(figures.get(0), rows);
    }

    private static Row row(double strength, List<Double> figures, double base) {
        double[] sorted = figures.stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        int undefined = figures.size() - sorted.length;
        if (sorted.length < MINIMUM_DRAWS) {
            String reason = sorted.length + " of " + figures.size() + " runs have a defined figure, at least "
                    + MINIMUM_DRAWS + " are needed";
            return new Row(
                    strength,
                    sorted.length,
                    undefined,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    Optional.of(reason));
        }
        double same = Double.isFinite(base)
                ? Arrays.stream(sorted)
                                .filter(v -> Math.signum(v) == Math.signum(base))
                                .count()
                        / (double) sorted.length
                : Double.NaN;
        return new Row(
                strength,
                sorted.length,
                undefined,
                Quantiles.ofSorted(sorted, sorted.length, 0.05),
                Quantiles.ofSorted(sorted, sorted.length, 0.5),
                Quantiles.ofSorted(sorted, sorted.length, 0.95),
                same,
                Optional.empty());
    }

    /**
     * Bars with noise on their prices: open and close are each multiplied by exp(strength · ν · z), z standard normal and
     * independent, ν the standard deviation of the close-to-close log returns; high and low move with the mean of the two
     * and are widened so that they still hold open and close. Volumes and other columns stay. Missing prices stay missing.
     * O(rows).
     *
     * @param bars bars with open, high, low, close
     * @param strength noise in standard deviations of a bar's return, at least 0; 0.05 is a twentieth of a typical move
     * @param rng source of the noise
     * @return a copy; the very bars for strength 0
     */
    public static Frame noisy(Frame bars, double strength, Rng rng) {
        Check.notNegative(strength, "strength");
        if (strength == 0) {
            return bars;
        }
        double[] open = bars.column(Columns.OPEN).toArray();
        double[] high = bars.column(Columns.HIGH).toArray();
        double[] low = bars.column(Columns.LOW).toArray();
        double[] close = bars.column(Columns.CLOSE).toArray();
        double deviation = strength * volatility(close);
        for (int t = 0; t < close.length; t++) {
            double first = Math.exp(deviation * rng.nextGaussian());
            double last = Math.exp(deviation * rng.nextGaussian());
            double middle = Math.sqrt(first * last);
            open[t] *= first;
            close[t] *= last;
            high[t] = Math.max(high[t] * middle, Math.max(open[t], close[t]));
            low[t] = Math.min(low[t] * middle, Math.min(open[t], close[t]));
        }
        return bars.with(Columns.OPEN, open)
                .with(Columns.HIGH, high)
                .with(Columns.LOW, low)
                .with(Columns.CLOSE, close)
                .withProvenance(bars.provenance().withNote("noise on prices, strength " + strength));
    }

    private static double volatility(double[] close) {
        double[] moves = new double[Math.max(0, close.length - 1)];
        int count = 0;
        for (int t = 1; t < close.length; t++) {
            double move = Math.log(close[t] / close[t - 1]);
            if (Double.isFinite(move)) {
                moves[count++] = move;
            }
        }
        double deviation = Moments.of(Arrays.copyOf(moves, count)).standardDeviation();
        return Double.isNaN(deviation) ? 0 : deviation;
    }

    /**
     * Parameters near given ones: each multiplied by 1 + strength · u, u uniform in [-1, 1) and independent.
     *
     * @param parameters finite values
     * @param strength relative size of the move, at least 0; 0.1 moves each by at most a tenth
     * @param rng source of the noise
     * @return a copy; whole numbers are for the caller to round
     */
    public static double[] near(double[] parameters, double strength, Rng rng) {
        Moments.requireFinite(parameters, "parameters");
        Check.notNegative(strength, "strength");
        double[] moved = parameters.clone();
        for (int i = 0; strength > 0 && i < moved.length; i++) {
            moved[i] *= 1 + strength * (2 * rng.nextDouble() - 1);
        }
        return moved;
    }

    /**
     * The figure of the unshaken run.
     *
     * @return the figure, NaN if it is not defined
     */
    public double base() {
        return base;
    }

    /**
     * The distributions.
     *
     * @return one row per strength, in their order
     */
    public List<Row> rows() {
        return rows;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("strength", rows.stream().map(Row::strength).toList()),
                new Column("defined", rows.stream().map(Row::defined).toList()),
                new Column("undefined", rows.stream().map(Row::undefined).toList()),
                new Column("p05", rows.stream().map(Row::p05).toList()),
                new Column("median", rows.stream().map(Row::median).toList()),
                new Column("p95", rows.stream().map(Row::p95).toList()),
                new Column("sameSign", rows.stream().map(Row::sameSign).toList()));
    }
}
