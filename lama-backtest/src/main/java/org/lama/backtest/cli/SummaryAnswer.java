package org.lama.backtest.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lama.core.base.Check;
import org.lama.core.signal.FitStatus;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.ModelSummary.ForecastStep;
import org.lama.core.signal.ShockLaw;
import org.lama.core.store.Node;

/** A fitted model as one object: order, coefficients, criteria and forecast by the names that R and arch use. */
final class SummaryAnswer implements Answer {
    private static final String ERRORS = "standardErrors";
    private static final List<String> FIRST = List.of("order", "seasonalOrder");

    private final ModelSummary model;
    private final String column;
    private final List<Double> levels;
    /** The page with the figures. */
    private final Optional<Path> figures;

    SummaryAnswer(ModelSummary model, String column, List<Double> levels, Optional<Path> figures) {
        this.figures = figures;
        this.model = model;
        this.column = column;
        this.levels = levels;
    }

    /** Data on which the model cannot be fitted at all are bad input, with the reason. */
    SummaryAnswer orThrow() {
        FitStatus status = model.status();
        Check.that(
                status.outcome() != FitStatus.Outcome.FALLBACK_RW,
                "no model of " + column + " can be fitted: " + status.reason());
        return this;
    }

    @Override
    public void addTo(Node.Fields fields) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        nodes.put("column", Node.of(column));
        nodes.put("model", Node.of(model.title()));
        nodes.put("status", Node.of(model.status().outcome().name()));
        nodes.put("statusReason", Node.of(model.status().reason()));
        nodes.put("iterations", Node.of(model.status().iterations()));
        Map<String, double[]> vectors = model.vectors();
        vectors.forEach((name, numbers) -> {
            if (FIRST.contains(name)) {
                nodes.put(name, Numbers.list(numbers));
            }
        });
        if (!model.coefficients().isEmpty() || vectors.containsKey("order")) {
            Node.Fields estimates = Node.object();
            Node.Fields errors = Node.object();
            for (ModelSummary.Coefficient coefficient : model.coefficients()) {
                estimates.put(coefficient.name(), Numbers.of(coefficient.estimate()));
                errors.put(coefficient.name(), Numbers.of(coefficient.standardError()));
            }
            nodes.put("coefficients", estimates.build());
            nodes.put(ERRORS, errors.build());
        }
        model.values().forEach((name, value) -> nodes.putIfAbsent(name, Numbers.of(value)));
        if (!model.forecast().isEmpty()) {
            nodes.put("forecast", forecast());
        }
        vectors.forEach((name, numbers) -> nodes.putIfAbsent(name, vector(name, numbers)));
        if (model.residuals().length > 0) {
            nodes.put("standardisedResiduals", Numbers.list(model.residuals()));
        }
        nodes.put("notes", Node.texts(model.notes()));
        figures.ifPresent(page -> nodes.put("figures", Node.of(page.toString())));
        nodes.forEach(fields::put);
    }

    /** Other standard errors stand beside the names of their coefficients, as the first ones do. */
    private Node vector(String name, double[] numbers) {
        List<ModelSummary.Coefficient> coefficients = model.coefficients();
        if (!name.startsWith(ERRORS) || numbers.length != coefficients.size()) {
            return Numbers.list(numbers);
        }
        Node.Fields errors = Node.object();
        for (int i = 0; i < numbers.length; i++) {
            errors.put(coefficients.get(i).name(), Numbers.of(numbers[i]));
        }
        return errors.build();
    }

    private Node forecast() {
        List<ForecastStep> steps = model.forecast();
        Node.Fields fields = Node.object();
        fields.put(
                "mean",
                Numbers.list(steps.stream().mapToDouble(ForecastStep::mean).toArray()));
        fields.put(
                "standardError",
                Numbers.list(
                        steps.stream().mapToDouble(ForecastStep::standardError).toArray()));
        ShockLaw law = ShockLaw.of(model);
        for (double level : levels) {
            String name = Intervals.name(level);
            fields.put(
                    "lower" + name,
                    Numbers.list(steps.stream()
                            .mapToDouble(step -> law.lower(step, level))
                            .toArray()));
            fields.put(
                    "upper" + name,
                    Numbers.list(steps.stream()
                            .mapToDouble(step -> law.upper(step, level))
                            .toArray()));
        }
        return fields.build();
    }

    @Override
    public String text() {
        String drawn = figures.map(page -> "\nFigures: " + page + "\n").orElse("");
        return new SummaryPage(model, column, levels).text() + drawn;
    }
}
