package org.lama.backtest.api;

import java.util.Optional;
import org.lama.backtest.analytics.TradeRisk;
import org.lama.backtest.report.BacktestRecord;

/**
 * What is made of a finished sweep besides the judgement on its best trial.
 *
 * @param shaken the best trial with moved parameters and prices; empty without a best one
 * @param trades its round trips drawn anew
 * @param record its run, with costs, capacity, bounds and waterfall; empty without a best one, or if the sweep was stopped
 * @param walk the choice walked forward, if it was asked for
 * @param interrupted whether something that was asked for is missing because of Ctrl-C
 */
record SweepExtras(
        Optional<SweepShake.Shaken> shaken,
        Optional<TradeRisk> trades,
        Optional<BacktestRecord> record,
        Optional<SweepWalkOutcome> walk,
        boolean interrupted) {}
