package org.lama.backtest.honesty;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Seeds;
import org.lama.core.data.MarketData;
import org.lama.core.search.TaskExecutor;

/**
 * Runs a whole pipeline, from bars to verdict, on markets without any edge and on markets with planted edges of several
 * strengths, to see how often it cries wolf and what it can find.
 *
 * <p>Market k is a pure function of the settings and k, and its result is kept in slot k: equal settings and data give
 * equal bits for any number of threads, and a calibration that was stopped and goes on from its {@link Journal} ends with
 * the bits of an uninterrupted one. Half of the null and of the planted markets are block bootstraps and half GARCH.
 * Stateless and thread-safe; the pipeline is called from the executor's threads.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Calibration {
    private Calibration() {}

    /**
     * What to run.
     *
     * @param nullMarkets number of markets without an edge, at least 2
     * @param plantedMarkets number of markets per strength, at least 2
     * @param strengths strengths of the planted drift, ascending, each in (0, 2]; may be empty
     * @param persistence φ of the planted drift over one bar, in [0, 1)
     * @param rows bars of each market
     * @param firstTestRow first bar that is tested; those before it are for training
     * @param seed master seed
     * @param terms how the perfect trader of the planted drift trades
     */
    public record Settings(
            int nullMarkets,
            int plantedMarkets,
            List<Double> strengths,
            double persistence,
            int rows,
            int firstTestRow,
            long seed,
            PerfectTrader.Terms terms) {
        /**
         * Checks the ranges.
         *
         * @param nullMarkets number of markets without an edge, at least 2
         * @param plantedMarkets number of markets per strength, at least 2
         * @param strengths strengths of the planted drift, ascending, each in (0, 2]; may be empty
         * @param persistence φ of the planted drift over one bar, in [0, 1)
         * @param rows bars of each market
         * @param firstTestRow first bar that is tested; those before it are for training
         * @param seed master seed
         * @param terms how the perfect trader of the planted drift trades
         */
        public Settings {
            Check.atLeast(nullMarkets, 2, "nullMarkets");
            Check.atLeast(plantedMarkets, 2, "plantedMarkets");
            strengths = List.copyOf(strengths);
            double last = 0;
            for (double strength : strengths) {
                Check.that(
                        strength > last && strength <= 2, "strengths must ascend inside (0, 2], got " + strengths);
                last = strength;
            }
            Check.that(persistence >= 0 && persistence < 1, "persistence must be in [0, 1), got " + persistence);
            Check.that(
                    firstTestRow >= 1 && rows > firstTestRow + 2,
                    "rows must leave at least 3 after firstTestRow=" + firstTestRow + ", got " + rows);
            Check.notNull(terms, "terms");
        }

        /**
         * Number of markets in all.
         *
         * @return null markets, then the planted ones strength by strength
         */
        public int markets() {
            return Math.addExact(nullMarkets, Math.multiplyExact(plantedMarkets, strengths.size()));
        }

        /**
         * The strength of a market.
         *
         * @param number number of the market
         * @return 0 for a null market
         */
        public double strengthOf(int number) {
            return number < nullMarkets ? 0 : strengths.get((number - nullMarkets) / plantedMarkets);
        }

        /**
         * How a market is made: the kinds take turns.
         *
         * @param number number of the market
         * @return block bootstrap for even numbers within its group, GARCH for odd ones
         */
        public NullMarkets.Kind kindOf(int number) {
            int within = number < nullMarkets ? number : (number - nullMarkets) % plantedMarkets;
            return within % 2 == 0 ? NullMarkets.Kind.BLOCK_BOOTSTRAP : NullMarkets.Kind.GARCH;
        }
    }

    /** From bars to verdict; pure, called from several threads. */
    @FunctionalInterface
    public interface Pipeline {
        /**
         * Judges a market.
         *
         * @param market bars
         * @return what came out
         */
        Judged judge(MarketData market);
    }

    /**
     * What the pipeline says of a market.
     *
     * @param outcome the verdict in words, {@link #EDGE} for an edge
     * @param sharpe net Sharpe ratio a year out of sample, NaN if it is not defined
     * @param deflated deflated Sharpe ratio, a probability, NaN if it is not defined
     * @param roundTrips number of round trips
     */
    public record Judged(String outcome, double sharpe, double deflated, int roundTrips) {
        /** The outcome that counts as found. */
        public static final String EDGE = "EDGE";

        /**
         * Checks the words.
         *
         * @param outcome the verdict in words, {@link #EDGE} for an edge
         * @param sharpe net Sharpe ratio a year out of sample, NaN if it is not defined
         * @param deflated deflated Sharpe ratio, a probability, NaN if it is not defined
         * @param roundTrips number of round trips
         */
        public Judged {
            Check.notBlank(outcome, "outcome");
        }

        /**
         * Whether an edge was found.
         *
         * @return true for the verdict EDGE
         */
        public boolean isEdge() {
            return outcome.equals(EDGE);
        }
    }

    /**
     * One market and what was said of it.
     *
     * @param number number of the market
     * @param kind how it was made
     * @param strength planted strength, 0 for a null market
     * @param judged what the pipeline said
     * @param perfectSharpe net Sharpe ratio a year of the trader who knows the drift's law, NaN for a null market
     */
    public record Market(
            int number, NullMarkets.Kind kind, double strength, Judged judged, double perfectSharpe) {}

    /** Keeps what is finished, so that a stopped calibration can go on; called from several threads. */
    public interface Journal {
        /**
         * What is known of a market.
         *
         * @param number number of the market
         * @return its result if it was finished before
         */
        Optional<Market> known(int number);

        /**
         * Keeps a result.
         *
         * @param market the result
         */
        void keep(Market market);

        /**
         * A journal that keeps nothing.
         *
         * @return the journal
         */
        static Journal none() {
            return new Journal() {
                @Override
                public Optional<Market> known(int number) {
                    return Optional.empty();
                }

                @Override
                public void keep(Market market) {}
            };
        }
    }

    /**
     * Runs all markets.
     *
     * @param markets makes the markets
     * @param settings what to run
     * @param pipeline the pipeline
     * @param journal what is known, and where results are kept
     * @param executor runs the markets
     * @param progress told after every market
     * @return one result per market, in order
     */
    public static CalibrationResult run(
            NullMarkets markets,
            Settings settings,
            Pipeline pipeline,
            Journal journal,
            TaskExecutor executor,
            TaskExecutor.Progress progress) {
        List<Market> results = executor.map(
                settings.markets(),
                k -> journal.known(k).orElseGet(() -> {
                    Market market = measure(markets, settings, pipeline, k);
                    journal.keep(market);
                    return market;
                }),
                progress);
        double years = (settings.rows - settings.firstTestRow) * markets.barDays() / 365;
        return CalibrationResult.of(new ArrayList<>(results), settings, years);
    }

    private static Market measure(NullMarkets markets, Settings settings, Pipeline pipeline, int number) {
        double strength = settings.strengthOf(number);
        NullMarkets.Kind kind = settings.kindOf(number);
        NullMarkets.Plant plant =
                strength > 0 ? new NullMarkets.Plant(strength, settings.persistence) : NullMarkets.Plant.NONE;
        MarketData market = markets.draw(kind, settings.rows, plant, Seeds.derive(settings.seed, number));
        double perfect = strength > 0
                ? PerfectTrader.sharpe(market, plant, settings.firstTestRow, settings.terms)
                : Double.NaN;
        return new Market(number, kind, strength, pipeline.judge(market), perfect);
    }
}
