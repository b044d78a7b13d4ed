package org.lama.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lama.core.base.Check;
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

/**
 * The work that is also given to the peers, by the names of their scripts: {@code fit:1,1,1}, {@code auto},
 * {@code adf}, {@code walk} or {@code walk:12} on a file of values, {@code forest-fit:1e6:5} and {@code forest-score:1e6:5} on seeded
 * standard normal rows.
 */
final class PeerWork {
    static final int WINDOW = 365;
    static final int STEP = 30;
    private static final int SHOWN_ORDERS = 6;

    private final int n;
    private final int units;
    private final Body body;

    /** One call of the work; returns what shows that it was done. */
    interface Body {
        void run(Node.Fields into);
    }

    private PeerWork(int n, int units, Body body) {
        this.n = n;
        this.units = units;
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
            case "auto" -> auto(values(file));
            case "adf" -> adf(values(file));
            case "walk" -> walk(values(file), parts.length > 1 ? Integer.parseInt(parts[1]) : Integer.MAX_VALUE);
            default ->
                throw new IllegalArgumentException(
                        "task must be fit:p,d,q, auto, adf, walk[:windows], forest-fit:rows:features"
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
                    .put("status", fit.status().outcome().name());
        });
    }

    private static PeerWork auto(double[] y) {
        return new PeerWork(y.length, 1, into -> {
            AutoArimaResult result = AutoArima.select(y);
            into.put("order", orderOf(result)).put("aicc", result.fit().aicc());
        });
    }

    private static PeerWork adf(double[] y) {
        return new PeerWork(y.length, 1, into -> {
            TestResult result = Adf.test(y, Trend.CONSTANT, Adf.LagRule.aic());
            into.put("stat", result.statistic()).put("lag", result.lags());
        });
    }

    private static PeerWork walk(double[] y, int most) {
        List<Integer> starts = new ArrayList<>();
        for (int start = 0; start <= y.length - WINDOW - STEP; start += STEP) {
            starts.add(start);
        }
        Check.that(!starts.isEmpty(), "walk needs " + (WINDOW + STEP) + " values, got " + y.length);
        int windows = starts.size();
        int run = Math.min(windows, Check.atLeast(most, 1, "windows"));
        return new PeerWork(y.length, run, into -> {
            List<Node> orders = new ArrayList<>();
            for (int k = 0; k < run; k++) {
                int start = starts.get(run == 1 ? 0 : (int) ((long) k * (windows - 1) / (run - 1)));
                AutoArimaResult result = AutoArima.select(Arrays.copyOfRange(y, start, start + WINDOW));
                if (orders.size() < SHOWN_ORDERS) {
                    orders.add(orderOf(result));
                }
            }
            into.put("windows", windows).put("windows_run", run).put("orders", Node.array(orders));
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
