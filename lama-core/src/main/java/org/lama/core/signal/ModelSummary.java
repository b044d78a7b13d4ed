package org.lama.core.signal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;

/**
 * A fitted model in numbers: what command line, figures and reports show, without knowing the model's type. Immutable.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ModelSummary implements Tabular {
    private final String title;
    private final FitStatus status;
    private final Map<String, Double> values;
    private final List<Coefficient> coefficients;
    private final List<String> notes;
    private final double[] residuals;
    private final List<ForecastStep> forecast;
    private final Map<String, double[]> vectors;

    /**
     * One estimated parameter.
     *
     * @param name name of the parameter
     * @param estimate its value
     * @param standardError its standard error, NaN if unknown
     */
    public record Coefficient(String name, double estimate, double standardError) {}

    /**
     * One step of a forecast.
     *
     * @param step steps ahead, from 1
     * @param mean expected value
     * @param standardError standard error of the forecast, without parameter uncertainty
     * @param lower80 lower end of the 80 % interval
     * @param upper80 upper end of the 80 % interval
     * @param lower95 lower end of the 95 % interval
     * @param upper95 upper end of the 95 % interval
     */
    public record ForecastStep(
            int step,
            double mean,
            double standardError,
            double lower80,
            double upper80,
            double lower95,
            double upper95) {}

    /**
     * Gathers the parts; collections and arrays are copied.
     *
     * @param title the model with its order, such as {@code ARIMA(1,1,1)}
     * @param status how the fit ended
     * @param values named numbers in the order in which they should be shown
     * @param coefficients estimated parameters
     * @param notes sentences on what a reader must know
     * @param residuals standardised one-step residuals, NaN where missing; empty if the model has none
     * @param forecast forecast steps; empty if the model has none
     */
    public ModelSummary(
            String title,
            FitStatus status,
            Map<String, Double> values,
            List<Coefficient> coefficients,
            List<String> notes,
            double[] residuals,
            List<ForecastStep> forecast) {
        this(title, status, values, coefficients, notes, residuals, forecast, Map.of());
    }

    private ModelSummary(
            String title,
            FitStatus status,
            Map<String, Double> values,
            List<Coefficient> coefficients,
            List<String> notes,
            double[] residuals,
            List<ForecastStep> forecast,
            Map<String, double[]> vectors) {
        this.vectors = vectors;
        this.title = Check.notBlank(title, "title");
        this.status = Check.notNull(status, "status");
        this.values = new LinkedHashMap<>(values);
        this.coefficients = List.copyOf(coefficients);
        this.notes = List.copyOf(notes);
        this.residuals = residuals.clone();
        this.forecast = List.copyOf(forecast);
    }

    /**
     * The model with its order.
     *
     * @return the title
     */
    public String title() {
        return title;
    }

    /**
     * How the fit ended.
     *
     * @return the status
     */
    public FitStatus status() {
        return status;
    }

    /**
     * Named numbers, in the order in which they should be shown.
     *
     * @return a copy
     */
    public Map<String, Double> values() {
        return new LinkedHashMap<>(values);
    }

    /**
     * Estimated parameters.
     *
     * @return the list
     */
    public List<Coefficient> coefficients() {
        return coefficients;
    }

    /**
     * Sentences on what a reader must know.
     *
     * @return the list
     */
    public List<String> notes() {
        return notes;
    }

    /**
     * Standardised one-step residuals.
     *
     * @return a new array, NaN where missing
     */
    public double[] residuals() {
        return residuals.clone();
    }

    /**
     * Forecast steps.
     *
     * @return the list
     */
    public List<ForecastStep> forecast() {
        return forecast;
    }

    /**
     * Named lists of numbers besides residuals and forecast, such as {@code order}, {@code scores} or {@code
     * conditionalVolatility}, in the order in which they were added.
     *
     * @return a copy
     */
    public Map<String, double[]> vectors() {
        Map<String, double[]> copy = new LinkedHashMap<>();
        vectors.forEach((name, numbers) -> copy.put(name, numbers.clone()));
        return copy;
    }

    /**
     * A copy with one more named list of numbers.
     *
     * @param name its name, not yet taken
     * @param numbers the numbers, copied
     * @return the copy
     */
    public ModelSummary with(String name, double... numbers) {
        Check.that(!vectors.containsKey(name), "vector '" + name + "' must be new, got it twice");
        Map<String, double[]> more = new LinkedHashMap<>(vectors);
        more.put(name, numbers.clone());
        return new ModelSummary(title, status, values, coefficients, notes, residuals, forecast, more);
    }

    @Override
    public List<Column> columns() {
        List<String> names = new ArrayList<>();
        List<Double> estimates = new ArrayList<>();
        List<Double> errors = new ArrayList<>();
        for (Coefficient coefficient : coefficients) {
            names.add(coefficient.name());
            estimates.add(coefficient.estimate());
            errors.add(coefficient.standardError());
        }
        values.forEach((name, value) -> {
            names.add(name);
            estimates.add(value);
            errors.add(Double.NaN);
        });
        return List.of(new Column("name", names), new Column("value", estimates), new Column("standard error", errors));
    }
}
