package org.lama.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.lama.backtest.sweep.RuleBars;
import org.lama.backtest.sweep.RuleCosts;
import org.lama.backtest.sweep.RuleOutcome;
import org.lama.backtest.sweep.RuleSweep;
import org.lama.backtest.sweep.WindowRule;
import org.lama.core.data.BarFiles;
import org.lama.core.data.LoadOptions;
import org.lama.core.search.ThreadTaskExecutor;
import org.lama.core.series.Frame;

/**
 * The 1,000 pairs of windows that are also given to the peers, fast 10 to 250 and slow 300 to 1,860, at 0.1 % and 0.05 % with
 * a million of cash: as rules of window sums, and some of them as columns of signals.
 */
final class SweepWork {
    static final RuleCosts COSTS = new RuleCosts(1_000_000, 0.001, 0.0005);
    static final int SIGNAL_RULES = 100;
    private static final int FASTS = 25;
    private static final int SLOWS = 40;

    private final RuleBars bars;
    private final double[] close;
    private final List<WindowRule> rules = new ArrayList<>();

    private SweepWork(Frame frame) {
        bars = RuleBars.of(frame);
        close = frame.column("close").toArray();
        for (int f = 0; f < FASTS; f++) {
            for (int s = 0; s < SLOWS; s++) {
                rules.add(new WindowRule(10 + 10 * f, 300 + 40 * s));
            }
        }
    }

    static SweepWork load(Path file) throws IOException {
        return new SweepWork(
                BarFiles.load(file, LoadOptions.defaults()).frames().get(0));
    }

    int size() {
        return bars.size();
    }

    /** End equities alone, zone maps included; their sum shows that the work was done. */
    double money() {
        RuleSweep.Worker worker = RuleSweep.of(bars, COSTS).worker();
        double sum = 0;
        for (WindowRule rule : rules) {
            sum += worker.money(rule).endEquity();
        }
        return sum;
    }

    /** With drawdown and Sharpe ratio. */
    double figures() {
        RuleSweep.Worker worker = RuleSweep.of(bars, COSTS).worker();
        double sum = 0;
        double shown = 0;
        for (WindowRule rule : rules) {
            RuleOutcome outcome = worker.evaluate(rule);
            sum += outcome.endEquity();
            shown += outcome.maximumDrawdown() - outcome.standardDeviation();
        }
        // neither can be above 0: the figures are used, so that they are computed
        return shown > 0 ? Double.NaN : sum;
    }

    /** With all figures, on several threads. */
    double figures(int threads) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            return RuleSweep.of(bars, COSTS).run(rules, ThreadTaskExecutor.of(pool)).stream()
                    .mapToDouble(RuleOutcome::endEquity)
                    .sum();
        } finally {
            pool.shutdownNow();
        }
    }

    /** The first hundred pairs whose windows lie apart, as columns of entries and exits. */
    Signals signals() {
        boolean[][] entries = new boolean[SIGNAL_RULES][];
        boolean[][] exits = new boolean[SIGNAL_RULES][];
        long[] sums = new long[close.length + 1];
        for (int t = 0; t < close.length; t++) {
            sums[t + 1] = sums[t] + Math.round(close[t] * 100);
        }
        for (int k = 0; k < SIGNAL_RULES; k++) {
            WindowRule rule = rules.get(k * rules.size() / SIGNAL_RULES);
            entries[k] = new boolean[close.length];
            exits[k] = new boolean[close.length];
            for (int t = rule.slowBars() - 1; t < close.length; t++) {
                long fast = (sums[t + 1] - sums[t + 1 - rule.fastBars()]) * rule.slowBars();
                entries[k][t] = fast > (sums[t + 1] - sums[t + 1 - rule.slowBars()]) * rule.fastBars();
                exits[k][t] = !entries[k][t];
            }
        }
        return new Signals(bars, entries, exits);
    }

    /** Rules as columns. */
    static final class Signals {
        private final RuleBars bars;
        private final boolean[][] entries;
        private final boolean[][] exits;

        Signals(RuleBars bars, boolean[][] entries, boolean[][] exits) {
            this.bars = bars;
            this.entries = entries;
            this.exits = exits;
        }

        double money() {
            RuleSweep.Worker worker = RuleSweep.of(bars, COSTS).worker();
            double sum = 0;
            for (int k = 0; k < entries.length; k++) {
                sum += worker.money(entries[k], exits[k]).endEquity();
            }
            return sum;
        }
    }
}
