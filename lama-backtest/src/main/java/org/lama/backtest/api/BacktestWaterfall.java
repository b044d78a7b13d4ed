package org.lama.backtest.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lama.backtest.analytics.StationaryBootstrap;
import org.lama.backtest.engine.BacktestResult;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.engine.StrategyException;
import org.lama.backtest.execution.TouchRule;
import org.lama.backtest.honesty.Waterfall;
import org.lama.backtest.report.BacktestRecord;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.Series;

/**
 * Runs the strategy of a backtest again with naive rules and switches them one after the other. A run that is there already
 * is not made again: a strategy that asks for weights on assets that all survive costs one run more.
 */
final class BacktestWaterfall {
    /** Why a strategy object has none. */
    static final String NOT_REPEATABLE = "Runs under naive rules need a strategy that can be made anew for each run.";

    private static final int RESAMPLES = 2_000;
    private static final long SEED = 1;

    private final Runs full;
    private final EngineSettings settings;

    /** A strategy that can be run again and again. */
    interface Runs {
        /** A new run, at the next open or, as a cheat, in the bar that decided. */
        BacktestResult run(EngineSettings settings, boolean sameBar);

        /** As it was asked for. */
        EngineSettings settings();

        MarketData data();

        /** The same strategy on some of the symbols. */
        Runs on(MarketData other) throws IOException;
    }

    BacktestWaterfall(Runs full, EngineSettings settings) {
        this.full = full;
        this.settings = settings;
    }

    /** The survivors' run, or why there is none. */
    private record Survivors(Optional<Runs> run, String reason) {}

    BacktestRecord addTo(BacktestRecord record, BacktestOutcome.TrialCount trials) {
        try {
            return record.withWaterfall(waterfall(record, trials));
        } catch (IllegalArgumentException | StrategyException | IOException failed) {
            return record.withoutWaterfall("Runs under naive rules could not be made: " + failed.getMessage() + ".");
        }
    }

    private Waterfall waterfall(BacktestRecord record, BacktestOutcome.TrialCount trials) throws IOException {
        BacktestResult main = record.result();
        boolean sameBar = main.tradedTargets();
        boolean touch = main.submittedOrders() > 0 && settings.execution().touch() == TouchRule.THROUGH;
        Survivors survivors = survivors();
        Runs few = survivors.run().orElse(full);
        boolean all = few == full;
        boolean lenient = touch;
        boolean known = !touch && all && record.returnsWithoutCosts().length > 0;
        double[] free = known ? record.returnsWithoutCosts() : returns(record, few, new Rules(0, lenient, false));
        double[] paid = !touch && all ? record.returns() : returns(record, few, new Rules(1, lenient, false));
        double[] naive = sameBar ? returns(record, few, new Rules(0, lenient, true)) : free;
        Waterfall.Builder steps =
                Waterfall.from(naive, record.periodsPerYear(), StationaryBootstrap.of(RESAMPLES, SEED));
        String fill = settings.execution().timing().describe();
        if (sameBar) {
            steps.switched("fill", "in the bar that decided", fill, free);
        } else {
            steps.notApplicable(
                    "fill",
                    "in the bar that decided",
                    fill,
                    main.fillCount() == 0
                            ? "nothing was traded"
                            : "the strategy sends its own orders, which never fill in the bar that decided");
        }
        steps.switched("costs", "none", settings.cost().describe(), paid);
        limits(record, steps, touch, all, few);
        if (all) {
            steps.notApplicable("universe", "survivors", "point in time", survivors.reason());
        } else {
            steps.switched("universe", "survivors", "point in time", record.returns());
        }
        steps.notApplicable(
                "fits and scalers",
                "on all rows",
                "on the window before",
                "a backtest of bars fits nothing on windows, so it has no scalers");
        return steps.trials(trials.raw(), trials.effective(), trials.variance());
    }

    private void limits(BacktestRecord record, Waterfall.Builder steps, boolean touch, boolean all, Runs few) {
        String from = "filled at a touch";
        String to = "filled when traded through";
        if (touch) {
            steps.switched(
                    "limit orders",
                    from,
                    to,
                    all ? record.returns() : returns(record, few, new Rules(1, false, false)));
        } else {
            steps.notApplicable(
                    "limit orders",
                    from,
                    to,
                    record.result().submittedOrders() == 0
                            ? "the strategy sends no orders of its own"
                            : "the run itself was asked to fill limit orders at a touch");
        }
    }

    /** What is switched; in lots, since money that grows without costs outgrows finer quantities. */
    private record Rules(double costMultiple, boolean lenient, boolean sameBar) {
        EngineSettings on(EngineSettings base, EngineSettings asked) {
            EngineSettings.Builder builder = base.toBuilder()
                    .quantityMode(EngineSettings.QuantityMode.LOTS)
                    .cost(asked.cost().scaled(costMultiple));
            return lenient
                    ? builder.execution(asked.execution().withTouch(TouchRule.TOUCH))
                            .build()
                    : builder.build();
        }
    }

    private double[] returns(BacktestRecord record, Runs run, Rules rules) {
        EngineSettings base = run == full ? settings : run.settings();
        return record.returnsOf(run.run(rules.on(base, settings), rules.sameBar()));
    }

    private Survivors survivors() throws IOException {
        MarketData data = full.data();
        long silence = settings.delistingAfter().toNanos();
        long end = data.frames().stream()
                .filter(frame -> frame.size() > 0)
                .mapToLong(frame -> frame.availableAt(frame.size() - 1))
                .max()
                .orElse(0);
        List<Frame> alive = new ArrayList<>();
        for (Frame frame : data.frames()) {
            Series close = frame.column(Columns.CLOSE);
            int last = frame.size() - 1;
            while (last >= 0 && Double.isNaN(close.get(last))) {
                last--;
            }
            if (last >= 0 && end - frame.availableAt(last) < silence) {
                alive.add(frame);
            }
        }
        if (alive.size() == data.frames().size() || alive.isEmpty()) {
            return new Survivors(
                    Optional.empty(),
                    "no asset of these data ends before the last "
                            + settings.delistingAfter().toDays() + " days, so the survivors are the whole universe");
        }
        return new Survivors(Optional.of(full.on(new MarketData(alive, List.of(), List.of()))), "");
    }
}
