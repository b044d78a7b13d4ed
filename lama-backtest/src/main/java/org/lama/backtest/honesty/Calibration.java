package org.lama.backtest.honesty;

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

    /** What is asked of a market. */
    public enum Batch {
        /** Markets without an edge or with a planted one, at the costs of the study. */
        COSTS,
        /** Markets without an edge where trading costs nothing: the hardest null hypothesis, mean return exactly 0. */
        FREE,
        /** Markets that rise and have nothing to forecast, at the costs of the study. */
        RISING
    }

    /**
     * Markets beside the usual ones; all are without anything to forecast.
     *
     * @param free number of markets without costs, 0 or at least 2
     * @param rising number of rising markets, 0 or at least 2
     * @param riseSharpe Sharpe ratio a year of holding a rising market before costs, in [-5, 5]
     */
    public record Beside(int free, int rising, double riseSharpe) {
        /** None. */
        public static final Beside NONE = new Beside(0, 0, 1);

        /**
         * Checks the ranges.
         *
         * @param free number of markets without costs, 0 or at least 2
         * @param rising number of rising markets, 0 or at least 2
         * @param riseSharpe Sharpe ratio a year of holding a rising market before costs, in [-5, 5]
         */
        public Beside {
            Check.that(free == 0 || free >= 2, "free markets must be 0 or at least 2, got " + free);
            Check.that(rising == 0 || rising >= 2, "rising markets must be 0 or at least 2, got " + rising);
            Check.inRange(riseSharpe, -5, 5, "riseSharpe");
        }
    }

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
     * @param beside markets without costs, and rising ones
     */
    public record Settings(
            int nullMarkets,
            int plantedMarkets,
            List<Double> strengths,
            double persistence,
            int rows,
            int firstTestRow,
            long seed,
            PerfectTrader.Terms terms,
            Beside beside) {
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
         * @param beside markets without costs, and rising ones
         */
        public Settings {
            Check.atLeast(nullMarkets, 2, "nullMarkets");
            Check.atLeast(plantedMarkets, 2, "plantedMarkets");
            strengths = List.copyOf(strengths);
            double last = 0;
            for (double strength : strengths) {
                Check.that(strength > last && strength <= 2, "strengths must ascend inside (0, 2], got " + strengths);
                last = strength;
            }
            Check.that(persistence >= 0 && persistence < 1, "persistence must be in [0, 1), got " + persistence);
            Check.that(
                    firstTestRow >= 1 && rows > firstTestRow + 2,
                    "rows must leave at least 3 after firstTestRow=" + firstTestRow + ", got " + rows);
            Check.notNull(terms, "terms");
            Check.notNull(beside, "beside");
        }

        /**
         * The usual markets alone.
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
        public Settings(
                int nullMarkets,
                int plantedMarkets,
                List<Double> strengths,
                double persistence,
                int rows,
                int firstTestRow,
                long seed,
                PerfectTrader.Terms terms) {
            this(nullMarkets, plantedMarkets, strengths, persistence, rows, firstTestRow, seed, terms, Beside.NONE);
        }

        private int usual() {
            return Math.addExact(nullMarkets, Math.multiplyExact(plantedMarkets, strengths.size()));
        }

        /**
         * Number of markets in all.
         *
         * @return null markets, then the planted ones strength by strength, then those without costs, then the rising ones
         */
        public int markets() {
            return Math.addExact(usual(), Math.addExact(beside.free(), beside.rising()));
        }

        /**
         * What is asked of a market.
         *
         * @param number number of the market
         * @return its batch
         */
        public Batch batchOf(int number) {
            if (number < usual()) {
                return Batch.COSTS;
            }
            return number < usual() + beside.free() ? Batch.FREE : Batch.RISING;
        }

        /**
         * The strength of a market.
         *
         * @param number number of the market
         * @return 0 for a market without a planted edge
         */
        public double strengthOf(int number) {
            boolean plain = number < nullMarkets || number >= usual();
            return plain ? 0 : strengths.get((number - nullMarkets) / plantedMarkets);
        }

        private NullMarkets.Plant plantOf(int number) {
            double strength = strengthOf(number);
            if (batchOf(number) == Batch.RISING) {
                return NullMarkets.Plant.rising(beside.riseSharpe());
            }
            return strength > 0 ? new NullMarkets.Plant(strength, persistence) : NullMarkets.Plant.NONE;
        }

        /**
         * How a market is made: the kinds take turns.
         *
         * @param number number of the market
         * @return block bootstrap for even numbers within its group, GARCH for odd ones
         */
        public NullMarkets.Kind kindOf(int number) {
            int within = number < nullMarkets ? number : (number - nullMarkets) % plantedMarkets;
            within = number < usual()
                    ? within
                    : number - usual() - (batchOf(number) == Batch.RISING ? beside.free() : 0);
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
         * @param batch what is asked: without costs for {@link Batch#FREE}
         * @return what came out
         */
        Judged judge(MarketData market, Batch batch);
    }

    /**
     * What the pipeline says of a market.
     *
     * @param outcome the verdict in words, {@link #EDGE} for an edge
     * @param sharpe net Sharpe ratio a year out of sample, NaN if it is not defined
     * @param deflated deflated Sharpe ratio, a probability, NaN if it is not defined
     * @param roundTrips number of round trips
     * @param aboveMarket whether what holding the market does not explain is above 0 with 95 % confidence as well
     */
    public record Judged(String outcome, double sharpe, double deflated, int roundTrips, boolean aboveMarket) {
        /** The outcome that counts as found. */
        public static final String EDGE = "EDGE";

        /** The outcome of a market on which the pipeline could not finish; it counts as not found. */
        public static final String FAILED = "FAILED";

        /**
         * Checks the words.
         *
         * @param outcome the verdict in words, {@link #EDGE} for an edge
         * @param sharpe net Sharpe ratio a year out of sample, NaN if it is not defined
         * @param deflated deflated Sharpe ratio, a probability, NaN if it is not defined
         * @param roundTrips number of round trips
         * @param aboveMarket whether what holding the market does not explain is above 0 with 95 % confidence as well
         */
        public Judged {
            Check.notBlank(outcome, "outcome");
        }

        /**
         * Of a pipeline that is not held against the market.
         *
         * @param outcome the verdict in words, {@link #EDGE} for an edge
         * @param sharpe net Sharpe ratio a year out of sample, NaN if it is not defined
         * @param deflated deflated Sharpe ratio, a probability, NaN if it is not defined
         * @param roundTrips number of round trips
         */
        public Judged(String outcome, double sharpe, double deflated, int roundTrips) {
            this(outcome, sharpe, deflated, roundTrips, false);
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
     * @param batch what was asked
     */
    public record Market(
            int number, NullMarkets.Kind kind, double strength, Judged judged, double perfectSharpe, Batch batch) {
        /**
         * One of the usual markets.
         *
         * @param number number of the market
         * @param kind how it was made
         * @param strength planted strength, 0 for a null market
         * @param judged what the pipeline said
         * @param perfectSharpe net Sharpe ratio a year of the trader who knows the drift's law, NaN for a null market
         */
        public Market(int number, NullMarkets.Kind kind, double strength, Judged judged, double perfectSharpe) {
            this(number, kind, strength, judged, perfectSharpe, Batch.COSTS);
        }
    }

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
    public static List<Market> run(
            NullMarkets markets,
            Settings settings,
            Pipeline pipeline,
            Journal journal,
            TaskExecutor executor,
            TaskExecutor.Progress progress) {
        return executor.map(
                settings.markets(),
                k -> journal.known(k).orElseGet(() -> {
                    Market market = measure(markets, settings, pipeline, k);
                    journal.keep(market);
                    return market;
                }),
                progress);
    }

    private static Market measure(NullMarkets markets, Settings settings, Pipeline pipeline, int number) {
        double strength = settings.strengthOf(number);
        NullMarkets.Kind kind = settings.kindOf(number);
        NullMarkets.Plant plant = settings.plantOf(number);
        MarketData market = markets.draw(kind, settings.rows, plant, Seeds.derive(settings.seed, number));
        double perfect =
                strength > 0 ? PerfectTrader.sharpe(market, plant, settings.firstTestRow, settings.terms) : Double.NaN;
        Batch batch = settings.batchOf(number);
        return new Market(number, kind, strength, pipeline.judge(market, batch), perfect, batch);
    }
}
