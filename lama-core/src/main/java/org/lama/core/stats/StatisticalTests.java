package org.lama.core.stats;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Suggestion;

/**
 * The tests of this package by name, with options as text, for the command line and notebooks. Options and defaults:
 *
 * <table>
 * <caption>Tests</caption>
 * <tr><th>name</th><th>regression</th><th>lags</th><th>others</th></tr>
 * <tr><td>adf</td><td>n, c (default), ct, ctt</td><td>a number, aic (default), bic, t</td><td></td></tr>
 * <tr><td>kpss</td><td>c (default), ct</td><td>a number, auto (default), legacy</td><td></td></tr>
 * <tr><td>pp</td><td>n, c (default), ct</td><td>a number</td><td>statistic tau (default), rho</td></tr>
 * <tr><td>dfgls</td><td>c (default), ct</td><td>a number, aic (default), bic, t</td><td></td></tr>
 * <tr><td>ljung-box, box-pierce, arch-lm</td><td></td><td>a number, default min(10, n / 5)</td><td>model-df</td></tr>
 * <tr><td>jarque-bera, durbin-watson, half-life, hurst</td><td></td><td></td><td></td></tr>
 * <tr><td>variance-ratio</td><td>n, c (default)</td><td>a number, default 2</td><td>robust true (default), false</td></tr>
 * <tr><td>engle-granger</td><td>n, c (default), ct, ctt</td><td>a number, aic (default), bic, t</td><td></td></tr>
 * <tr><td>johansen</td><td>n, c (default), ct</td><td>a number, default 1</td><td></td></tr>
 * </table>
 *
 * <p>One column, but engle-granger (the series on the left first) and johansen take several. durbin-watson subtracts the
 * mean of its column. Columns that cannot be tested give NaN and a note; a wrong name or option is an error that names the
 * nearest right one. Stateless and thread-safe; the columns are not changed.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class StatisticalTests {
    private static final String REGRESSION = "regression";
    private static final String LAGS = "lags";
    private static final String MODEL_DF = "model-df";
    private static final String STATISTIC = "statistic";
    private static final String ROBUST = "robust";

    private static final List<Entry> ALL = List.of(
            new Entry("adf", Set.of(REGRESSION, LAGS), StatisticalTests::adf),
            new Entry("kpss", Set.of(REGRESSION, LAGS), StatisticalTests::kpss),
            new Entry("pp", Set.of(REGRESSION, LAGS, STATISTIC), StatisticalTests::phillipsPerron),
            new Entry("dfgls", Set.of(REGRESSION, LAGS), StatisticalTests::dfGls),
            new Entry("ljung-box", Set.of(LAGS, MODEL_DF), StatisticalTests::ljungBox),
            new Entry("box-pierce", Set.of(LAGS, MODEL_DF), StatisticalTests::boxPierce),
            new Entry("jarque-bera", Set.of(), StatisticalTests::jarqueBera),
            new Entry("arch-lm", Set.of(LAGS, MODEL_DF), StatisticalTests::archLm),
            new Entry("durbin-watson", Set.of(), StatisticalTests::durbinWatson),
            new Entry("variance-ratio", Set.of(REGRESSION, LAGS, ROBUST), StatisticalTests::varianceRatio),
            new Entry("engle-granger", Set.of(REGRESSION, LAGS), StatisticalTests::engleGranger),
            new Entry("johansen", Set.of(REGRESSION, LAGS), StatisticalTests::johansen),
            new Entry("half-life", Set.of(), StatisticalTests::halfLife),
            new Entry("hurst", Set.of(), StatisticalTests::hurst));

    private StatisticalTests() {}

    /** A test and the options that it takes. */
    private record Entry(String name, Set<String> options, Runner runner) {}

    /** Runs one test. */
    @FunctionalInterface
    private interface Runner {
        TestReport run(String name, List<double[]> columns, Map<String, String> options);
    }

    /**
     * The names of all tests.
     *
     * @return the names, in the order of the table above
     */
    public static List<String> names() {
        return ALL.stream().map(Entry::name).toList();
    }

    /**
     * The options that a test takes.
     *
     * @param name one of {@link #names()}
     * @return the names of its options, in alphabetical order
     * @throws IllegalArgumentException for an unknown name
     */
    public static List<String> options(String name) {
        return List.copyOf(new TreeSet<>(entry(name).options()));
    }

    /**
     * Runs a test.
     *
     * @param name one of {@link #names()}
     * @param columns the series, each oldest value first
     * @param options values by name, see above; empty for the defaults
     * @return table and numbers
     * @throws IllegalArgumentException for a wrong name, option, value or number of columns
     */
    public static TestReport run(String name, List<double[]> columns, Map<String, String> options) {
        Entry entry = entry(name);
        for (String option : new TreeSet<>(options.keySet())) {
            if (entry.options().isEmpty()) {
                throw new IllegalArgumentException(name + " takes no options, got " + option);
            }
            unknown("option of " + name, option, options(name));
        }
        return entry.runner().run(name, columns, options);
    }

    private static Entry entry(String name) {
        unknown("test", name, names());
        return ALL.get(names().indexOf(name));
    }

    private static void unknown(String what, String word, List<String> right) {
        if (!right.contains(word)) {
            throw new IllegalArgumentException("unknown " + what + " '" + word + "', there are: "
                    + String.join(", ", right) + Suggestion.alike(word, right));
        }
    }

    private static TestReport adf(String name, List<double[]> columns, Map<String, String> options) {
        TestResult result = Adf.test(only(name, columns), trend(options, "n", "c", "ct", "ctt"), lagRule(options));
        return new TestReport(name, result).of(result);
    }

    private static TestReport kpss(String name, List<double[]> columns, Map<String, String> options) {
        String lags = options.getOrDefault(LAGS, "auto");
        Kpss.LagRule rule = switch (lags) {
            case "auto" -> Kpss.LagRule.automatic();
            case "legacy" -> Kpss.LagRule.legacy();
            default -> Kpss.LagRule.fixed(number(LAGS, lags, 0, "a number of lags, auto or legacy"));
        };
        TestResult result = Kpss.test(only(name, columns), trend(options, "c", "ct"), rule);
        return new TestReport(name, result).of(result);
    }

    private static TestReport phillipsPerron(String name, List<double[]> columns, Map<String, String> options) {
        double[] y = only(name, columns);
        String statistic = oneOf(options, STATISTIC, "tau", List.of("tau", "rho"));
        int lags = number(options, LAGS, PhillipsPerron.defaultLags(y.length), 0);
        TestResult result = PhillipsPerron.test(
                y,
                trend(options, "n", "c", "ct"),
                statistic.equals("tau") ? PhillipsPerron.Statistic.TAU : PhillipsPerron.Statistic.RHO,
                lags);
        return new TestReport(name, result).of(result);
    }

    private static TestReport dfGls(String name, List<double[]> columns, Map<String, String> options) {
        TestResult result = DfGls.test(only(name, columns), trend(options, "c", "ct"), lagRule(options));
        return new TestReport(name, result).of(result);
    }

    private static TestReport ljungBox(String name, List<double[]> columns, Map<String, String> options) {
        double[] x = only(name, columns);
        TestResult result = Portmanteau.ljungBox(x, portmanteauLags(x, options), number(options, MODEL_DF, 0, 0));
        return new TestReport(name, result).of(result);
    }

    private static TestReport boxPierce(String name, List<double[]> columns, Map<String, String> options) {
        double[] x = only(name, columns);
        TestResult result = Portmanteau.boxPierce(x, portmanteauLags(x, options), number(options, MODEL_DF, 0, 0));
        return new TestReport(name, result).of(result);
    }

    private static TestReport jarqueBera(String name, List<double[]> columns, Map<String, String> options) {
        double[] x = only(name, columns);
        TestResult result = JarqueBera.test(x);
        Moments moments = Moments.of(x);
        return new TestReport(name, result)
                .of(result)
                .value("skewness", moments.skewness())
                .value("kurtosis", moments.kurtosis());
    }

    private static TestReport archLm(String name, List<double[]> columns, Map<String, String> options) {
        double[] x = only(name, columns);
        ArchLm.Result result = ArchLm.test(x, portmanteauLags(x, options), number(options, MODEL_DF, 0, 0));
        return new TestReport(name, result)
                .of(result.test())
                .value("f", result.f())
                .value("fPValue", result.fPValue());
    }

    private static TestReport durbinWatson(String name, List<double[]> columns, Map<String, String> options) {
        double[] x = only(name, columns);
        String complaint = Samples.complaint(x, 0, x.length);
        double statistic =
                complaint.isEmpty() ? DurbinWatson.statistic(Centred.of(x).values()) : Double.NaN;
        TestResult result = new TestResult(
                "Durbin-Watson",
                "no autocorrelation at lag 1 (statistic 2)",
                statistic,
                Double.NaN,
                1,
                x.length,
                List.of(),
                complaint.isEmpty() ? "no p-value; near 0 positive, near 4 negative autocorrelation" : complaint);
        return new TestReport(name, result).of(result);
    }

    private static TestReport varianceRatio(String name, List<double[]> columns, Map<String, String> options) {
        boolean robust =
                oneOf(options, ROBUST, "true", List.of("true", "false")).equals("true");
        boolean drift = trend(options, "n", "c") == Trend.CONSTANT;
        VarianceRatio.Result result = VarianceRatio.test(
                only(name, columns),
                number(options, LAGS, 2, 2),
                VarianceRatio.Options.defaults().withRobust(robust).withDrift(drift));
        return new TestReport(name, result).of(result.test()).value("ratio", result.ratio());
    }

    private static TestReport engleGranger(String name, List<double[]> columns, Map<String, String> options) {
        several(name, columns);
        EngleGranger.Result result = EngleGranger.test(
                columns.get(0),
                columns.subList(1, columns.size()),
                trend(options, "n", "c", "ct", "ctt"),
                lagRule(options));
        return new TestReport(name, result)
                .of(result.test())
                .vector("hedgeRatios", result.hedgeRatios())
                .vector("deterministic", result.deterministic());
    }

    private static TestReport johansen(String name, List<double[]> columns, Map<String, String> options) {
        several(name, columns);
        int order = trend(options, "n", "c", "ct").terms() - 1;
        Johansen result = Johansen.test(columns.toArray(double[][]::new), order, number(options, LAGS, 1, 0));
        TestReport report = new TestReport(name, result)
                .value("usedLag", result.lags())
                .value("nobs", result.observations())
                .vector("eigenvalues", result.eigenvalues())
                .vector("trace", result.trace())
                .vector("maxEigen", result.maxEigen())
                .criticalTable("trace", result.traceCriticalValues())
                .criticalTable("maxEigen", result.maxEigenCriticalValues())
                .nullHypothesis("at most r relations; rejected for large values")
                .note(result.note());
        return result.isDefined() ? report.value("rank", result.rank(0.05)) : report;
    }

    private static TestReport halfLife(String name, List<double[]> columns, Map<String, String> options) {
        HalfLife result = HalfLife.of(only(name, columns));
        return new TestReport(name, result)
                .value("lambda", result.lambda())
                .value("halfLifeOu", result.halfLifeOu())
                .value("halfLifeAr1", result.halfLifeAr1())
                .value("standardError", result.standardError())
                .value("intercept", result.intercept())
                .value("nobs", result.observations())
                .note(result.note());
    }

    private static TestReport hurst(String name, List<double[]> columns, Map<String, String> options) {
        Hurst result = Hurst.of(only(name, columns));
        return new TestReport(name, result)
                .value("rs", result.rs())
                .value("lagStd", result.lagStd())
                .value("nobs", result.observations())
                .note(result.note());
    }

    private static double[] only(String name, List<double[]> columns) {
        Check.that(columns.size() == 1, name + " takes one column, got " + columns.size());
        return columns.get(0);
    }

    private static void several(String name, List<double[]> columns) {
        Check.that(columns.size() >= 2, name + " takes at least two columns, got " + columns.size());
    }

    private static int portmanteauLags(double[] x, Map<String, String> options) {
        return number(options, LAGS, Portmanteau.defaultLags(x.length), 1);
    }

    private static Trend trend(Map<String, String> options, String... allowed) {
        return switch (oneOf(options, REGRESSION, "c", List.of(allowed))) {
            case "n" -> Trend.NONE;
            case "c" -> Trend.CONSTANT;
            case "ct" -> Trend.CONSTANT_TREND;
            default -> Trend.CONSTANT_TREND_SQUARED;
        };
    }

    private static Adf.LagRule lagRule(Map<String, String> options) {
        String lags = options.getOrDefault(LAGS, "aic");
        return switch (lags) {
            case "aic" -> Adf.LagRule.aic();
            case "bic" -> Adf.LagRule.bic();
            case "t" -> Adf.LagRule.tStatistic();
            default -> Adf.LagRule.fixed(number(LAGS, lags, 0, "a number of lags, aic, bic or t"));
        };
    }

    private static String oneOf(Map<String, String> options, String option, String otherwise, List<String> right) {
        String value = options.getOrDefault(option, otherwise);
        Check.that(right.contains(value), option + " must be one of " + String.join(", ", right) + ", got " + value);
        return value;
    }

    private static int number(Map<String, String> options, String option, int otherwise, int least) {
        String text = options.get(option);
        return text == null ? otherwise : number(option, text, least, "a whole number");
    }

    private static int number(String option, String text, int least, String rule) {
        try {
            return Check.atLeast(Integer.parseInt(text.strip()), least, option);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " must be " + rule + ", got '" + text + "'", e);
        }
    }
}
