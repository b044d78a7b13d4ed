package org.lama.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.engine.BacktestResult;
import org.lama.backtest.replay.MarketResult;
import org.lama.core.base.Check;
import org.lama.core.data.MarketData;
import org.lama.core.indicators.Indicator;
import org.lama.core.indicators.Indicators;
import org.lama.core.series.Frame;
import org.lama.core.stats.Adf;
import org.lama.core.stats.TestResult;
import org.lama.core.stats.Trend;
import org.lama.core.store.Node;
import org.lama.models.anomaly.IsolationForest;
import org.lama.models.anomaly.IsolationForestModel;
import org.lama.models.anomaly.IsolationForestOptions;
import org.lama.models.arima.Arima;
import org.lama.models.arima.ArimaFit;
import org.lama.models.arima.ArimaSpec;
import org.lama.models.arima.AutoArima;
import org.lama.models.arima.AutoArimaResult;
import org.lama.models.arima.RollingArima;
import org.lama.models.garch.Garch;
import org.lama.models.garch.GarchFit;

/**
 * The work that is also given to the peers, by the names of their scripts: {@code fit:1,1,1}, {@code auto} (and
 * {@code auto_exact}: ours ranks by the exact likelihood anyway), {@code adf}, {@code garch:gjr}, {@code walk} or
 * {@code walk:12} on a file of values ({@code walk-exact} is the same), {@code walk-warm} with each window from the one before,
 * {@code indicator:sma(20)} on a file of bars, {@code sma-cross} and {@code rotation} through the engine, {@code pairs}
 * (1,000 crossings, end equity), {@code pairs-figures} (with Sharpe ratio and drawdown), {@code pairs-2} (on two threads) and {@code signals}
 * (100 rules as columns) of a sweep, {@code store-write:5e6}, {@code store-read:5e6} and {@code store-day:5e6} on generated bars in the given file, {@code replay:risk}, {@code replay:power} and {@code replay:log} on a file of events of a book, {@code features:spot} and {@code features-plain:spot} (or {@code generated}, {@code usdm}, {@code coinm}) on a folder of recorded feeds, {@code forest-fit:1e6:5} and {@code forest-score:1e6:5} on seeded standard normal rows, and without a peer {@code panel}
 * and {@code panel-warm} (or {@code panel:3:760}: assets and days) on seeded walks.
 */
final class PeerWork {
    static final int WINDOW = 365;
    static final int STEP = 30;
    private static final int SHOWN_ORDERS = 6;

    private final int n;
    private final int units;
    private final int threads;
    private final Body body;

    /** One call of the work; returns what shows that it was done. */
    interface Body {
        void run(Node.Fields into);
    }

    private PeerWork(int n, int units, Body body) {
        this(n, units, 1, body);
    }

    private PeerWork(int n, int units, int threads, Body body) {
        this.n = n;
        this.units = units;
        this.threads = threads;
        this.body = body;
    }

    /** Observations or rows. */
    int size() {
        return n;
    }

    /** Windows of a walk, else 1. */
    int units() {
        return units;
    }

    /** Threads that share the work; 1 is the calling thread itself. */
    int threads() {
        return threads;
    }

    void run(Node.Fields into) {
        body.run(into);
    }

    /**
     * The work of a name.
     *
     * @param file values below a header; not read for a forest
     * @throws IllegalArgumentException if the name is unknown, naming those that exist
     */
    static PeerWork named(String task, Path file) throws IOException {
        String[] parts = task.split(":", -1);
        return switch (parts[0]) {
            case "forest-fit" -> forestFit(columns(parts));
            case "forest-score" -> forestScore(columns(parts));
            case "fit" -> {
                Check.that(parts.length == 2, "fit must be fit:p,d,q, got '" + task + "'");
                yield fit(values(file), order(parts[1]));
            }
            case "auto", "auto_exact" -> auto(values(file));
            case "garch" -> {
                Check.that(parts.length == 2, "garch must be garch:MODEL, got '" + task + "'");
                yield garch(values(file), parts[1]);
            }
            case "panel" -> panel(parts, false);
            case "panel-warm" -> panel(parts, true);
            case "adf" -> adf(values(file));
            case "indicator" -> {
                Check.that(parts.length == 2, "indicator must be such as indicator:sma(20), got '" + task + "'");
                yield indicator(Indicators.parse(parts[1]), file);
            }
            case "sma-cross" -> engine(EngineWork.load(file), EngineWork::crossover);
            case "rotation" -> engine(EngineWork.load(file), EngineWork::rotation);
            case "pairs", "pairs-figures", "pairs-2", "signals" -> sweep(parts[0], SweepWork.load(file));
            case "store-write", "store-read", "store-day" -> {
                Check.that(parts.length == 2, "store work must be such as store-write:5e6, got '" + task + "'");
                yield store(parts[0], StoreWork.of((int) Double.parseDouble(parts[1]), file));
            }
            case "replay" -> {
                Check.that(parts.length == 2, "replay must be replay:QUEUE, got '" + task + "'");
                yield replay(ReplayWork.load(file), parts[1]);
            }
            case "features", "features-plain" -> {
                Check.that(parts.length == 2, "features must be features:FEED, got '" + task + "'");
                FeatureWork work = FeatureWork.of(parts[1], file);
                yield new PeerWork(work.size(), 1, parts[0].equals("features") ? work::sample : work::plain);
            }
            case "walk", "walk-exact" -> walk(values(file), windows(parts), AutoArima::select);
            case "walk-warm" -> walk(values(file), windows(parts), null);
            default ->
                throw new IllegalArgumentException(
                        "task must be fit:p,d,q, auto, auto_exact, adf, garch:model, walk[:windows], walk-warm[:windows], walk-exact,"
                                + " indicator:name, sma-cross, rotation, pairs, pairs-figures, pairs-2, signals, store-write:rows, store-read:rows, store-day:rows, replay:queue, features:feed, features-plain:feed, panel[:assets:days], panel-warm[:assets:days], forest-fit:rows:features"
                                + " or forest-score:rows:features, got '" + task + "'");
        };
    }

    /** An order such as {@code 2,1,2}. */
    static ArimaSpec order(String text) {
        String[] parts = text.split(",", -1);
        Check.that(parts.length == 3, "order must be p,d,q, got '" + text + "'");
        return ArimaSpec.of(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    private static PeerWork fit(double[] y, ArimaSpec spec) {
        return new PeerWork(y.length, 1, into -> {
            ArimaFit fit = Arima.fit(y, spec);
            into.put("loglik", fit.logLikelihood())
                    .put("aicc", fit.aicc())
                    .put("status", fit.status().outcome().name());
        });
    }

    private static PeerWork auto(double[] y) {
        return new PeerWork(y.length, 1, into -> {
            AutoArimaResult result = AutoArima.select(y);
            into.put("order", orderOf(result))
                    .put("loglik", result.fit().logLikelihood())
                    .put("aicc", result.fit().aicc());
        });
    }

    private static PeerWork adf(double[] y) {
        return new PeerWork(y.length, 1, into -> {
            TestResult result = Adf.test(y, Trend.CONSTANT, Adf.LagRule.aic());
            into.put("stat", result.statistic()).put("lag", result.lags());
        });
    }

    private static PeerWork engine(MarketData data, Function<MarketData, BacktestResult> run) {
        int bars = data.frames().stream().mapToInt(Frame::size).sum();
        return new PeerWork(bars, 1, into -> {
            double[] equity = run.apply(data).equity();
            into.put("endEquity", equity[equity.length - 1]);
        });
    }

    private static PeerWork store(String task, StoreWork store) {
        long bytes = store.write();
        return new PeerWork(store.size(), 1, into -> {
            int rows = store.size();
            if (task.equals("store-write")) {
                store.write();
            } else {
                rows = (task.equals("store-read") ? store.read() : store.day()).rows();
            }
            into.put("rows", rows).put("bytes", bytes);
        });
    }

    private static PeerWork replay(ReplayWork replay, String queue) {
        ReplayWork.queue(queue);
        return new PeerWork(replay.size(), 1, into -> {
            MarketResult result = replay.run(queue);
            into.put("trades", result.trades())
                    .put("position", result.position())
                    .put("balance", result.balance())
                    .put("fees", result.fees());
        });
    }

    private static PeerWork sweep(String task, SweepWork sweep) {
        SweepWork.Signals signals = task.equals("signals") ? sweep.signals() : null;
        return new PeerWork(
                sweep.size(),
                1,
                task.equals("pairs-2") ? 2 : 1,
                into -> into.put(
                        "endEquity",
                        switch (task) {
                            case "pairs" -> sweep.money();
                            case "pairs-figures" -> sweep.figures();
                            case "pairs-2" -> sweep.figures(2);
                            default -> Check.notNull(signals, "signals").money();
                        }));
    }

    /** Over columns that lie ready, into arrays that lie ready, as TA-Lib's from its allocator after the first call. */
    private static PeerWork indicator(Indicator indicator, Path file) throws IOException {
        double[][] bars = BarColumns.read(file);
        double[][] in = new double[indicator.inputs().size()][];
        for (int k = 0; k < in.length; k++) {
            in[k] = bars[BarColumns.place(indicator.inputs().get(k))];
        }
        int n = in[0].length;
        double[][] out = new double[indicator.lines().size()][n];
        return new PeerWork(n, 1, into -> {
            indicator.compute(in, out);
            into.put("last", out[0][n - 1]);
        });
    }

    private static PeerWork garch(double[] returns, String model) {
        return new PeerWork(returns.length, 1, into -> {
            GarchFit fit = Garch.fit(returns, BenchmarkData.volatilityModel(model));
            into.put("loglik", fit.logLikelihood())
                    .put("status", fit.status().outcome().name());
        });
    }

    private static PeerWork panel(String[] parts, boolean warm) {
        Check.that(parts.length == 1 || parts.length == 3, "a panel must be named alone or with assets and days");
        int assets = parts.length == 1 ? Panel.ASSETS : Integer.parseInt(parts[1]);
        int days = parts.length == 1 ? Panel.DAYS : Integer.parseInt(parts[2]);
        Panel panel = Panel.of(assets, days);
        return new PeerWork(days, 1, Panel.THREADS, into -> {
            Panel.Outcome outcome = panel.run(warm);
            into.put("choices", outcome.choices()).put("aicc", outcome.meanAicc());
        });
    }

    private static int windows(String[] parts) {
        return parts.length > 1 ? Integer.parseInt(parts[1]) : Integer.MAX_VALUE;
    }

    /** Windows by a given choice, each by itself; without one, each from the window before. */
    private static PeerWork walk(double[] y, int most, @Nullable Function<double[], AutoArimaResult> cold) {
        List<Integer> starts = new ArrayList<>();
        for (int start = 0; start <= y.length - WINDOW - STEP; start += STEP) {
            starts.add(start);
        }
        Check.that(!starts.isEmpty(), "walk needs " + (WINDOW + STEP) + " values, got " + y.length);
        int windows = starts.size();
        int run = Math.min(windows, Check.atLeast(most, 1, "windows"));
        return new PeerWork(y.length, run, into -> {
            List<Node> orders = new ArrayList<>();
            List<Node> criteria = new ArrayList<>();
            List<Node> differences = new ArrayList<>();
            RollingArima chain = RollingArima.of();
            Function<double[], AutoArimaResult> choice =
                    cold == null ? window -> chain.select(window).result() : cold;
            for (int k = 0; k < run; k++) {
                int start = starts.get(run == 1 ? 0 : (int) ((long) k * (windows - 1) / (run - 1)));
                AutoArimaResult result = choice.apply(Arrays.copyOfRange(y, start, start + WINDOW));
                if (orders.size() < SHOWN_ORDERS) {
                    orders.add(orderOf(result));
                }
                criteria.add(Node.of(result.fit().aicc()));
                differences.add(Node.of(result.fit().spec().d()));
            }
            into.put("windows", windows)
                    .put("windows_run", run)
                    .put("orders", Node.array(orders))
                    .put("aiccs", Node.array(criteria))
                    .put("differences", Node.array(differences));
        });
    }

    private static Node orderOf(AutoArimaResult result) {
        ArimaSpec spec = result.fit().spec();
        return Node.array(List.of(Node.of(spec.p()), Node.of(spec.d()), Node.of(spec.q())));
    }

    private static PeerWork forestFit(double[][] columns) {
        int rows = columns[0].length;
        return new PeerWork(rows, 1, into -> {
            IsolationForestModel model = IsolationForest.fit(columns, rows, IsolationForestOptions.defaults());
            into.put("trees", model.trees());
        });
    }

    private static PeerWork forestScore(double[][] columns) {
        int rows = columns[0].length;
        IsolationForestModel model = IsolationForest.fit(columns, rows, IsolationForestOptions.defaults());
        return new PeerWork(rows, 1, into -> {
            double[] scores = new double[rows];
            model.score(columns, 0, rows, scores);
            into.put("mean_score", Arrays.stream(scores).average().orElseThrow());
        });
    }

    private static double[][] columns(String[] parts) {
        Check.that(parts.length == 3, "a forest must be named with rows and features, such as forest-fit:1e6:5");
        return BenchmarkData.normals((int) Double.parseDouble(parts[1]), Integer.parseInt(parts[2]));
    }

    /** The numbers of a file, one a line below a header. */
    static double[] values(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .skip(1)
                .map(String::trim)
                .filter(line -> !line.isEmpty())
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}
