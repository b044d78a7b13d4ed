package org.lama.backtest.sweep;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.search.TaskExecutor;

/**
 * Runs many rules over the bars of one symbol without an engine. Decided at the close of a bar, filled at the next open: a
 * purchase at {@code open · (1 + slippage)} of all cash, fee included, a sale at {@code open · (1 − slippage)} of all of the
 * position; what is open at the end is marked at the last close. Equal to the event engine with fractional quantities and
 * orders sized at the fill, up to the roundings of its fixed-point books.
 *
 * <p>Rules of window sums cost O(crossings + scanned blocks): sums of one window are reduced to their range per 16 and 256
 * bars, and blocks in which the two ranges cannot cross are skipped. Rules given as columns of signals are scanned bar by
 * bar. Thread-safe; equal bits for any number of threads.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class RuleSweep {
    private static final long CACHE_BYTES = 112L << 20;

    private final RuleBars bars;
    private final RuleCosts costs;
    private final Zones zones;

    private RuleSweep(RuleBars bars, RuleCosts costs) {
        this.bars = Check.notNull(bars, "bars");
        this.costs = Check.notNull(costs, "costs");
        zones = new Zones(bars);
    }

    /**
     * A sweep over prepared bars.
     *
     * @param bars of one symbol
     * @param costs capital and flat costs
     * @return the sweep
     */
    public static RuleSweep of(RuleBars bars, RuleCosts costs) {
        return new RuleSweep(bars, costs);
    }

    /**
     * Whether a rule can be decided in whole numbers of 64 bits on these bars.
     *
     * @param rule which
     * @return false if the closes have more than 8 decimals, or sum times window would not fit
     */
    public boolean supports(WindowRule rule) {
        return bars.sums.isPresent() && bars.sums.get().fits(rule);
    }

    /**
     * A worker for one thread.
     *
     * @return a new one
     */
    public Worker worker() {
        return new Worker();
    }

    /**
     * All figures of many rules.
     *
     * @param rules which; all supported
     * @param executor shares out chunks of rules
     * @return one outcome per rule, in their order
     */
    public List<RuleOutcome> run(List<WindowRule> rules, TaskExecutor executor) {
        int chunk = 16;
        int chunks = (rules.size() + chunk - 1) / chunk;
        List<List<RuleOutcome>> parts = executor.map(chunks, c -> {
            Worker worker = worker();
            return rules.subList(c * chunk, Math.min(rules.size(), (c + 1) * chunk)).stream()
                    .map(worker::evaluate)
                    .toList();
        });
        return parts.stream().flatMap(List::stream).toList();
    }

    /** Evaluates one rule after another. Keeps its scratch; for one thread. */
    public final class Worker {
        private final CrossingScan scan = new CrossingScan();
        private final RuleLedger ledger = new RuleLedger(bars, costs);

        private Worker() {}

        /**
         * All figures of a rule.
         *
         * @param rule a supported one
         * @return the figures
         * @throws IllegalArgumentException if the rule is not supported
         */
        public RuleOutcome evaluate(WindowRule rule) {
            find(rule);
            return ledger.all(scan.rows, scan.count);
        }

        /**
         * End equity and counts of a rule; the other figures are NaN.
         *
         * @param rule a supported one
         * @return the figures
         * @throws IllegalArgumentException if the rule is not supported
         */
        public RuleOutcome money(WindowRule rule) {
            find(rule);
            return ledger.money(scan.rows, scan.count);
        }

        /**
         * All figures of a rule that is given as signals: bought after a close with an entry while flat, sold after one with an
         * exit while long.
         *
         * @param entries one value per bar
         * @param exits one value per bar
         * @return the figures
         */
        public RuleOutcome evaluate(boolean[] entries, boolean[] exits) {
            scan(entries, exits);
            return ledger.all(scan.rows, scan.count);
        }

        /**
         * End equity and counts of a rule that is given as signals; the other figures are NaN.
         *
         * @param entries one value per bar
         * @param exits one value per bar
         * @return the figures
         */
        public RuleOutcome money(boolean[] entries, boolean[] exits) {
            scan(entries, exits);
            return ledger.money(scan.rows, scan.count);
        }

        /**
         * The returns per period of the rule that was evaluated last.
         *
         * @return one fraction per period of {@link RuleBars#periodsPerYear}
         */
        public double[] returns() {
            return ledger.returns(scan.rows, scan.count);
        }

        /**
         * How far the event engine's fixed-point books may be from the last figures, relative to equity; an estimate, at least 1
         * where its quantities no longer hold them.
         *
         * @return at least 0
         */
        public double rounding() {
            return ledger.rounding();
        }

        private void find(WindowRule rule) {
            Check.that(
                    supports(rule),
                    rule
                            + " cannot be decided in whole numbers on these bars: at most 8 decimals, and sums times windows"
                            + " below 2^62");
            scan.find(bars.sums.get(), rule, zones.of(rule.fastBars()), zones.of(rule.slowBars()));
        }

        private void scan(boolean[] entries, boolean[] exits) {
            int n = bars.size();
            Check.that(entries.length == n, "entries must have " + n + " values, got " + entries.length);
            Check.that(exits.length == n, "exits must have " + n + " values, got " + exits.length);
            scan.find(entries, exits);
        }
    }

    /** The zone maps that were used last; whichever are kept, the figures are the same. */
    private static final class Zones {
        private final RuleBars bars;
        private final Map<Integer, ZoneMap> kept = new LinkedHashMap<>(16, 0.75f, true);
        private long bytes;

        Zones(RuleBars bars) {
            this.bars = bars;
        }

        /** Made outside of the lock: two threads may make the same one, and keep one. */
        ZoneMap of(int window) {
            ZoneMap known = get(window);
            return known == null ? keep(window, ZoneMap.of(bars.sums.orElseThrow().sums, window)) : known;
        }

        private synchronized @Nullable ZoneMap get(int window) {
            return kept.get(window);
        }

        private synchronized ZoneMap keep(int window, ZoneMap map) {
            ZoneMap before = kept.putIfAbsent(window, map);
            if (before != null) {
                return before;
            }
            bytes += map.bytes();
            var oldest = kept.values().iterator();
            while (bytes > CACHE_BYTES && kept.size() > 2) {
                bytes -= oldest.next().bytes();
                oldest.remove();
            }
            return map;
        }
    }
}
