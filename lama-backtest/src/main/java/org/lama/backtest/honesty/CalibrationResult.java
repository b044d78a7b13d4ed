package org.lama.backtest.honesty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;

/**
 * What a calibration found: the false-alarm rate on markets without an edge, the power curve, the smallest edge that is
 * found four times of five, and the empirical p-value of a result. Standard errors are binomial, √(p (1 - p) / n). Immutable
 * and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class CalibrationResult implements Tabular {
    /** Share of planted edges that must be found. */
    public static final double POWER = 0.80;

    /** Share of null markets that may be called an edge. */
    public static final double SIZE = 0.05;

    private static final double NORMAL_95 = 1.645;
    private static final double NORMAL_80 = 0.842;
    private static final double ALLOWANCE = 1.5;

    private final List<Calibration.Market> markets;
    private final List<Level> levels;
    private final double years;

    private CalibrationResult(List<Calibration.Market> markets, List<Level> levels, double years) {
        this.markets = List.copyOf(markets);
        this.levels = List.copyOf(levels);
        this.years = years;
    }

    /**
     * All markets of one strength.
     *
     * @param strength planted strength, 0 for the null markets
     * @param markets number of markets
     * @param edges how many were called EDGE
     * @param notEnough how many were said to be too short to tell
     * @param failed how many could not be finished, because a made price ran away; they count as not found
     * @param meanSharpe mean net Sharpe ratio a year of the pipeline: what its strategy truly earns at this strength; a
     *     Sharpe ratio that is not defined, because nothing was traded, counts as 0
     * @param sharpeDeviation standard deviation of these Sharpe ratios over the markets
     * @param perfectSharpe mean net Sharpe ratio a year of the trader who knows the drift's law, NaN for the null markets
     */
    public record Level(
            double strength,
            int markets,
            int edges,
            int notEnough,
            int failed,
            double meanSharpe,
            double sharpeDeviation,
            double perfectSharpe) {
        /**
         * Share of the markets called EDGE.
         *
         * @return a fraction
         */
        public double share() {
            return (double) edges / markets;
        }

        /**
         * Standard error of that share.
         *
         * @return a fraction
         */
        public double standardError() {
            return Math.sqrt(share() * (1 - share()) / markets);
        }
    }

    /**
     * Sums up the markets of a calibration.
     *
     * @param markets one result per market, in order
     * @param settings what was run
     * @param barDays length of a bar in days, above 0
     * @return the figures
     */
    public static CalibrationResult of(
            List<Calibration.Market> markets, Calibration.Settings settings, double barDays) {
        Check.that(
                markets.size() == settings.markets(),
                "markets must hold " + settings.markets() + " results, got " + markets.size());
        double years = (settings.rows() - settings.firstTestRow()) * Check.positive(barDays, "barDays") / 365;
        List<Level> levels = new ArrayList<>();
        levels.add(level(markets, 0));
        for (double strength : settings.strengths()) {
            levels.add(level(markets, strength));
        }
        return new CalibrationResult(markets, levels, years);
    }

    private static Level level(List<Calibration.Market> all, double strength) {
        return level(
                strength,
                all.stream()
                        .filter(market -> market.batch() == Calibration.Batch.COSTS && market.strength() == strength)
                        .toList());
    }

    private static Level level(double strength, List<Calibration.Market> some) {
        double[] sharpes = some.stream()
                .mapToDouble(market -> market.judged().sharpe())
                .map(value -> Double.isNaN(value) ? 0 : value)
                .toArray();
        double mean = Arrays.stream(sharpes).sum() / sharpes.length;
        double squares = 0;
        for (double sharpe : sharpes) {
            squares += (sharpe - mean) * (sharpe - mean);
        }
        double perfect =
                some.stream().mapToDouble(Calibration.Market::perfectSharpe).sum() / some.size();
        return new Level(
                strength,
                some.size(),
                (int) some.stream().filter(market -> market.judged().isEdge()).count(),
                (int) some.stream()
                        .filter(market -> market.judged().outcome().startsWith("NOT ENOUGH"))
                        .count(),
                (int) some.stream()
                        .filter(market -> market.judged().outcome().equals(Calibration.Judged.FAILED))
                        .count(),
                mean,
                Math.sqrt(squares / (sharpes.length - 1)),
                perfect);
    }

    /**
     * The null markets.
     *
     * @return strength 0; its share is the false-alarm rate
     */
    public Level nulls() {
        return levels.get(0);
    }

    /**
     * The null markets of one kind.
     *
     * @param kind how they were made
     * @return strength 0
     */
    public Level nulls(NullMarkets.Kind kind) {
        return level(markets.stream().filter(market -> market.kind() == kind).toList(), 0);
    }

    /**
     * The markets of a batch beside the usual ones: nothing can be forecast there.
     *
     * @param batch without costs, or rising
     * @return strength 0; empty if none were run
     */
    public Optional<Level> beside(Calibration.Batch batch) {
        Check.that(batch != Calibration.Batch.COSTS, "the usual markets have levels of their own, see nulls()");
        List<Calibration.Market> some = of(batch);
        return some.isEmpty() ? Optional.empty() : Optional.of(level(0, some));
    }

    private List<Calibration.Market> of(Calibration.Batch batch) {
        return markets.stream().filter(market -> market.batch() == batch).toList();
    }

    /**
     * How many of the rising markets were called EDGE and beat holding the market as well: what holding does not explain is
     * above 0 with 95 % confidence.
     *
     * @return a number of markets
     */
    public int edgesAboveRisingMarkets() {
        return (int) of(Calibration.Batch.RISING).stream()
                .filter(market -> market.judged().isEdge() && market.judged().aboveMarket())
                .count();
    }

    /**
     * All strengths.
     *
     * @return the null markets first, then ascending
     */
    public List<Level> levels() {
        return levels;
    }

    /**
     * The markets.
     *
     * @return in order
     */
    public List<Calibration.Market> markets() {
        return markets;
    }

    /**
     * Length of the tested part.
     *
     * @return years of 365 days
     */
    public double years() {
        return years;
    }

    /**
     * Whether the false-alarm rate is at most the nominal 5 % plus two standard errors of such a rate.
     *
     * @return true if it is
     */
    public boolean sizeHolds() {
        return nulls().share() <= SIZE + 2 * Math.sqrt(SIZE * (1 - SIZE) / nulls().markets());
    }

    /**
     * The smallest detectable edge, as the mean net Sharpe ratio a year of the pipeline's own strategy: where the power,
     * taken linearly between neighbouring strengths, rises to 80 % for good.
     *
     * @return a Sharpe ratio; empty if the largest strength is not found that often, or no strength was planted
     */
    public OptionalDouble smallestDetectable() {
        return crossing(levels.stream().mapToDouble(Level::meanSharpe).toArray());
    }

    /**
     * The smallest detectable edge, as the net Sharpe ratio a year of a trader who knows the law of the planted drift. It
     * says how much of an edge the models leave on the table, not how sharp the verdict is.
     *
     * @return a Sharpe ratio; empty as {@link #smallestDetectable()}
     */
    public OptionalDouble smallestDetectablePerfect() {
        double[] perfect = levels.stream().mapToDouble(Level::perfectSharpe).toArray();
        perfect[0] = 0;
        return crossing(perfect);
    }

    private OptionalDouble crossing(double[] x) {
        int k = levels.size() - 1;
        if (k == 0 || levels.get(k).share() < POWER) {
            return OptionalDouble.empty();
        }
        while (k > 0 && levels.get(k - 1).share() >= POWER) {
            k--;
        }
        if (k == 0) {
            return OptionalDouble.of(x[0]);
        }
        double low = levels.get(k - 1).share();
        double part = (POWER - low) / (levels.get(k).share() - low);
        return OptionalDouble.of(x[k - 1] + part * (x[k] - x[k - 1]));
    }

    /**
     * What the smallest detectable edge may be at most: 1.5 times (1.645 + 0.842) / √years, the Sharpe ratio at which a
     * one-sided 5 % test of so many years has a power of 80 %.
     *
     * @return a Sharpe ratio a year
     */
    public double bound() {
        return ALLOWANCE * (NORMAL_95 + NORMAL_80) / Math.sqrt(years);
    }

    /**
     * How often a market without any edge looks at least as good: (1 + number of null markets whose net Sharpe ratio is at
     * least this) / (number of null markets + 1). Null hypothesis: the result comes from such a market; upper tail.
     *
     * @param sharpe net Sharpe ratio a year of a result of the same pipeline on data of the same length
     * @return a p-value; NaN if the Sharpe ratio is
     */
    public double empiricalPValue(double sharpe) {
        if (Double.isNaN(sharpe)) {
            return Double.NaN;
        }
        Check.finite(sharpe, "sharpe");
        long reached = markets.stream()
                .filter(market -> market.batch() == Calibration.Batch.COSTS
                        && market.strength() == 0
                        && market.judged().sharpe() >= sharpe)
                .count();
        return (1.0 + reached) / (nulls().markets() + 1.0);
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("strength", levels.stream().map(Level::strength).toList()),
                new Column("markets", levels.stream().map(Level::markets).toList()),
                new Column("edges", levels.stream().map(Level::edges).toList()),
                new Column("notEnough", levels.stream().map(Level::notEnough).toList()),
                new Column("failed", levels.stream().map(Level::failed).toList()),
                new Column("share", levels.stream().map(Level::share).toList()),
                new Column(
                        "standardError",
                        levels.stream().map(Level::standardError).toList()),
                new Column("meanSharpe", levels.stream().map(Level::meanSharpe).toList()),
                new Column(
                        "sharpeDeviation",
                        levels.stream().map(Level::sharpeDeviation).toList()),
                new Column(
                        "perfectSharpe",
                        levels.stream().map(Level::perfectSharpe).toList()));
    }
}
