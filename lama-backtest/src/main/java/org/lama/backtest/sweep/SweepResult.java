package org.lama.backtest.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.lama.backtest.analytics.RealityCheck;
import org.lama.core.base.Api;
import org.lama.core.base.Tabular;
import org.lama.core.search.Direction;
import org.lama.core.search.ParameterSpace;

/**
 * What a sweep found. The trials themselves lie in its folder and are walked through, not held; what is held is bounded. As a
 * table it shows the best trials.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class SweepResult implements Tabular {
    private final ParameterSpace space;
    private final Direction direction;
    private final SweepIdentity identity;
    private final SweepStatistics statistics;
    private final TrialStore store;
    private final SweepReturns returns;
    private final Optional<RealityCheck> reality;
    private final boolean whole;

    SweepResult(
            ParameterSpace space,
            Direction direction,
            SweepIdentity identity,
            SweepStatistics statistics,
            TrialStore store,
            SweepReturns returns,
            Optional<RealityCheck> reality,
            boolean whole) {
        this.space = space;
        this.direction = direction;
        this.identity = identity;
        this.statistics = statistics;
        this.store = store;
        this.returns = returns;
        this.reality = reality;
        this.whole = whole;
    }

    /**
     * Where was looked.
     *
     * @return the space
     */
    public ParameterSpace space() {
        return space;
    }

    /**
     * What is good.
     *
     * @return whether small or large values of the metric
     */
    public Direction direction() {
        return direction;
    }

    /**
     * Settings and data of the sweep.
     *
     * @return their checksums and texts
     */
    public SweepIdentity identity() {
        return identity;
    }

    /**
     * Counts, spread and best trials.
     *
     * @return the statistics
     */
    public SweepStatistics statistics() {
        return statistics;
    }

    /**
     * The best trial.
     *
     * @return empty if no metric is defined
     */
    public Optional<SweepTrial> best() {
        return statistics.best().stream().findFirst();
    }

    /**
     * Returns of the best trial and of an even sample.
     *
     * @return a bounded number of series
     */
    public SweepReturns returns() {
        return returns;
    }

    /**
     * The reality check over every trial with returns, if it was asked for.
     *
     * @return empty if it was not asked for, a pruner could stop trials, or no trial has returns
     */
    public Optional<RealityCheck> reality() {
        return reality;
    }

    /**
     * Whether all planned trials, or all points of the space, were tried.
     *
     * @return false if the sweep was stopped
     */
    public boolean isWhole() {
        return whole;
    }

    /**
     * Walks over all trials in the order of their numbers.
     *
     * @param visitor sees each
     * @throws IOException if the log cannot be read
     */
    public void forEach(Consumer<SweepTrial> visitor) throws IOException {
        store.forEach(visitor);
    }

    @Override
    public List<Column> columns() {
        return columns(space, statistics.best());
    }

    /**
     * Trials as a table: number, one column per parameter (empty where it does not exist), value, figures, state, path,
     * reason.
     *
     * @param space names and order of the parameters
     * @param trials the rows
     * @return the columns
     */
    public static List<Column> columns(ParameterSpace space, List<SweepTrial> trials) {
        Map<String, List<Object>> cells = new LinkedHashMap<>();
        cells.put("trial", new ArrayList<>());
        space.names()
                .forEach(name -> cells.put(cells.containsKey(name) ? "parameter." + name : name, new ArrayList<>()));
        for (String name : List.of(
                "value", "sharpePerPeriod", "totalReturn", "maxDrawdown", "roundTrips", "state", "path", "reason")) {
            // a parameter may have the name of a figure
            cells.put(cells.containsKey(name) ? "result." + name : name, new ArrayList<>());
        }
        for (SweepTrial trial : trials) {
            List<Object> row = new ArrayList<>();
            row.add(trial.number());
            space.names()
                    .forEach(name -> row.add(
                            trial.parameters().isActive(name)
                                    ? trial.parameters().text(name)
                                    : ""));
            row.add(trial.value());
            row.add(trial.figures().sharpePerPeriod());
            row.add(trial.figures().totalReturn());
            row.add(trial.figures().maximumDrawdown());
            row.add((long) trial.figures().roundTrips());
            row.add(trial.state().name());
            row.add(trial.path());
            row.add(trial.reason());
            int at = 0;
            for (List<Object> column : cells.values()) {
                column.add(row.get(at++));
            }
        }
        return cells.entrySet().stream()
                .map(each -> new Column(each.getKey(), each.getValue()))
                .toList();
    }
}
