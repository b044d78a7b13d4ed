package org.lama.backtest.analytics;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.base.Tabular;
import org.lama.core.math.Quantiles;

/**
 * Monte Carlo on the round trips of a backtest: how deep the drawdown, how high the end and how long the losing streak
 * could have been with the same trips in another order, or with other trips of the same kind.
 *
 * <p>{@link Way#SHUFFLE} draws orders of the very trips: the end stays the same, the way there does not. {@link
 * Way#RESAMPLE} draws as many trips with replacement. The profits are added to the starting equity one after the other, in
 * money ({@link #of}: trips keep the size they had) or as shares of the equity ({@link #compounded}). Both ways take trips to be independent of each other; trips that overlapped in
 * time or came in streaks are not, and then the true drawdown is deeper. Intervals are percentiles of the draws. It says
 * nothing about whether there is an edge: trips of a lucky strategy are lucky in every order.
 *
 * <p>Fewer than {@value #MINIMUM_TRIPS} trips: no draws, NaN throughout and {@link #reason()} says why. NaN policy: FAIL.
 * Draw k has a generator of its own from seed and k. Immutable and thread-safe. O(draws · trips), two arrays of draws.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class TradeResampling implements Tabular {
    /** Fewer trips give no distribution. */
    public static final int MINIMUM_TRIPS = 10;
    /** Ruin is equity at or below this share of the starting equity, at any time. */
    public static final double RUIN_SHARE = 0.5;

    private static final double[] LEVELS = {0.05, 0.25, 0.5, 0.75, 0.95};

    private final int trips;
    private final List<Row> rows;
    private final double lossProbability;
    private final double ruinProbability;
    private final Optional<String> reason;

    private TradeResampling(
            int trips, List<Row> rows, double lossProbability, double ruinProbability, Optional<String> reason) {
        this.trips = trips;
        this.rows = List.copyOf(rows);
        this.lossProbability = lossProbability;
        this.ruinProbability = ruinProbability;
        this.reason = reason;
    }

    /** What a draw is. */
    public enum Way {
        /** The same trips in another order. */
        SHUFFLE,
        /** As many trips, drawn with replacement. */
        RESAMPLE
    }

    /**
     * How to draw.
     *
     * @param way shuffle or resample
     * @param draws number of draws, at least 100
     * @param seed seed of the generators
     */
    public record Settings(Way way, int draws, long seed) {
        /**
         * Checks the ranges.
         *
         * @param way shuffle or resample
         * @param draws number of draws, at least 100
         * @param seed seed of the generators
         */
        public Settings {
            Check.notNull(way, "way");
            Check.atLeast(draws, 100, "draws");
        }
    }

    /**
     * One figure: as it was, and over the draws.
     *
     * @param figure endEquity, deepestDrawdown or longestLosingStreak
     * @param observed its value in the order that happened, NaN without enough trips
     * @param p05 5 % of the draws are at most this
     * @param p25 25 % of the draws are at most this
     * @param median half of the draws are at most this
     * @param p75 75 % of the draws are at most this
     * @param p95 95 % of the draws are at most this
     */
    public record Row(String figure, double observed, double p05, double p25, double median, double p75, double p95) {}

    /**
     * Draws.
     *
     * @param profits net profit of each round trip in the order of exits, in quote currency, finite
     * @param startEquity equity before the first trip, above 0
     * @param settings how
     * @return the distributions
     */
    public static TradeResampling of(double[] profits, double startEquity, Settings settings) {
        Moments.requireFinite(profits, "profits");
        Check.positive(startEquity, "startEquity");
        return drawn(profits, startEquity, settings, false);
    }

    /**
     * Draws trips as shares of the equity that they found: each profit over the starting equity and all profits before it. So a
     * trip has the weight that it had, however much the account had grown by then; for accounts that reinvest.
     *
     * @param profits net profit of each round trip in the order of exits, in quote currency, finite
     * @param startEquity equity before the first trip, above 0
     * @param settings how
     * @return the distributions; none, with the reason, if the profits lead to equity of 0 or below
     */
    public static TradeResampling compounded(double[] profits, double startEquity, Settings settings) {
        Moments.requireFinite(profits, "profits");
        Check.positive(startEquity, "startEquity");
        double[] shares = new double[profits.length];
        double equity = startEquity;
        for (int i = 0; i < shares.length; i++) {
            shares[i] = profits[i] / equity;
            equity += profits[i];
            if (!(equity > 0)) {
                return undefined(profits.length, "the account was lost with round trip " + (i + 1));
            }
        }
        return drawn(shares, startEquity, settings, true);
    }

    private static TradeResampling drawn(double[] profits, double startEquity, Settings settings, boolean compound) {
        if (profits.length < MINIMUM_TRIPS) {
            return undefined(
                    profits.length, profits.length + " round trips, at least " + MINIMUM_TRIPS + " are needed");
        }
        double[] ends = new double[settings.draws];
        double[] drawdowns = new double[settings.draws];
        double[] streaks = new double[settings.draws];
        double[] path = new double[profits.length];
        double[] figures = new double[4];
        int losses = 0;
        int ruins = 0;
        for (int k = 0; k < settings.draws; k++) {
            draw(profits, settings, k, path);
            walk(path, startEquity, compound, figures);
            ends[k] = figures[0];
            drawdowns[k] = figures[1];
            streaks[k] = figures[2];
            losses += figures[0] < startEquity ? 1 : 0;
            ruins += figures[3] <= RUIN_SHARE * startEquity ? 1 : 0;
        }
        walk(profits, startEquity, compound, figures);
        List<Row> rows = List.of(
                row("endEquity", figures[0], ends),
                row("deepestDrawdown", figures[1], drawdowns),
                row("longestLosingStreak", figures[2], streaks));
        return new TradeResampling(
                profits.length,
                rows,
                (double) losses / settings.draws,
                (double) ruins / settings.draws,
                Optional.empty());
    }

    /** No distribution, for a reason. */
    static TradeResampling undefined(int trips, String why) {
        double none = Double.NaN;
        List<Row> rows = List.of(
                new Row("endEquity", none, none, none, none, none, none),
                new Row("deepestDrawdown", none, none, none, none, none, none),
                new Row("longestLosingStreak", none, none, none, none, none, none));
        return new TradeResampling(trips, rows, none, none, Optional.of(why));
    }

    private static void draw(double[] profits, Settings settings, int index, double[] path) {
        Rng rng = Seeds.rng(settings.seed, index);
        int n = profits.length;
        if (settings.way == Way.RESAMPLE) {
            for (int i = 0; i < n; i++) {
                path[i] = profits[rng.nextInt(n)];
            }
            return;
        }
        System.arraycopy(profits, 0, path, 0, n);
        for (int i = n - 1; i > 0; i--) {
            int j = rng.nextInt(i + 1);
            double held = path[i];
            path[i] = path[j];
            path[j] = held;
        }
    }

    /** End equity, deepest drawdown as a fraction of the peak, longest run of losing trips, lowest equity. */
    private static void walk(double[] profits, double startEquity, boolean compound, double[] figures) {
        double equity = startEquity;
        double peak = startEquity;
        double lowest = startEquity;
        double deepest = 0;
        int run = 0;
        int longest = 0;
        for (double profit : profits) {
            equity += compound ? profit * equity : profit;
            peak = Math.max(peak, equity);
            lowest = Math.min(lowest, equity);
            deepest = Math.min(deepest, equity / peak - 1);
            run = profit < 0 ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        figures[0] = equity;
        figures[1] = deepest;
        figures[2] = longest;
        figures[3] = lowest;
    }

    private static Row row(String figure, double observed, double[] draws) {
        double[] sorted = draws.clone();
        Arrays.sort(sorted);
        double[] at = new double[LEVELS.length];
        Arrays.setAll(at, i -> Quantiles.ofSorted(sorted, sorted.length, LEVELS[i]));
        return new Row(figure, observed, at[0], at[1], at[2], at[3], at[4]);
    }

    /**
     * The figures.
     *
     * @return endEquity in quote currency, deepestDrawdown as a fraction of the peak (at most 0; below -1 when equity went
     *     negative), longestLosingStreak in trips
     */
    public List<Row> rows() {
        return rows;
    }

    /**
     * The share of draws that end below the starting equity.
     *
     * @return a fraction; NaN without enough trips
     */
    public double lossProbability() {
        return lossProbability;
    }

    /**
     * The share of draws whose equity is at some time at or below {@value #RUIN_SHARE} of the starting equity.
     *
     * @return a fraction; NaN without enough trips
     */
    public double ruinProbability() {
        return ruinProbability;
    }

    /**
     * Number of trips.
     *
     * @return at least 0
     */
    public int trips() {
        return trips;
    }

    /**
     * Why there is no distribution.
     *
     * @return the reason, empty if there is one
     */
    public Optional<String> reason() {
        return reason;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("figure", rows.stream().map(Row::figure).toList()),
                new Column("observed", rows.stream().map(Row::observed).toList()),
                new Column("p05", rows.stream().map(Row::p05).toList()),
                new Column("p25", rows.stream().map(Row::p25).toList()),
                new Column("median", rows.stream().map(Row::median).toList()),
                new Column("p75", rows.stream().map(Row::p75).toList()),
                new Column("p95", rows.stream().map(Row::p95).toList()));
    }
}
