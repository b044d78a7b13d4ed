package org.lama.backtest.walkforward;

import java.util.List;

/**
 * One pass of the engine over all listings, cut to the time from the first decision on.
 *
 * @param closes [step] bar closes
 * @param equity [step] equity at the close
 * @param exposure [step] gross exposure as a share of equity
 * @param returns net return of each day
 * @param costs commission and slippage paid, in quote currency
 * @param tradedNotional sum of all fills' notional, in quote currency
 * @param trades all round trips, by entry time and symbol
 * @param ambiguousBars bars in which the order of prices decides which of several orders fill
 */
@SuppressWarnings("ArrayRecordComponent") // package-private, read-only after it is made, never compared
record PortfolioRun(
        long[] closes,
        double[] equity,
        double[] exposure,
        double[] returns,
        double costs,
        double tradedNotional,
        List<StudyResult.TradeRow> trades,
        long ambiguousBars) {

    double totalReturn(double cash) {
        return equity.length == 0 ? 0 : equity[equity.length - 1] / cash - 1;
    }

    double turnoverAnnual() {
        double mean = 0;
        for (double value : equity) {
            mean += value / equity.length;
        }
        double years = returns.length / 365.0;
        return years > 0 && mean > 0 ? tradedNotional / mean / years : Double.NaN;
    }
}
