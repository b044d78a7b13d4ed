package org.lama.backtest.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.lama.core.base.Tabular;
import org.lama.core.math.Distributions;
import org.lama.core.signal.FitStatus;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.ModelSummary.ForecastStep;
import org.lama.core.signal.ShockLaw;

/** A fitted model as a page for a statistician: coefficients with z values, criteria, roots, forecast, notes. */
final class SummaryPage {
    private static final int SHOWN_SCORES = 20;
    private static final int SHOWN_NOTES = 40;
    /** Criteria that stand side by side on one line. */
    private static final Map<String, String> CRITERIA = criteria();

    private final ModelSummary model;
    private final String column;
    private final List<Double> levels;
    private final StringBuilder out = new StringBuilder();

    SummaryPage(ModelSummary model, String column, List<Double> levels) {
        this.model = model;
        this.column = column;
        this.levels = levels;
    }

    private static Map<String, String> criteria() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("logLikelihood", "log-likelihood");
        names.put("aic", "AIC");
        names.put("aicc", "AICc");
        names.put("bic", "BIC");
        return names;
    }

    String text() {
        out.append(Errors.printable(model.title() + " of " + column)).append('\n');
        status();
        coefficients();
        criteriaLine();
        values();
        roots();
        forecast();
        variance();
        scores();
        notes();
        return out.toString();
    }

    private void status() {
        FitStatus status = model.status();
        if (!status.converged()) {
            out.append("STATUS ").append(status.outcome());
            out.append(status.reason().isEmpty() ? "" : ": " + Errors.printable(status.reason()))
                    .append('\n');
        }
    }

    private void coefficients() {
        List<ModelSummary.Coefficient> all = model.coefficients();
        if (all.isEmpty()) {
            return;
        }
        List<Double> ratios = new ArrayList<>();
        List<Double> tails = new ArrayList<>();
        for (ModelSummary.Coefficient one : all) {
            double ratio = one.estimate() / one.standardError();
            ratios.add(ratio);
            tails.add(Double.isNaN(ratio) ? Double.NaN : 2 * Distributions.normalTail(Math.abs(ratio)));
        }
        table(List.of(
                new Tabular.Column(
                        "coefficient",
                        all.stream().map(c -> Errors.printable(c.name())).toList()),
                new Tabular.Column(
                        "estimate",
                        all.stream().map(ModelSummary.Coefficient::estimate).toList()),
                new Tabular.Column(
                        "standard error",
                        all.stream()
                                .map(ModelSummary.Coefficient::standardError)
                                .toList()),
                new Tabular.Column("z", ratios),
                new Tabular.Column("P(>|z|)", tails)));
    }

    private void criteriaLine() {
        Map<String, Double> values = model.values();
        List<String> parts = new ArrayList<>();
        CRITERIA.forEach((name, words) -> {
            if (values.containsKey(name)) {
                parts.add(words + " " + String.format(Locale.ROOT, "%.3f", values.get(name)));
            }
        });
        if (!parts.isEmpty()) {
            out.append('\n').append(String.join("   ", parts)).append('\n');
        }
    }

    private void values() {
        Map<String, Double> rest = model.values();
        rest.keySet().removeAll(CRITERIA.keySet());
        if (!rest.isEmpty()) {
            table(List.of(
                    new Tabular.Column("name", List.copyOf(rest.keySet())),
                    new Tabular.Column(
                            "value",
                            rest.values().stream().map(SummaryPage::number).toList())));
        }
    }

    private void roots() {
        Map<String, double[]> vectors = model.vectors();
        for (String side : List.of("ar", "ma")) {
            double[] real = vectors.getOrDefault(side + "RootsReal", new double[0]);
            double[] imaginary = vectors.getOrDefault(side + "RootsImaginary", new double[0]);
            if (real.length > 0 && real.length == imaginary.length) {
                double[] sorted = IntStream.range(0, real.length)
                        .mapToDouble(i -> Math.hypot(real[i], imaginary[i]))
                        .sorted()
                        .toArray();
                Map<String, Integer> moduli = new LinkedHashMap<>();
                for (double modulus : sorted) {
                    moduli.merge(String.format(Locale.ROOT, "%.4f", modulus), 1, Integer::sum);
                }
                List<String> words = new ArrayList<>();
                moduli.forEach((modulus, times) -> words.add(modulus + (times > 1 ? " (" + times + ")" : "")));
                out.append(side.toUpperCase(Locale.ROOT))
                        .append(" roots by modulus (above 1: stationary or invertible): ")
                        .append(String.join(", ", words))
                        .append('\n');
            }
        }
    }

    private void forecast() {
        List<ForecastStep> steps = model.forecast();
        if (steps.isEmpty()) {
            return;
        }
        List<Tabular.Column> columns = new ArrayList<>();
        columns.add(new Tabular.Column(
                "step", steps.stream().map(step -> (long) step.step()).toList()));
        columns.add(new Tabular.Column(
                "forecast", steps.stream().map(ForecastStep::mean).toList()));
        columns.add(new Tabular.Column(
                "standard error",
                steps.stream().map(ForecastStep::standardError).toList()));
        ShockLaw law = ShockLaw.of(model);
        for (double level : levels) {
            String name = Intervals.name(level) + " %";
            columns.add(new Tabular.Column(
                    "low " + name,
                    steps.stream().map(step -> law.lower(step, level)).toList()));
            columns.add(new Tabular.Column(
                    "high " + name,
                    steps.stream().map(step -> law.upper(step, level)).toList()));
        }
        table(columns);
    }

    private void variance() {
        double[] variance = model.vectors().getOrDefault("varianceForecast", new double[0]);
        if (variance.length > 0) {
            table(List.of(
                    new Tabular.Column(
                            "step",
                            IntStream.rangeClosed(1, variance.length)
                                    .mapToObj(i -> (long) i)
                                    .toList()),
                    new Tabular.Column(
                            "variance",
                            IntStream.range(0, variance.length)
                                    .mapToObj(i -> variance[i])
                                    .toList()),
                    new Tabular.Column(
                            "volatility",
                            IntStream.range(0, variance.length)
                                    .mapToObj(i -> Math.sqrt(variance[i]))
                                    .toList())));
        }
    }

    /** The strangest rows first; all of them are in the JSON. */
    private void scores() {
        double[] scores = model.vectors().getOrDefault("scores", new double[0]);
        if (scores.length == 0) {
            return;
        }
        List<Integer> order = IntStream.range(0, scores.length)
                .boxed()
                .filter(row -> !Double.isNaN(scores[row]))
                .sorted(Comparator.comparingDouble((Integer row) -> -scores[row])
                        .thenComparing(row -> row))
                .limit(SHOWN_SCORES)
                .toList();
        table(List.of(
                new Tabular.Column("row", order.stream().map(row -> row + 1L).toList()),
                new Tabular.Column(
                        "score", order.stream().map(row -> scores[row]).toList())));
        if (scores.length > order.size()) {
            out.append("The ")
                    .append(order.size())
                    .append(" highest of ")
                    .append(scores.length)
                    .append(" rows; --json has all.\n");
        }
    }

    private void notes() {
        List<String> notes = model.notes();
        if (!notes.isEmpty()) {
            out.append('\n');
            notes.stream()
                    .limit(SHOWN_NOTES)
                    .forEach(note ->
                            out.append("- ").append(Errors.printable(note)).append('\n'));
            if (notes.size() > SHOWN_NOTES) {
                out.append("- and ").append(notes.size() - SHOWN_NOTES).append(" more; --json has all\n");
            }
        }
    }

    private void table(List<Tabular.Column> columns) {
        Tabular table = () -> columns;
        out.append('\n').append(table.asText());
    }

    /** Whole numbers without a fraction, others with six digits. */
    static String number(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole ? Long.toString((long) value) : String.format(Locale.ROOT, "%.6g", value);
    }
}
