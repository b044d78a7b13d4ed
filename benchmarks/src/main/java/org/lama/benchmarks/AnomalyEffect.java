package org.lama.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.lama.core.data.DatasetProvider;
import org.lama.core.data.Datasets;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.signal.Combiner;
import org.lama.core.signal.Composite;
import org.lama.core.signal.FitContext;
import org.lama.core.signal.RegimeLabel;
import org.lama.core.signal.Scorer;
import org.lama.core.signal.Signal;
import org.lama.core.signal.SignalModel;
import org.lama.models.anomaly.AnomalyModel;
import org.lama.models.anomaly.AnomalySettings;
import org.lama.models.anomaly.AnomalySettings.Direction;
import org.lama.models.arima.ArimaMomentum;
import org.lama.models.arima.MomentumSettings;
import org.lama.models.ensemble.Combiners;
import org.lama.models.ensemble.FusionSettings;
import org.lama.models.liquidity.LiquidityModel;
import org.lama.models.liquidity.LiquiditySettings;

/**
 * What the anomaly model does to a portfolio: the composite with it, in each of its ways, against the composite without it, on
 * the same fits of the same synthetic market with books, once where anomalies foretell risk and once where they foretell
 * nothing. Weighted average, refits every 30 days on 365, long only, decision at the close and fill at the next open, 0.15 %
 * per side, equal weight, target volatility 40 %; the regime is held at normal, so that nothing but the signal differs.
 *
 * <p>{@code main(markets, assets)} prints tables for markets of seeds 1, 2, ...: paired differences with 95 % intervals of
 * Student's t over markets.
 */
@SuppressWarnings("EnumOrdinal") // columns of one table, within one run
final class AnomalyEffect {
    private static final long DAY = 86_400_000_000_000L;
    private static final int DAYS = 1_461;
    private static final int WINDOW = 365;
    private static final int REFIT = 30;
    private static final double COST = 0.0015;
    private static final double TARGET_VOLATILITY = 0.4;
    private static final double BAND = 0.1;

    /** How the anomaly model takes part; WITHOUT comes first, the others are compared with it. */
    enum Way {
        WITHOUT("without the model", -1),
        RISK("plain: risk multiplier alone", 2),
        IMBALANCE("plain: and direction by imbalance", 3),
        FLOW("plain: and direction by order flow", 4),
        DAMPED("plain: multiplier on confidence too", 2),
        LOG_RISK("risk multiplier alone", 5),
        LOG_IMBALANCE("and direction by imbalance (default)", 6),
        LOG_FLOW("and direction by order flow", 7),
        LOG_DAMPED("multiplier on confidence too", 5),
        TRUTH("multiplier ¼ at every planted anomaly", -1);

        final String text;
        /** Which model takes part; -1 for none. */
        final int model;

        Way(String text, int model) {
            this.text = text;
            this.model = model;
        }
    }

    /** Figures of one portfolio: Sharpe ratio and mean a year, mean of the worst hundredth of the days, deepest drawdown. */
    record Figures(double sharpe, double mean, double tail, double drawdown) {
        double[] values() {
            return new double[] {sharpe, mean, tail, drawdown};
        }
    }

    /** One market: figures by way, and how well alarms and planted anomalies meet on the decided rows. */
    record Outcome(List<Figures> figures, int alarms, int others, Map<String, Found> found) {}

    /** How many anomalies of a kind were decided on, and how many of them the model saw, and with logarithms. */
    record Found(int planted, int seen, int seenByLogarithm) {
        Found plus(Found other) {
            return new Found(planted + other.planted, seen + other.seen, seenByLogarithm + other.seenByLogarithm);
        }
    }

    private final MarketData market;
    private final long seed;
    private final double[][] daily = new double[Way.values().length][DAYS];
    private final Map<String, Found> found = new TreeMap<>();
    private int alarms;
    private int others;

    private AnomalyEffect(String dataset, long seed, int assets) {
        this.seed = seed;
        market = Datasets.named(dataset).load(new DatasetProvider.Request(seed, assets, DAYS, DAY));
    }

    static Outcome of(String dataset, long seed, int assets) {
        AnomalyEffect effect = new AnomalyEffect(dataset, seed, assets);
        for (Frame frame : effect.market.frames()) {
            effect.trade(frame);
        }
        List<Figures> figures =
                Arrays.stream(effect.daily).map(AnomalyEffect::figures).toList();
        return new Outcome(figures, effect.alarms, effect.others, effect.found);
    }

    private void trade(Frame bars) {
        SignalModel momentum = new ArimaMomentum(MomentumSettings.defaults());
        SignalModel liquidity = LiquidityModel.of(LiquiditySettings.defaults());
        AnomalySettings settings = AnomalySettings.defaults();
        List<SignalModel> models = new ArrayList<>(List.of(momentum, liquidity));
        for (boolean logarithms : new boolean[] {false, true}) {
            for (Direction direction : List.of(Direction.NEVER, Direction.WHERE_SIGNED, Direction.BY_FLOW)) {
                models.add(AnomalyModel.of(settings.withDirection(direction).withLogarithms(logarithms)));
            }
        }
        Frame frame = bars;
        for (SignalModel model : models.subList(0, 3)) {
            frame = model.indicators(frame);
        }
        Map<Long, String> truths = market.plantedAnomalies().stream()
                .filter(anomaly -> anomaly.symbol().equals(bars.symbol()))
                .collect(Collectors.toMap(MarketData.PlantedAnomaly::closeNanos, MarketData.PlantedAnomaly::kind));
        Trader[] traders = Arrays.stream(Way.values())
                .map(way -> new Trader(way, bars, market.frames().size(), daily[way.ordinal()]))
                .toArray(Trader[]::new);
        Scorer[] scorers = new Scorer[models.size()];
        for (int t = WINDOW; t + 2 < DAYS; t++) {
            if ((t - WINDOW) % REFIT == 0) {
                Frame train = frame.slice(t - WINDOW + 1, t + 1);
                for (int m = 0; m < scorers.length; m++) {
                    scorers[m] = models.get(m).fit(train, FitContext.backtest(seed));
                }
            }
            Frame past = frame.head(t + 1);
            List<Signal> signals =
                    Arrays.stream(scorers).map(scorer -> scorer.score(past)).toList();
            boolean alarm = signals.get(2).alarm();
            boolean other = signals.get(5).alarm();
            boolean isPlanted = truths.containsKey(frame.availableAt(t));
            if (isPlanted) {
                found.merge(truths.get(frame.availableAt(t)), new Found(1, alarm ? 1 : 0, other ? 1 : 0), Found::plus);
            }
            alarms += alarm ? 1 : 0;
            others += other ? 1 : 0;
            for (Trader trader : traders) {
                trader.decide(t, signals, isPlanted);
            }
        }
    }

    /** One asset of one portfolio. */
    private static final class Trader {
        private final Way way;
        private final Combiner.Session session;
        private final double[] open;
        private final double[] close;
        private final double[] daily;
        private final int assets;
        private double held;

        Trader(Way way, Frame bars, int assets, double[] daily) {
            this.way = way;
            this.assets = assets;
            this.daily = daily;
            open = bars.column(Columns.OPEN).toArray();
            close = bars.column(Columns.CLOSE).toArray();
            FusionSettings settings =
                    FusionSettings.defaults().withDampedConfidence(way == Way.DAMPED || way == Way.LOG_DAMPED);
            List<String> members =
                    way.model < 0 ? List.of("momentum", "liquidity") : List.of("momentum", "liquidity", "anomaly");
            session = Combiners.weighted(settings).open(members, 1);
        }

        void decide(int t, List<Signal> all, boolean isPlanted) {
            List<Signal> used = new ArrayList<>(all.subList(0, 2));
            if (way.model >= 0) {
                used.add(all.get(way.model));
            }
            Composite composite = session.combine(used, RegimeLabel.NORMAL);
            double multiplier = composite.sizeMultiplier() * (way == Way.TRUTH && isPlanted ? 0.25 : 1);
            double target =
                    Math.max(0, composite.strength()) * multiplier * Math.min(1, TARGET_VOLATILITY / volatility(t));
            double change = Math.abs(target - held) < BAND * target ? 0 : target - held;
            held += change;
            double gain = held * (open[t + 2] / open[t + 1] - 1) - Math.abs(change) * COST;
            daily[t] += gain / assets;
        }

        private double volatility(int t) {
            double variance = 0;
            double weight = 0;
            for (int i = 0; i < 60; i++) {
                double w = Math.pow(0.94, i);
                double r = Math.log(close[t - i] / close[t - i - 1]);
                variance += w * r * r;
                weight += w;
            }
            return Math.sqrt(variance / weight * 365);
        }
    }

    private static Figures figures(double[] all) {
        double[] gains = Arrays.copyOfRange(all, WINDOW, DAYS - 2);
        double mean = Arrays.stream(gains).average().orElse(0);
        double squares = Arrays.stream(gains).map(g -> (g - mean) * (g - mean)).sum();
        double sd = Math.sqrt(squares / (gains.length - 1));
        double wealth = 0;
        double top = 0;
        double deepest = 0;
        for (double gain : gains) {
            wealth += gain;
            top = Math.max(top, wealth);
            deepest = Math.max(deepest, top - wealth);
        }
        return new Figures(
                sd > 0 ? mean / sd * Math.sqrt(365) : 0,
                mean * 365,
                Arrays.stream(gains)
                        .sorted()
                        .limit(gains.length / 100)
                        .average()
                        .orElse(0),
                deepest);
    }

    /** Mean of paired differences of one figure, and half the width of its 95 % interval. */
    static double[] difference(List<Outcome> outcomes, Way way, int figure) {
        double[] d = outcomes.stream()
                .mapToDouble(outcome -> outcome.figures().get(way.ordinal()).values()[figure]
                        - outcome.figures().get(Way.WITHOUT.ordinal()).values()[figure])
                .toArray();
        double mean = Arrays.stream(d).average().orElse(0);
        double squares = Arrays.stream(d).map(x -> (x - mean) * (x - mean)).sum();
        double error = Math.sqrt(squares / (d.length - 1) / d.length);
        return new double[] {mean, quantile(d.length - 1) * error};
    }

    /** 97.5 % quantile of Student's t, by the expansion of Cornish and Fisher (to 0.01 from 8 degrees of freedom on). */
    private static double quantile(int n) {
        double z = 1.959964;
        return z
                + (z * z * z + z) / (4.0 * n)
                + (5 * Math.pow(z, 5) + 16 * z * z * z + 3 * z) / (96.0 * n * n)
                + (3 * Math.pow(z, 7) + 19 * Math.pow(z, 5) + 17 * z * z * z - 15 * z) / (384.0 * n * n * n);
    }

    /**
     * Prints the tables.
     *
     * @param args number of markets (default 20) and of assets in each (default 6)
     */
    public static void main(String[] args) {
        int markets = args.length > 0 ? Integer.parseInt(args[0]) : 20;
        int assets = args.length > 1 ? Integer.parseInt(args[1]) : 6;
        for (String dataset : List.of("synthetic-books", "synthetic-books-null")) {
            List<Outcome> outcomes = new ArrayList<>();
            for (int seed = 1; seed <= markets; seed++) {
                outcomes.add(of(dataset, seed, assets));
            }
            System.out.print(table(dataset, outcomes, assets));
        }
    }

    private static String table(String dataset, List<Outcome> outcomes, int assets) {
        Map<String, Found> found = new TreeMap<>();
        outcomes.forEach(outcome -> outcome.found().forEach((kind, count) -> found.merge(kind, count, Found::plus)));
        int alarms = outcomes.stream().mapToInt(Outcome::alarms).sum();
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s: %d markets of %d assets, %d alarms, %d with logarithms; planted, seen, seen with logarithms:",
                dataset,
                outcomes.size(),
                assets,
                alarms,
                outcomes.stream().mapToInt(Outcome::others).sum()));
        found.forEach((kind, count) -> text.append(' ')
                .append(kind)
                .append(' ')
                .append(count.planted())
                .append(", ")
                .append(count.seen())
                .append(", ")
                .append(count.seenByLogarithm())
                .append(';'));
        text.append('\n');
        text.append("| | Sharpe | mean a year, % | worst 1 % of days, % | drawdown, % |\n|---|---|---|---|---|\n");
        for (Way way : Way.values()) {
            text.append("| ").append(way.text);
            for (int f = 0; f < 4; f++) {
                double scale = f == 0 ? 1 : 100;
                int figure = f;
                double level = outcomes.stream()
                        .mapToDouble(outcome -> outcome.figures().get(0).values()[figure])
                        .average()
                        .orElse(0);
                double[] d = difference(outcomes, way, f);
                text.append(
                        way == Way.WITHOUT
                                ? String.format(Locale.ROOT, " | %.3f", scale * level)
                                : String.format(Locale.ROOT, " | %+.3f ± %.3f", scale * d[0], scale * d[1]));
            }
            text.append(" |\n");
        }
        return text.append('\n').toString();
    }
}
