package org.lama.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.lama.core.data.MarketData;
import org.lama.core.market.Bar;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;

/**
 * The baseline of the engine, as a first script writes it: one object per bar, positions by name, doubles for money, no
 * ledger, no checks, no limits. It does less than the engine; it shows what the engine's guarantees cost.
 */
final class NaiveEngine {
    private static final double SLIPPAGE = 0.0005;
    private static final double COMMISSION = 0.0010;

    private final Map<String, List<Bar>> bars = new LinkedHashMap<>();
    private final Map<String, Double> positions = new LinkedHashMap<>();
    private final Map<String, Double> pending = new LinkedHashMap<>();
    private final List<Double> curve = new ArrayList<>();
    private final int length;
    private double cash;

    NaiveEngine(MarketData data, double cash) {
        this.cash = cash;
        for (Frame frame : data.frames()) {
            double[] open = frame.column(Columns.OPEN).toArray();
            double[] high = frame.column(Columns.HIGH).toArray();
            double[] low = frame.column(Columns.LOW).toArray();
            double[] close = frame.column(Columns.CLOSE).toArray();
            double[] volume = frame.column(Columns.VOLUME).toArray();
            List<Bar> rows = new ArrayList<>();
            for (int t = 0; t < open.length; t++) {
                rows.add(new Bar(t, open[t], high[t], low[t], close[t], volume[t]));
            }
            bars.put(frame.symbol(), rows);
            positions.put(frame.symbol(), 0.0);
        }
        length = data.frames().get(0).size();
    }

    /** Rebalances to equal weights as the strategy of the benchmark does, and returns the last equity. */
    double run(EngineBenchmark.Schedule schedule) {
        for (int t = 0; t < length; t++) {
            fill(t);
            double equity = cash;
            for (Map.Entry<String, Double> position : positions.entrySet()) {
                equity += position.getValue() * bar(position.getKey(), t).close();
            }
            curve.add(equity);
            int number = 0;
            for (String symbol : bars.keySet()) {
                if (schedule.decidesAt(t)) {
                    double wanted =
                            schedule.weight(number, t) * equity / bar(symbol, t).close();
                    pending.put(symbol, wanted - positions.getOrDefault(symbol, 0.0));
                }
                number++;
            }
        }
        return curve.get(curve.size() - 1);
    }

    private void fill(int t) {
        pending.forEach((symbol, quantity) -> {
            double slipped = bar(symbol, t).open() * (1 + Math.signum(quantity) * SLIPPAGE);
            cash -= quantity * slipped + Math.abs(quantity) * slipped * COMMISSION;
            positions.merge(symbol, quantity, Double::sum);
        });
        pending.clear();
    }

    private Bar bar(String symbol, int t) {
        return Objects.requireNonNull(bars.get(symbol)).get(t);
    }
}
