package org.lama.backtest.report;

import org.lama.backtest.analytics.Drawdown;
import org.lama.backtest.analytics.PerformanceMetrics;
import org.lama.backtest.analytics.ReturnPeriods;
import org.lama.backtest.engine.BacktestResult;
import org.lama.backtest.order.FixedPoint;
import org.lama.core.data.MarketData;

/** A run of the same strategy on other terms, of which a few figures are wanted: a record would make all of them. */
record OtherRun(BacktestResult result, ReturnPeriods periods) {
    OtherRun(BacktestResult result, MarketData data) {
        this(result, ReturnPeriods.ofCloses(result.times(), data.barNanos()));
    }

    double[] returns() {
        return periods.returnsOf(result.equity(), result.capital());
    }

    double totalReturn() {
        return totalReturn(result);
    }

    double sharpe() {
        return PerformanceMetrics.of(returns(), periods.perYear()).sharpe();
    }

    double maxDrawdown() {
        return Drawdown.of(ReturnPeriods.ofRows(result.equity(), result.capital()))
                .maximum();
    }

    double costs() {
        return result.totalFees() + result.slippageCost();
    }

    static double totalReturn(BacktestResult result) {
        double end = FixedPoint.toDouble(result.endEquityUnits(), FixedPoint.MONEY_DECIMALS);
        return end / result.capital() - 1;
    }
}
