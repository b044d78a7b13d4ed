package org.lama.backtest.api;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Suggestion;

/**
 * Settings of a backtest, with the names and words of the command line and of configuration files. Immutable.
 *
 * @param cash capital at the start in quote currency, above 0 and at most 10^9 (default 1,000,000)
 * @param commission fraction of each fill's notional, in [0, 1) (default 0.0010)
 * @param slippage fraction of the price, in [0, 1): the slippage of every fill if flat, else its floor (default 0.0005)
 * @param slippageModel {@code flat}, or {@code square-root} in the order's share of the day's volume (default
 *     square-root)
 * @param sizing what becomes of the weights that a strategy asks for, one of {@link #SIZINGS} (default own); three take a
 *     number: {@code fixed:25000} in quote currency (default a tenth of the cash), {@code vol-target:0.2} a year (default
 *     0.4), {@code kelly:0.25} of the growth-optimal bet (default 0.5)
 * @param quantityMode {@code lots} of 10^-8, or {@code fractional} (default lots)
 * @param fill market orders fill at the {@code next-open}, the {@code next-close}, or when they arrive inside the next bar
 *     ({@code close-with-latency}; default next-open)
 * @param path order of the prices inside a bar: {@code pessimistic}, {@code optimistic}, {@code ohlc}, {@code olhc} or
 *     {@code nearest-first} (default pessimistic)
 * @param participation largest share of a bar's volume that fills may take, in (0, 1]; positive infinity for no limit
 *     (default)
 * @param leverage at which positions on margin are opened, in [1, 1000] (default 1)
 * @param margin {@code isolated}, {@code cross} or {@code credit} (default isolated)
 * @param onFailure what happens when the strategy throws: {@code stop}, {@code close-and-continue} or {@code
 *     keep-and-continue} (default stop)
 * @param seed of everything random, such as the synthetic market (default 42)
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record BacktestSettings(
        double cash,
        double commission,
        double slippage,
        String slippageModel,
        String sizing,
        String quantityMode,
        String fill,
        String path,
        double participation,
        double leverage,
        String margin,
        String onFailure,
        long seed) {
    /** The weights as the strategy asks for them, or one of the modes that make new ones of their signs. */
    public static final List<String> SIZINGS = List.of(
            "own", "fixed", "all-in", "equal-weight", "inverse-vol", "vol-target", "kelly", "risk-parity", "hrp");

    private static final List<String> SIZED = List.of("fixed", "vol-target", "kelly");
    static final List<String> SLIPPAGE_MODELS = List.of("flat", "square-root");
    static final List<String> QUANTITY_MODES = List.of("lots", "fractional");
    static final List<String> FILLS = List.of("next-open", "next-close", "close-with-latency");
    static final List<String> PATHS = List.of("pessimistic", "optimistic", "ohlc", "olhc", "nearest-first");
    static final List<String> MARGINS = List.of("isolated", "cross", "credit");
    static final List<String> FAILURES = List.of("stop", "close-and-continue", "keep-and-continue");

    private static final BacktestSettings DEFAULTS = new BacktestSettings(
            1_000_000,
            0.0010,
            0.0005,
            "square-root",
            "own",
            "lots",
            "next-open",
            "pessimistic",
            Double.POSITIVE_INFINITY,
            1,
            "isolated",
            "stop",
            42);

    /**
     * Checks ranges and words.
     *
     * @param cash capital at the start in quote currency, above 0 and at most 10^9
     * @param commission fraction of each fill's notional, in [0, 1)
     * @param slippage fraction of the price, in [0, 1): the slippage of every fill if flat, else its floor
     * @param slippageModel flat, or square-root in the order's share of the day's volume
     * @param sizing what becomes of the weights that a strategy asks for, one of {@link #SIZINGS}
     * @param quantityMode lots of 10^-8, or fractional
     * @param fill market orders fill at the next-open, the next-close or with close-with-latency
     * @param path order of the prices inside a bar: pessimistic, optimistic, ohlc, olhc or nearest-first
     * @param participation largest share of a bar's volume that fills may take, in (0, 1]; positive infinity for no limit
     * @param leverage at which positions on margin are opened, in [1, 1000]
     * @param margin isolated, cross or credit
     * @param onFailure what happens when the strategy throws: stop, close-and-continue or keep-and-continue
     * @param seed of everything random
     */
    public BacktestSettings {
        Check.that(cash > 0 && cash <= 1e9, "cash must be above 0 and at most 1e9, got " + cash);
        Check.that(commission >= 0 && commission < 1, "commission must be in [0, 1), got " + commission);
        Check.that(slippage >= 0 && slippage < 1, "slippage must be in [0, 1), got " + slippage);
        choice(slippageModel, SLIPPAGE_MODELS, "slippageModel");
        choice(sizing.replaceFirst(":.*", ""), SIZINGS, "sizing");
        sizeOf(sizing);
        choice(quantityMode, QUANTITY_MODES, "quantityMode");
        choice(fill, FILLS, "fill");
        choice(path, PATHS, "path");
        Check.that(
                participation > 0 && (participation <= 1 || participation == Double.POSITIVE_INFINITY),
                "participation must be in (0, 1], or infinite for no limit, got " + participation);
        Check.that(leverage >= 1 && leverage <= 1000, "leverage must be in [1, 1000], got " + leverage);
        choice(margin, MARGINS, "margin");
        choice(onFailure, FAILURES, "onFailure");
    }

    /**
     * What stands behind the colon of a sizing: the amount of {@code fixed:25000}, the volatility a year of {@code
     * vol-target:0.2}, the fraction of {@code kelly:0.25}.
     */
    static double sizeOf(String sizing) {
        int colon = sizing.indexOf(':');
        if (colon < 0) {
            return Double.NaN;
        }
        String mode = sizing.substring(0, colon);
        Check.that(SIZED.contains(mode), "sizing " + mode + " takes no number; those that take one are " + SIZED);
        String text = sizing.substring(colon + 1);
        double size;
        try {
            size = Double.parseDouble(text);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("sizing must be such as " + mode + ":0.25, got '" + sizing + "'", wrong);
        }
        double most = mode.equals("fixed") ? 1e9 : mode.equals("kelly") ? 1 : 10;
        Check.that(
                size > 0 && size <= most,
                "the number of sizing " + mode + " must be above 0 and at most " + PlainNumbers.of(most) + ", got "
                        + text);
        return size;
    }

    private static void choice(String word, List<String> words, String name) {
        Check.that(
                words.contains(word),
                name + " must be one of " + words + ", got '" + word + "'" + Suggestion.alike(word, words));
    }

    /**
     * One million, 0.10 % and square-root slippage of at least 0.05 %, own weights, lots, next open, no leverage.
     *
     * @return the defaults
     */
    public static BacktestSettings defaults() {
        return DEFAULTS;
    }

    /**
     * With other capital.
     *
     * @param value in quote currency
     * @return a copy
     */
    public BacktestSettings withCash(double value) {
        return with(value, new double[] {commission, slippage}, List.of(slippageModel, sizing, path));
    }

    /**
     * With flat costs.
     *
     * @param fee commission as a fraction of the notional
     * @param slip slippage of every fill as a fraction of the price
     * @return a copy
     */
    public BacktestSettings withCosts(double fee, double slip) {
        return with(cash, new double[] {fee, slip}, List.of("flat", sizing, path));
    }

    /**
     * With another sizing.
     *
     * @param mode one of {@link #SIZINGS}
     * @return a copy
     */
    public BacktestSettings withSizing(String mode) {
        return with(cash, new double[] {commission, slippage}, List.of(slippageModel, mode, path));
    }

    /**
     * With another order of the prices inside bars.
     *
     * @param order {@code pessimistic}, {@code optimistic}, {@code ohlc}, {@code olhc} or {@code nearest-first}
     * @return a copy
     */
    public BacktestSettings withPath(String order) {
        return with(cash, new double[] {commission, slippage}, List.of(slippageModel, sizing, order));
    }

    /** A copy with the capital, the costs, and the words for model of slippage, sizing and path. */
    private BacktestSettings with(double capital, double[] costs, List<String> words) {
        return new BacktestSettings(
                capital,
                costs[0],
                costs[1],
                words.get(0),
                words.get(1),
                quantityMode,
                fill,
                words.get(2),
                participation,
                leverage,
                margin,
                onFailure,
                seed);
    }
}
