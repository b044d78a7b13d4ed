package org.lama.backtest.honesty;

import java.time.Instant;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;

/**
 * What {@link StrategyHonesty} found. Immutable.
 *
 * @param findings one per check and cut that failed, the earliest difference of each; empty if the strategy is honest
 * @param runs runs made with spoilt data
 * @param targetsCompared targets compared by bits, over all runs
 * @param fillsCompared fills compared by bits, over all runs
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record StrategyHonestyReport(List<Finding> findings, int runs, long targetsCompared, long fillsCompared)
        implements Tabular {
    /**
     * Copies the findings.
     *
     * @param findings one per check and cut that failed, the earliest difference of each; empty if the strategy is honest
     * @param runs runs made with spoilt data
     * @param targetsCompared targets compared by bits, over all runs
     * @param fillsCompared fills compared by bits, over all runs
     */
    public StrategyHonestyReport {
        findings = List.copyOf(findings);
    }

    /** How the future was spoilt. */
    public enum Spoiling {
        /** Every later row became NaN. */
        POISON_NAN,
        /** Every later value became 1000 times as large. */
        POISON_SCALE,
        /** Every later value was multiplied by an own factor, so that ratios of later values moved as well. */
        POISON_OWN,
        /** The later rows came in reversed order. */
        POISON_REVERSED,
        /** The later rows were cut off. */
        TRUNCATE,
        /** The open of the next bar was kept, the rest of that bar and all later rows were spoilt. */
        INTRABAR,
        /** All times moved by one bar: everything must move with them, and nothing else may change. */
        SHIFT
    }

    /**
     * The earliest difference of one check.
     *
     * @param check how the future was spoilt
     * @param cut first spoilt time
     * @param time time of the target or fill that differs, before the cut
     * @param symbol whose target or fill it is
     * @param what {@code target} or {@code fill}
     * @param expected with the true future
     * @param found with the spoilt future
     */
    public record Finding(
            Spoiling check, Instant cut, Instant time, String symbol, String what, String expected, String found) {
        /**
         * Checks the parts.
         *
         * @param check how the future was spoilt
         * @param cut first spoilt time
         * @param time time of the target or fill that differs, before the cut
         * @param symbol whose target or fill it is
         * @param what {@code target} or {@code fill}
         * @param expected with the true future
         * @param found with the spoilt future
         */
        public Finding {
            Check.notNull(check, "check");
            Check.notBlank(symbol, "symbol");
        }
    }

    /**
     * Whether nothing was found although there was something to compare.
     *
     * @return false as well for a strategy that never set a target: nothing can be said of it
     */
    public boolean passed() {
        return findings.isEmpty() && targetsCompared > 0;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                new Column("check", findings.stream().map(f -> f.check().name()).toList()),
                new Column("cut", findings.stream().map(Finding::cut).toList()),
                new Column("time", findings.stream().map(Finding::time).toList()),
                new Column("symbol", findings.stream().map(Finding::symbol).toList()),
                new Column("what", findings.stream().map(Finding::what).toList()),
                new Column("expected", findings.stream().map(Finding::expected).toList()),
                new Column("found", findings.stream().map(Finding::found).toList()));
    }
}
