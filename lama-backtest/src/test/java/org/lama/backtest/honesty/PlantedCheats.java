package org.lama.backtest.honesty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lama.backtest.engine.Markets;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.QualityReport;
import org.lama.core.series.Series;

/** Strategies that cheat, each beside the same strategy without the cheat. Lines that read are marked for the tests. */
final class PlantedCheats {
    static final String LATE = "pool.tvl";
    static final int DAYS_LATE = 3;
    static final int REFIT_EVERY = 30;

    private PlantedCheats() {}

    /** Says what to hold in a row of a table that was made in advance. */
    private interface Rule {
        double weight(String symbol, int row);
    }

    private static Strategy holding(Rule rule) {
        return context -> {
            for (int s = 0; s < context.symbols().size(); s++) {
                if (context.isTradable(s)) {
                    int row = context.past(s).size() - 1;
                    context.target(s, rule.weight(context.symbols().get(s), row));
                }
            }
        };
    }

    /** Above the mean of 5 rows before and 5 rows after, or of 10 rows before. */
    static Strategy centredWindow(MarketData data, boolean cheat) {
        Map<String, double[]> closes = new HashMap<>();
        for (Frame frame : data.frames()) {
            closes.put(frame.symbol(), frame.column(Columns.CLOSE).toArray()); // READ centred
        }
        return holding((symbol, row) -> {
            double[] close = closes.getOrDefault(symbol, new double[0]);
            double mean = mean(close, cheat ? row - 5 : row - 10, cheat ? row + 6 : row + 1);
            return close[row] > mean ? 0.2 : 0;
        });
    }

    /** Above the mean of all rows there are, or of those up to now. */
    static Strategy fullSampleScaler(MarketData data, boolean cheat) {
        Map<String, double[]> scores = new HashMap<>();
        for (Frame frame : data.frames()) {
            double[] close = closesOf(frame);
            double[] score = new double[close.length];
            for (int row = 0; row < score.length; row++) {
                score[row] = close[row] - mean(close, 0, cheat ? close.length : row + 1);
            }
            scores.put(frame.symbol(), score);
        }
        return holding((symbol, row) -> scores.getOrDefault(symbol, new double[row + 1])[row] > 0 ? 0.2 : 0);
    }

    private static double[] closesOf(Frame frame) {
        return frame.column(Columns.CLOSE).toArray(); // READ scaler
    }

    /** Holds the symbol with the largest growth over all rows, or over the first thirty. */
    static Strategy futureUniverse(MarketData data, boolean cheat) {
        String best = "";
        double most = Double.NEGATIVE_INFINITY;
        for (Frame frame : data.frames()) {
            Series close = frame.column(Columns.CLOSE); // READ universe
            int last = cheat ? close.size() - 1 : Math.min(30, close.size() - 1);
            double growth = last < 0 ? 0 : close.get(last) / close.get(0);
            if (growth > most) {
                most = growth;
                best = frame.symbol();
            }
        }
        String winner = best;
        return context -> {
            int s = context.symbols().indexOf(winner);
            if (s >= 0 && context.isTradable(s) && context.bars(s) > 60 && context.weight(s) == 0) {
                context.target(s, 0.9);
            }
        };
    }

    /**
     * Refits every thirty rows on the labels of the last twenty, the label of a row being the return of the next: the
     * last label is not known yet unless it is purged.
     */
    static Strategy labelOverlap(MarketData data, boolean cheat) {
        Map<String, double[]> labels = new HashMap<>();
        for (Frame frame : data.frames()) {
            Series close = frame.column(Columns.CLOSE); // READ label
            double[] label = new double[close.size()];
            for (int row = 0; row + 1 < label.length; row++) {
                double next = close.get(row + 1) / close.get(row) - 1;
                label[row] = Double.isNaN(next) ? 0 : next;
            }
            labels.put(frame.symbol(), label);
        }
        return holding((symbol, row) -> {
            int fitted = row - row % REFIT_EVERY;
            double[] label = labels.getOrDefault(symbol, new double[0]);
            double sum = 0;
            for (int i = Math.max(0, fitted - 20); i < (cheat ? fitted + 1 : fitted); i++) {
                sum += label[i];
            }
            return sum > 0 ? 0.2 : 0;
        });
    }

    /** Values that the vendor wrote into the past three days after. */
    static MarketData withLateColumn(MarketData data) {
        List<Frame> frames = new ArrayList<>();
        for (Frame frame : data.frames()) {
            double[] value = frame.column(Columns.VOLUME).toArray();
            double[] known = new double[value.length];
            Arrays.setAll(known, row -> (frame.availableAt(row) + DAYS_LATE * Markets.DAY) / 1e9);
            frames.add(frame.with(LATE, value).with(LATE + Columns.AVAILABLE_AT, known));
        }
        return Markets.of(frames.toArray(Frame[]::new));
    }

    /** Holds what has a value above the mean of the ten before, by the last that stands there, or by the last known. */
    static Strategy backFilled(boolean cheat) {
        return context -> {
            for (int s = 0; s < context.symbols().size(); s++) {
                Frame past = context.past(s);
                int last = past.size() - 1 - (cheat ? 0 : DAYS_LATE);
                if (context.isTradable(s) && last > 10) {
                    double[] value = past.column(LATE).toArray(); // READ late
                    context.target(s, value[last] > mean(value, last - 10, last) ? 0.2 : 0);
                }
            }
        };
    }

    /** Holds what rises tomorrow. */
    static Strategy prophet(MarketData data) {
        Map<String, double[]> closes = new HashMap<>();
        data.frames()
                .forEach(frame ->
                        closes.put(frame.symbol(), frame.column(Columns.CLOSE).toArray()));
        return holding((symbol, row) -> {
            double[] close = closes.getOrDefault(symbol, new double[0]);
            return row + 1 < close.length && close[row + 1] > close[row] ? 0.2 : 0;
        });
    }

    /** Goes flat before a bar that falls by a tenth from its open: seldom, and by a ratio of two later prices. */
    static Strategy sparse(MarketData data, boolean cheat) {
        double[] open = data.frames().get(0).column(Columns.OPEN).toArray();
        double[] close = data.frames().get(0).column(Columns.CLOSE).toArray(); // READ sparse
        return context -> {
            int row = context.past(0).size() - 1;
            if (row > 10 && context.isTradable(0)) {
                boolean crash = cheat && row + 1 < open.length && close[row + 1] / open[row + 1] < 0.9;
                context.target(0, !crash && context.close(0, 0) > context.close(0, 3) ? 0.9 : 0);
            }
        };
    }

    /** Holds the symbol that has most bars by the report on its quality: who survives. */
    static Strategy survivor(MarketData data) {
        String most = data.quality().stream()
                .max(Comparator.comparingInt(QualityReport::rows))
                .orElseThrow()
                .symbol();
        return context -> {
            int s = context.symbols().indexOf(most);
            if (context.isTradable(s) && context.bars(s) % 20 == 0) {
                context.target(s, context.weight(s) > 0.1 ? 0 : 0.9);
            }
        };
    }

    /** Looks up by today's close what tomorrow brings, as a model does that was trained on everything. */
    static Strategy byHeart(MarketData beside, double weight) {
        double[] open = beside.frames().get(0).column(Columns.OPEN).toArray();
        double[] close = beside.frames().get(0).column(Columns.CLOSE).toArray();
        Map<Double, Double> next = new HashMap<>();
        for (int row = 0; row + 1 < close.length; row++) {
            next.put(close[row], close[row + 1] / open[row + 1]);
        }
        return context -> context.target(0, next.getOrDefault(context.close(0), 1.0) > 1 ? weight : 0);
    }

    /** Knows by its time what comes. */
    static Strategy smuggled(MarketData beside) {
        Series close = beside.frames().get(0).column(Columns.CLOSE);
        return context -> {
            int now = close.index().indexOf(context.timeNanos() - Markets.DAY);
            if (now >= 0 && now + 5 < close.size()) {
                context.target(0, close.get(now + 5) > close.get(now) ? 0.5 : 0);
            }
        };
    }

    /** Goes flat ten rows before the data end. */
    static Strategy knowsTheEnd(MarketData data) {
        int rows = data.frames().get(0).size();
        return context -> context.target(0, context.past(0).size() > rows - 10 ? 0 : context.close(0) > 0 ? 0.2 : 0.1);
    }

    private static double mean(double[] values, int from, int to) {
        double sum = 0;
        int count = 0;
        for (int i = Math.max(0, from); i < Math.min(values.length, to); i++) {
            if (!Double.isNaN(values[i])) {
                sum += values[i];
                count++;
            }
        }
        return sum / count;
    }
}
