package org.lama.backtest.api;

import java.util.Optional;
import org.lama.backtest.analytics.TradeRisk;

/**
 * What is made of a finished sweep besides the judgement on its best trial.
 *
 * @param shaken the best trial with moved parameters and prices; empty without a best one
 * @param trades its round trips drawn anew
 * @param walk the choice walked forward, if it was asked for
 * @param interrupted whether something that was asked for is missing because of Ctrl-C
 */
record SweepExtras(
        Optional<SweepShake.Shaken> shaken,
        Optional<TradeRisk> trades,
        Optional<SweepWalkOutcome> walk,
        boolean interrupted) {}
