package org.lama.backtest.report;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.lama.backtest.analytics.CapacityCurve;
import org.lama.backtest.analytics.RealityCheck;
import org.lama.backtest.analytics.StationaryBootstrap;
import org.lama.backtest.cost.SlippageModel;
import org.lama.backtest.honesty.Waterfall;
import org.lama.backtest.walkforward.CombinerTracking;
import org.lama.backtest.walkforward.StudyChecks;
import org.lama.backtest.walkforward.StudyResult;
import org.lama.backtest.walkforward.StudySettings;
import org.lama.core.base.Issue;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.data.MarketData;
import org.lama.core.series.Provenance;
import org.lama.core.series.QualityReport;
import org.lama.core.series.Series;
import org.lama.core.series.TimeIndex;
import org.lama.core.signal.FitStatus;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.RegimeLabel;
import org.lama.core.signal.ShockLaw;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Seeded curves, models and studies for the tests of this package. */
final class Samples {
    static final long DAY = 86_400_000_000_000L;
    static final long START = 1_546_300_800L * 1_000_000_000L; // 2019-01-01
    static final String HOSTILE = "<img src=x onerror=alert(1)>";

    private static final List<RegimeLabel> LABELS = List.of(RegimeLabel.values());
    private static final List<FitStatus.Outcome> OUTCOMES = List.of(FitStatus.Outcome.values());

    private Samples() {}

    static EquityCurve curve(int rows) {
        Rng rng = Seeds.rng(7, rows);
        double[] equity = new double[rows];
        double[] benchmark = new double[rows];
        List<RegimeLabel> regimes = new ArrayList<>();
        List<EquityCurve.Marker> trades = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            equity[i] = i == 0 ? 1e6 : equity[i - 1] * (1.0005 + 0.01 * rng.nextGaussian());
            benchmark[i] = i == 0 ? 1e6 : benchmark[i - 1] * (1 + 0.03 * rng.nextGaussian());
            regimes.add(LABELS.get(i / 40 % 4));
            if (i % 25 == 3) {
                trades.add(new EquityCurve.Marker(START + i * DAY, i % 50 == 3));
            }
        }
        return EquityCurve.of(TimeIndex.regular(START, DAY, rows), equity)
                .withBenchmark(benchmark)
                .withRegimes(regimes)
                .withTrades(trades);
    }

    static ModelSummary model(int residuals, int steps) {
        Rng rng = Seeds.rng(11, residuals);
        double[] values = new double[residuals];
        for (int i = 0; i < residuals; i++) {
            values[i] = i % 17 == 5 ? Double.NaN : rng.nextGaussian();
        }
        List<ModelSummary.ForecastStep> forecast = new ArrayList<>();
        for (int k = 1; k <= steps; k++) {
            double mean = 100 + k;
            double error = Math.sqrt(k);
            forecast.add(new ModelSummary.ForecastStep(
                    k, mean, error, mean - 1.28 * error, mean + 1.28 * error, mean - 2 * error, mean + 2 * error));
        }
        return new ModelSummary(
                "ARIMA(1,1,1)", FitStatus.ok(9, 1e-7), Map.of("aic", -12.5), List.of(), List.of(), values, forecast);
    }

    /** A study with four assets; the first has a hostile name. */
    static StudyResult study(int rows, Provenance.Kind kind) {
        EquityCurve curve = curve(rows);
        List<String> symbols = List.of(HOSTILE, "SYN2", "SYN3", "SYN4");
        List<StudyResult.SeriesInfo> data = new ArrayList<>();
        List<StudyResult.AssetOutcome> assets = new ArrayList<>();
        List<StudyResult.FoldOutcome> folds = new ArrayList<>();
        List<StudyResult.TradeRow> trades = new ArrayList<>();
        for (int k = 0; k < symbols.size(); k++) {
            String symbol = symbols.get(k);
            data.add(new StudyResult.SeriesInfo(
                    symbol, symbol + ".UNKNOWN.SPOT", rows, START, START + rows * DAY, provenance(kind), quality(k)));
            assets.add(new StudyResult.AssetOutcome(
                    symbol,
                    700,
                    9,
                    12,
                    640,
                    31,
                    12_345.6 - 9_000 * k,
                    0.8 - 0.4 * k,
                    0.01 + 0.2 * k,
                    0.04 + 0.2 * k,
                    k % 2 == 0,
                    k < 2));
            for (int f = 0; f < 6; f++) {
                long from = START + (365L + 30L * f) * DAY;
                folds.add(new StudyResult.FoldOutcome(
                        symbol,
                        from - 365 * DAY,
                        from,
                        from,
                        from + 30 * DAY,
                        f < 5,
                        OUTCOMES.get((k + f) % 4),
                        "ARIMA(1,1,0)",
                        1.1 - 0.1 * f,
                        k == 3 ? Double.NaN : 0.2 * f - 0.4));
                trades.add(new StudyResult.TradeRow(
                        symbol,
                        f % 3 == 0 ? "SHORT" : "LONG",
                        from,
                        from + 9 * DAY,
                        100,
                        103,
                        5,
                        1.5,
                        0.7,
                        13 - 5.0 * f));
            }
        }
        List<MarketData.Planted> planted = kind == Provenance.Kind.SYNTHETIC
                ? List.of(
                        new MarketData.Planted(HOSTILE, 1.2, "drift after liquidity shocks"),
                        new MarketData.Planted("SYN2", 1.0, "momentum"))
                : List.of();
        return new StudyResult(
                StudySettings.defaults(),
                DAY,
                data,
                columns(curve, rows),
                metrics(0.42),
                metrics(0.55),
                significance(),
                costs(),
                slippageModels(),
                folds,
                combiners(),
                assets,
                regimes(),
                trades,
                List.of(new StudyResult.Dropped("TINY", "shorter than one window: 200 of 365 days")),
                planted,
                List.of(new StudyResult.MemberActivity(
                        "momentum", 20, 3, 1, 0.8, 0.1, List.of("ARIMA(1,0,0): 24 of 24"))),
                List.of(new StudyResult.Veto("momentum dropped: no valid signal", 12)),
                List.of(
                        new StudyResult.DelistingPoint(0, 0.32, 0.43),
                        new StudyResult.DelistingPoint(0.5, 0.31, 0.42),
                        new StudyResult.DelistingPoint(1, 0.3, 0.41)),
                models(symbols, rows),
                checks(),
                rows % 2 == 1);
    }

    private static StudyChecks checks() {
        double none = Double.NaN;
        return new StudyChecks(
                List.of(0.02, 0.01, 0.03),
                List.of(new StudyChecks.RuleSwitch(
                        "limit orders", "touch", "through", List.of(), "a study trades market orders only")),
                List.of(0.02, 0.01, 0.03),
                new StudyChecks.IntrabarBounds(0, 0.31, 0.31, "both orders of prices give the same result"),
                CapacityCurve.ofFills(
                        new CapacityCurve.Fills(1e6, new double[] {0.01, 0.02, 0}, new double[3]),
                        new double[] {1e5, 1e6, 1e7},
                        365,
                        StationaryBootstrap.of(100, 1)),
                List.of(
                        new StudyChecks.Ablation("momentum", 0.42, 0.2, 0.22, -0.1, 0.5, 0.3, 0.01, ""),
                        new StudyChecks.Ablation(
                                "liquidity", 0.42, none, none, none, none, none, 0.02, "without it no trade is made")),
                new CombinerTracking(
                        false,
                        List.of(
                                new CombinerTracking.Score("weighted", 0.01, 0.004, 500, 0.7, 0.8),
                                new CombinerTracking.Score("bayesian", 0.02, 0.004, 500, 0.3, 0.2)),
                        List.of(new CombinerTracking.Switch(START, "weighted", "bayesian", 0.8)),
                        List.of(
                                new CombinerTracking.Point(START, List.of(0.01, 0.02)),
                                new CombinerTracking.Point(START + DAY, List.of(0.02, 0.01)))),
                RealityCheck.of(new double[][] {new double[5]}, StationaryBootstrap.of(100, 1)));
    }

    /** From a strong naive run over costs to a weaker honest one. */
    static Waterfall waterfall() {
        Rng rng = Seeds.rng(5, 1);
        double[] naive = new double[300];
        double[] honest = new double[300];
        for (int i = 0; i < naive.length; i++) {
            double noise = 0.01 * rng.nextGaussian();
            naive[i] = 0.002 + noise;
            honest[i] = 0.0005 + noise;
        }
        return Waterfall.from(naive, 365, StationaryBootstrap.of(200, 1))
                .switched("fill", "in the bar that decided", "at the next open", naive)
                .switched("costs", "none", "0.15 %", honest)
                .notApplicable("limit orders", "touch", "through", "a study trades market orders only")
                .trials(4, 3, 1e-4);
    }

    static Waterfall flatWaterfall() {
        return Waterfall.from(new double[5], 365, StationaryBootstrap.of(200, 1))
                .trials(1, 1, 0);
    }

    private static List<StudyResult.LastModel> models(List<String> symbols, int rows) {
        Series observed = Series.of(
                "log close", TimeIndex.regular(START, DAY, rows), curve(rows).growth());
        return rows == 0
                ? List.of()
                : symbols.stream()
                        .map(symbol -> new StudyResult.LastModel(symbol, observed, arma(rows)))
                        .toList();
    }

    /** With coefficients, fitted values and roots, two of them on a circle close to one. */
    static ModelSummary arma(int rows) {
        ModelSummary plain = model(rows, 12);
        double[] fitted = new double[rows];
        Arrays.setAll(fitted, i -> 1 + 0.01 * i);
        return new ModelSummary(
                        "ARIMA(2,0,1) of " + HOSTILE,
                        plain.status(),
                        plain.values(),
                        List.of(
                                new ModelSummary.Coefficient("ar1", 0.6, 0.1),
                                new ModelSummary.Coefficient("ar2", -0.3, 0.2),
                                new ModelSummary.Coefficient("ma1", 0.1, Double.NaN)),
                        List.of("Look at " + HOSTILE),
                        plain.residuals(),
                        plain.forecast())
                .with("fitted", fitted)
                .with("arRootsReal", 1, 1)
                .with("arRootsImaginary", 1.5275252316519468, -1.5275252316519468)
                .with("maRootsReal", -1.004)
                .with("maRootsImaginary", 0);
    }

    /** Every seventh volatility is doubled; the long-run variance is known. */
    static ModelSummary garch(int rows) {
        ModelSummary plain = model(rows, 0);
        double[] volatility = new double[rows];
        Arrays.setAll(volatility, i -> i == 0 ? Double.NaN : i % 7 == 0 ? 0.02 : 0.01);
        return new ModelSummary(
                        "GARCH(1,1) of " + HOSTILE,
                        plain.status(),
                        Map.of("persistence", 0.9),
                        List.of(new ModelSummary.Coefficient("omega", 0.000_0225, 0.000_01)),
                        List.of(),
                        plain.residuals(),
                        List.of())
                .with("conditionalVolatility", volatility)
                .with("varianceForecast", 0.0004, 0.000_35, 0.0003);
    }

    /** A model of variance whose shocks are exactly the quantiles of its Student t law, in a mixed order. */
    static ModelSummary student(int rows, double nu) {
        ShockLaw law = new ShockLaw(nu);
        double[] residuals = new double[rows];
        Arrays.setAll(residuals, i -> law.quantile((i + 0.5) / rows));
        Rng rng = Seeds.rng(3, rows);
        for (int i = rows - 1; i > 0; i--) {
            int other = rng.nextInt(i + 1);
            double kept = residuals[i];
            residuals[i] = residuals[other];
            residuals[other] = kept;
        }
        double[] volatility = new double[rows];
        Arrays.setAll(volatility, i -> 0.01 + 0.002 * Math.sin(0.01 * i));
        return new ModelSummary(
                        "GARCH(1,1) t",
                        FitStatus.ok(20, 1e-6),
                        Map.of("persistence", 0.9),
                        List.of(
                                new ModelSummary.Coefficient("omega", 1e-5, 1e-6),
                                new ModelSummary.Coefficient("nu", nu, 0.3)),
                        List.of(),
                        residuals,
                        List.of())
                .with("conditionalVolatility", volatility)
                .with("varianceForecast", 0.0001, 0.0001);
    }

    /** Scores 0.40 to 0.49, every tenth 0.7; the hostile column has a number per row. */
    static ModelSummary forest(int rows) {
        double[] scores = new double[rows];
        double[] shares = new double[rows];
        Arrays.setAll(scores, i -> i % 10 == 9 ? 0.7 : i % 10 == 3 ? Double.NaN : 0.4 + 0.01 * (i % 10));
        Arrays.setAll(shares, i -> i % 10 == 9 ? 0.6 : 0.1);
        return new ModelSummary(
                        "Isolation forest",
                        FitStatus.ok(0, 0),
                        Map.of("threshold", 0.6),
                        List.of(),
                        List.of(),
                        new double[0],
                        List.of())
                .with("scores", scores)
                .with("attribution[" + HOSTILE + "]", shares)
                .with("attribution[depth]", 0.25);
    }

    private static StudyResult.EquityCurve columns(EquityCurve curve, int rows) {
        double[] exposure = new double[rows];
        RegimeLabel[] regimes = new RegimeLabel[rows];
        for (int i = 0; i < rows; i++) {
            exposure[i] = 0.5;
            regimes[i] = LABELS.get(i / 40 % 4);
        }
        double[] growth = curve.growth();
        double[] benchmark = curve.benchmarkGrowth();
        return new StudyResult.EquityCurve(curve.times().copyRange(0, rows), growth, benchmark, exposure, regimes);
    }

    private static Provenance provenance(Provenance.Kind kind) {
        return new Provenance(kind, "data/" + HOSTILE + ".csv", "9f2c", "");
    }

    private static QualityReport quality(int k) {
        List<QualityReport.Finding> findings = k == 0
                ? List.of(new QualityReport.Finding(Issue.Reason.MISSING_BARS, 3, "2019-02-01", HOSTILE))
                : k == 1
                        ? List.of(new QualityReport.Finding(Issue.Reason.ZERO_VOLUME, 2, "row 3", "row 9"))
                        : List.of();
        return new QualityReport("S" + k, "f.csv", 1000, 1003, 1000, 3, 1, DAY, findings);
    }

    private static Map<String, Double> metrics(double sharpe) {
        Map<String, Double> all = new LinkedHashMap<>();
        all.put("totalReturn", 0.31);
        all.put("compoundAnnualGrowth", 0.06);
        all.put("sharpe", sharpe);
        all.put("maximumDrawdown", -0.18);
        return all;
    }

    private static StudyResult.Significance significance() {
        return new StudyResult.Significance(
                1096,
                1095,
                0.42,
                -0.31,
                1.13,
                0.06,
                -0.04,
                0.18,
                7.3,
                0.88,
                0.41,
                Double.NaN,
                900,
                5,
                4,
                3.2,
                "2026-01-01T00:00:00Z",
                1.6,
                -0.03,
                0.0004);
    }

    private static List<StudyResult.CostPoint> costs() {
        return List.of(
                new StudyResult.CostPoint(0, 0.6, 0.82, -0.15, 0),
                new StudyResult.CostPoint(1, 0.31, 0.42, -0.18, 120_000),
                new StudyResult.CostPoint(2, 0.05, 0.1, -0.22, 240_000),
                new StudyResult.CostPoint(3, -0.2, -0.3, -0.31, 360_000));
    }

    private static List<StudyResult.SlippagePoint> slippageModels() {
        StudySettings settings = StudySettings.defaults();
        return List.of(
                new StudyResult.SlippagePoint(
                        SlippageModel.SQUARE_ROOT, settings.cost().describe(), true, 0.31, 0.42, -0.18, 120_000),
                new StudyResult.SlippagePoint(
                        SlippageModel.FLAT,
                        settings.withSlippageModel(SlippageModel.FLAT).cost().describe(),
                        false,
                        0.33,
                        0.45,
                        -0.17,
                        100_000));
    }

    private static List<StudyResult.CombinerOutcome> combiners() {
        return List.of(
                new StudyResult.CombinerOutcome("weighted", 0.31, 0.42, -0.18, 31, true, false),
                new StudyResult.CombinerOutcome("bayesian", 0.35, 0.47, -0.17, 28, false, true));
    }

    private static List<StudyResult.RegimeOutcome> regimes() {
        return List.of(
                new StudyResult.RegimeOutcome(RegimeLabel.NORMAL, 0.7, 0.1, 0.6),
                new StudyResult.RegimeOutcome(RegimeLabel.CRISIS, 0.3, -0.1, Double.NaN));
    }

    static StudyReport.Statement statement(String verdict) {
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("Hypothesis", "The composite earns more than cash after costs.");
        asked.put("Rule", "EDGE when DSR >= 0.95 and the lower bound of the mean is above zero.");
        asked.put("SHA-256 of the rule", "9f2c");
        return new StudyReport.Statement(
                verdict,
                "The deflated Sharpe ratio is 0.41, below 0.95.",
                "./lama study --data " + HOSTILE,
                asked,
                Map.of("Seed", "42"),
                "./lama rerun result.json");
    }

    /** Parses as XML or fails: proves that nothing is left open or unescaped. */
    static Document xml(String text) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError("not well-formed: " + e.getMessage() + "\n" + text, e);
        }
    }

    static int count(String text, String part) {
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
            count++;
        }
        return count;
    }
}
