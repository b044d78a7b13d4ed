package org.lama.backtest.honesty;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.QualityReport;
import org.lama.core.series.TimeIndex;

/**
 * Markets without any edge that look like given ones, and the same with an edge of known strength planted: what the
 * calibration of a study runs on.
 *
 * <p><b>Block bootstrap</b>: dates are drawn in blocks of random length (stationary bootstrap, mean {@value #BLOCK_BARS}
 * bars), all assets together, so clustered volatility, fat tails and the dependence between assets stay. The gap and the
 * body of each bar then get a random sign, the same for all assets of a date. <b>GARCH without drift</b>: a common factor
 * and own parts, each with GARCH(1,1) volatility (0.08, 0.90) and Student-t innovations of 5 degrees of freedom, with the
 * variances and loadings of the given market. In both, ln cosh of each signed move is taken off, so that given everything
 * before it the expected simple return of every gap and every body is exactly 0: whoever trades these markets earns the
 * negative of the costs on average.
 *
 * <p><b>Planted</b>: each asset gets an own drift of x volatilities per bar, x' = φ x + η with standard deviation κ, where
 * the volatility is an exponentially weighted one of earlier bars (0.94). κ is the strength. The mean of x over the whole
 * length is taken off, which changes it by about κ √((1 + φ) / (1 - φ) / rows), so that prices stay in reach.
 *
 * <p><b>Rising</b>: every body is longer by the same amount. There is nothing to forecast; who holds the market earns.
 *
 * <p>Only open, high, low, close and volume are made; volume keeps its value in quote currency. Used are the rows at which
 * all assets have a whole bar and one before it. A pure function of base, kind, rows, plant and seed. Immutable and
 * thread-safe. O(assets · rows).
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class NullMarkets {
    /** Mean length of a block in bars: long enough for volatility to cluster inside. */
    public static final int BLOCK_BARS = 25;

    /** Fewer usable rows cannot be resampled. */
    public static final int MINIMUM_ROWS = 200;

    private final MarketMoves moves;

    private NullMarkets(MarketMoves moves) {
        this.moves = moves;
    }

    /** How a market without an edge is made. */
    public enum Kind {
        /** Blocks of dates with random signs. */
        BLOCK_BOOTSTRAP("block bootstrap"),
        /** Simulated volatility, no drift. */
        GARCH("GARCH");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /**
         * The kind as it is printed.
         *
         * @return words
         */
        public String label() {
            return label;
        }
    }

    /**
     * A planted drift.
     *
     * @param strength κ, standard deviation of the drift in volatilities of a bar, in [0, 2]; 0 plants nothing
     * @param persistence φ over one bar, in [0, 1)
     * @param rise Sharpe ratio a year of holding each asset, made by a drift that never changes, in [-5, 5]; 0 for none
     */
    public record Plant(double strength, double persistence, double rise) {
        /** No drift. */
        public static final Plant NONE = new Plant(0, 0);

        /**
         * Checks the ranges.
         *
         * @param strength κ, standard deviation of the drift in volatilities of a bar, in [0, 2]; 0 plants nothing
         * @param persistence φ over one bar, in [0, 1)
         * @param rise Sharpe ratio a year of holding each asset, made by a drift that never changes, in [-5, 5]; 0 for none
         */
        public Plant {
            Check.inRange(rise, -5, 5, "rise");
            Check.inRange(strength, 0, 2, "strength");
            Check.that(persistence >= 0 && persistence < 1, "persistence must be in [0, 1), got " + persistence);
        }

        /**
         * A drift that comes and goes.
         *
         * @param strength κ, standard deviation of the drift in volatilities of a bar, in [0, 2]; 0 plants nothing
         * @param persistence φ over one bar, in [0, 1)
         */
        public Plant(double strength, double persistence) {
            this(strength, persistence, 0);
        }

        /**
         * A market that rises and has nothing to forecast: who holds it earns, and who knows its past earns no more.
         *
         * @param sharpe Sharpe ratio a year of holding each asset, in [-5, 5]
         * @return the plant
         */
        public static Plant rising(double sharpe) {
            return new Plant(0, 0, sharpe);
        }
    }

    /**
     * Takes the moves out of a market.
     *
     * @param base bars of one or more assets with open, high, low and close
     * @return the generator
     * @throws IllegalArgumentException if fewer than {@value #MINIMUM_ROWS} rows are common to all assets
     */
    public static NullMarkets of(MarketData base) {
        MarketMoves moves = MarketMoves.of(base);
        Check.that(
                moves.rows >= MINIMUM_ROWS,
                "calibration needs at least " + MINIMUM_ROWS + " bars that all assets share with a bar before, got "
                        + moves.rows + "; leave assets with short histories out with --symbols");
        return new NullMarkets(moves);
    }

    /**
     * Number of assets.
     *
     * @return at least 1
     */
    public int assets() {
        return moves.symbols.size();
    }

    /**
     * Length of a bar.
     *
     * @return days
     */
    public double barDays() {
        return moves.barNanos / 86_400e9;
    }

    /**
     * Bars that can be resampled.
     *
     * @return rows common to all assets
     */
    public int sourceRows() {
        return moves.rows;
    }

    /**
     * Makes one market.
     *
     * @param kind how
     * @param rows bars, at least 2
     * @param plant the drift to plant, {@link Plant#NONE} for a null market
     * @param seed seed of the market
     * @return bars from the base's first time on, without gaps
     */
    public MarketData draw(Kind kind, int rows, Plant plant, long seed) {
        Check.atLeast(rows, 2, "rows");
        DrawnMoves drawn = kind == Kind.GARCH
                ? GarchMoves.draw(moves, rows, seed)
                : SignedBlocks.draw(moves, rows, BLOCK_BARS, seed);
        TimeIndex index = TimeIndex.regular(moves.firstNanos, moves.barNanos, rows);
        String source = String.format(
                Locale.ROOT,
                "%s market, seed %d, planted strength %.3f%s",
                kind.label(),
                seed,
                plant.strength(),
                plant.rise() == 0 ? "" : String.format(Locale.ROOT, ", rise %.2f", plant.rise()));
        Provenance provenance = new Provenance(Provenance.Kind.SYNTHETIC, source, "", "made for calibration");
        List<Frame> frames = new ArrayList<>();
        List<QualityReport> quality = new ArrayList<>();
        for (int a = 0; a < assets(); a++) {
            frames.add(frame(drawn, a, index, plant, Seeds.rng(seed, 1_000L + a), provenance));
            quality.add(
                    new QualityReport(moves.symbols.get(a), source, rows, rows, rows, 0, 0, moves.barNanos, List.of()));
        }
        return new MarketData(frames, quality, List.of());
    }

    private Frame frame(DrawnMoves drawn, int asset, TimeIndex index, Plant plant, Rng rng, Provenance provenance) {
        int rows = index.size();
        double[] open = new double[rows];
        double[] high = new double[rows];
        double[] low = new double[rows];
        double[] close = new double[rows];
        double[] volume = new double[rows];
        double last = moves.firstClose[asset];
        double variance = moves.bodyVariance(asset);
        double[] x = drift(rows, plant, rng);
        double yearly = 365 * 86_400e9 / moves.barNanos;
        double rise = plant.rise() * Math.sqrt(variance / yearly);
        for (int t = 0; t < rows; t++) {
            double drift = Math.sqrt(variance) * x[t] - 0.5 * variance * plant.strength() * plant.strength();
            double body = drawn.body[asset][t] + (plant.strength() > 0 ? drift : 0) + rise;
            open[t] = last * Math.exp(drawn.gap[asset][t]);
            close[t] = open[t] * Math.exp(body);
            high[t] = Math.max(open[t], close[t]) * Math.exp(drawn.up[asset][t]);
            low[t] = Math.min(open[t], close[t]) * Math.exp(-drawn.down[asset][t]);
            volume[t] = drawn.quoteVolume[asset][t] / close[t];
            last = close[t];
            variance = DrawnMoves.movingVariance(variance, body);
        }
        Frame bars = Frame.of(moves.symbols.get(asset), index, moves.barNanos, provenance)
                .with(Columns.OPEN, open)
                .with(Columns.HIGH, high)
                .with(Columns.LOW, low)
                .with(Columns.CLOSE, close);
        return moves.hasVolume ? bars.with(Columns.VOLUME, volume) : bars;
    }

    /** The drift in volatilities, less its mean over the whole length: else prices would wander by many orders. */
    private static double[] drift(int rows, Plant plant, Rng rng) {
        double[] x = new double[rows];
        double now = plant.strength() * rng.nextGaussian();
        double shock = plant.strength() * Math.sqrt(1 - plant.persistence() * plant.persistence());
        double sum = 0;
        for (int t = 0; t < rows; t++) {
            x[t] = now;
            sum += now;
            now = plant.persistence() * now + shock * rng.nextGaussian();
        }
        for (int t = 0; t < rows; t++) {
            x[t] -= sum / rows;
        }
        return x;
    }
}
