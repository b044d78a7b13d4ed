package org.lama.backtest.honesty;

import java.util.Locale;
import java.util.Optional;
import org.lama.backtest.honesty.CheckReport.Line;
import org.lama.backtest.honesty.CheckReport.Outcome;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.TimeIndex;

/** What it means if an account outgrows 64 bits of money. Stateless. */
final class MoneyGrowth {
    /** Who earns more than this many times the best purchase of all is no trader. */
    private static final double MOST = 10;

    private MoneyGrowth() {}

    /** A failure if the growth is beyond all trading, a warning if the prices themselves explain it. */
    static Optional<Line> line(StrategyExperiment experiment) {
        if (experiment.outgrown().isEmpty()) {
            return Optional.empty();
        }
        double growth = experiment.truth().growth();
        double best = experiment.data().frames().stream()
                .mapToDouble(MoneyGrowth::bestPurchase)
                .max()
                .orElse(1);
        boolean beyond = growth > MOST * best;
        return Optional.of(new Line(
                "MONEY",
                beyond ? Outcome.FAILED : Outcome.WARNING,
                1,
                String.format(
                        Locale.ROOT,
                        "after %s the account outgrew 64 bits of money, %,.0f times what it began with, where the best single"
                                + " purchase grew %,.1f-fold; %s",
                        TimeIndex.instant(experiment.outgrown().getAsLong()),
                        growth,
                        best,
                        beyond
                                ? "no honest strategy does that. Later bars are left out"
                                : "later bars are left out: with less cash they can be checked too")));
    }

    /** The highest close over the lowest before it. */
    private static double bestPurchase(Frame frame) {
        double least = Double.POSITIVE_INFINITY;
        double most = 1;
        for (double price : frame.column(Columns.CLOSE).toArray()) {
            if (price > 0) {
                least = Math.min(least, price);
                most = Math.max(most, price / least);
            }
        }
        return most;
    }
}
