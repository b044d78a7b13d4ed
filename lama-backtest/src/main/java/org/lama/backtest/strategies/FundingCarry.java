package org.lama.backtest.strategies;

import java.util.Arrays;
import org.lama.backtest.strategy.Context;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.base.Check;
import org.lama.core.base.Suggestion;
import org.lama.core.series.Frame;

/**
 * Delta-neutral carry: spot long and the perpetual short in equal notionals, as shorts receive positive funding. With
 * f the mean funding rate of the last three intervals, n intervals a year, leverage L of the short leg and costs c of all
 * four fills as a share of notional: gross APR = f · n / (1 + 1/L) on the capital of both legs, net APR = (f · n − c · 365 /
 * 14) / (1 + 1/L). Enters when net APR &gt; {@code enterApr} and the basis perp/spot − 1 ≥ 0; leaves when <i>gross</i>
 * APR &lt; {@code exitApr} or the basis &lt; {@code exitBasis}: costs that were paid do not count any more. The legs are
 * brought back when they differ by more than {@code tolerance}, which also follows the price. The rates stand in the
 * column of {@link FundingColumn} of the perpetual, with a number at each settlement; their own spacing counts, no hours are
 * assumed.
 */
final class FundingCarry implements Strategy {
    private static final int INTERVALS = 3;
    private static final double HOLDING_DAYS = 14;
    private static final double NANOS_PER_YEAR = 365 * 86_400e9;

    private final String spotSymbol;
    private final String perpSymbol;
    private final double enterApr;
    private final double exitApr;
    private final double exitBasis;
    private final double roundTripCost;
    private final double leverage;
    private final double tolerance;
    private final double[] rates = new double[INTERVALS];
    private final long[] times = new long[INTERVALS + 1];
    private int settlements;
    private int spot;
    private int perp;
    private boolean in;
    private String column = "";

    FundingCarry(Parameters parameters) {
        spotSymbol = parameters.text("spot", "");
        perpSymbol = parameters.text("perp", "");
        enterApr = parameters.number("enterApr", 0.10, -1, 100);
        exitApr = parameters.number("exitApr", 0.03, -1, 100);
        exitBasis = parameters.number("exitBasis", -0.005, -1, 1);
        roundTripCost = parameters.number("roundTripCost", 0.006, 0, 1);
        leverage = parameters.number("leverage", 2, 1, 2);
        tolerance = parameters.number("tolerance", 0.01, 0.0001, 1);
        Check.that(exitApr < enterApr, "parameter exitApr must be below enterApr=" + enterApr + ", got " + exitApr);
    }

    @Override
    public void onStart(Context context) {
        Check.that(
                context.symbols().size() >= 2,
                "strategy funding-carry needs a spot and a perpetual symbol, got " + context.symbols());
        spot = spotSymbol.isEmpty() ? 0 : context.instrument(spotSymbol);
        perp = perpSymbol.isEmpty() ? 1 : context.instrument(perpSymbol);
        Check.that(
                spot != perp && spot >= 0 && perp >= 0,
                "parameters spot and perp must name two of " + context.symbols());
    }

    @Override
    public void onBar(Context context) {
        if (!context.isTradable(spot) || !context.isTradable(perp)) {
            return;
        }
        note(context);
        if (settlements <= INTERVALS) {
            return;
        }
        double share = 1 / (1 + 1 / leverage);
        double intervalsPerYear = NANOS_PER_YEAR * INTERVALS / (times[INTERVALS] - times[0]);
        double yearly = Arrays.stream(rates).average().orElse(0) * intervalsPerYear;
        double basis = context.close(perp, 0) / context.close(spot, 0) - 1;
        double netApr = (yearly - roundTripCost * 365 / HOLDING_DAYS) * share;
        if (!in && netApr > enterApr && basis >= 0) {
            in = true;
            hold(context, share);
        } else if (in && (yearly * share < exitApr || basis < exitBasis)) {
            in = false;
            hold(context, 0);
        } else if (in && Math.abs(context.weight(spot) + context.weight(perp)) > tolerance * share) {
            hold(context, share);
        }
    }

    private void hold(Context context, double share) {
        context.target(spot, share);
        context.target(perp, -share);
    }

    private static String renamed(Frame past) {
        return Suggestion.alike(FundingColumn.NAME, past.columnNames()).isEmpty()
                ? ""
                : "; the nearest is '" + Suggestion.nearest(FundingColumn.NAME, past.columnNames()) + "': call it "
                        + FundingColumn.NAME + " if it holds the rates";
    }

    /** Takes a rate that was settled with this bar. */
    private void note(Context context) {
        Frame past = context.past(perp);
        if (column.isEmpty()) {
            column = FundingColumn.of(past)
                    .orElseThrow(() -> new IllegalArgumentException("strategy funding-carry needs a column "
                            + FundingColumn.NAME + " in the data of " + past.symbol()
                            + ", with the rate of each settlement; it has " + past.columnNames()
                            + renamed(past)));
        }
        double rate = past.column(column).last();
        if (!Double.isNaN(rate)) {
            System.arraycopy(rates, 1, rates, 0, INTERVALS - 1);
            System.arraycopy(times, 1, times, 0, INTERVALS);
            rates[INTERVALS - 1] = rate;
            times[INTERVALS] = context.timeNanos();
            settlements++;
        }
    }
}
