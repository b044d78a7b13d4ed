package org.lama.models.arima;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lama.core.base.Check;
import org.lama.core.series.Frame;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.ModelSummary.ForecastStep;
import org.lama.core.signal.ModelTool.Action;
import org.lama.core.signal.ModelTool.Request;
import org.lama.models.fit.ToolOptions;

/** A model of given form as the options of a tool describe it: reads them, fits, forecasts and simulates. */
final class ArimaForm {
    private static final List<String> OPTIONS = List.of(
            "column", "order", "seasonal", "mean", "drift", "xreg", "method", "horizon", "effort", "rows", "seed");
    private static final int DEFAULT_HORIZON = 12;
    private static final int MOST_SMALLER_MODELS = 40;

    private final Request request;
    private final ToolOptions given;
    private final Regressors regressors;
    private final ArimaFit fit;

    private ArimaForm(Request request) {
        this.request = request;
        given = new ToolOptions(request.options(), OPTIONS);
        regressors = regressors(request.data(), names(given));
        ArimaSpec spec = spec(given);
        ArimaOptions budget = ArimaOptions.of(request.context())
                .withEffort(given.choice("effort", usualEffort(spec)))
                .withMethod(method(given.text("method", "ml")));
        fit = Arima.fit(request.target().toArray(), regressors, spec, budget);
    }

    /** One fit asked for by hand may take its time, unless there are very many smaller models. */
    private static ArimaOptions.Effort usualEffort(ArimaSpec spec) {
        ArimaSpec.Seasonal season = spec.seasonal();
        int smaller = (spec.p() + 1) * (spec.q() + 1) * (season.p() + 1) * (season.q() + 1);
        return smaller <= MOST_SMALLER_MODELS ? ArimaOptions.Effort.THOROUGH : ArimaOptions.Effort.NORMAL;
    }

    static ModelSummary run(Action action, Request request) {
        ArimaForm form = new ArimaForm(request);
        return action == Action.SIMULATE ? form.simulate() : form.summary(action == Action.FORECAST);
    }

    /** The order that the options give. */
    static ArimaSpec spec(ToolOptions given) {
        int[] order = numbers("order", given.text("order", "1,1,1"), 3, "three whole numbers p,d,q such as 1,1,1");
        String text = given.text("seasonal", "");
        ArimaSpec.Seasonal seasonal = ArimaSpec.Seasonal.NONE;
        if (!text.isEmpty()) {
            int[] s = numbers("seasonal", text, 4, "four whole numbers P,D,Q,m such as 0,1,1,12");
            seasonal = new ArimaSpec.Seasonal(s[0], s[1], s[2], s[3]);
        }
        return new ArimaSpec(
                order[0], order[1], order[2], seasonal, given.flag("mean", false), given.flag("drift", false));
    }

    private static int[] numbers(String name, String text, int count, String rule) {
        String[] parts = text.split(",", -1);
        Check.that(parts.length == count, name + " must be " + rule + ", got '" + text + "'");
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = ToolOptions.parse(name, parts[i].trim(), text);
        }
        return numbers;
    }

    /** The names of the explanatory columns that the options give. */
    static List<String> names(ToolOptions given) {
        String text = given.text("xreg", "");
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(String::trim).toList();
    }

    /** Columns of a frame as regressors. */
    static Regressors regressors(Frame data, List<String> names) {
        double[][] columns = new double[names.size()][];
        for (int j = 0; j < columns.length; j++) {
            columns[j] = data.column(names.get(j)).toArray();
        }
        return Regressors.of(names, columns);
    }

    private static ArimaOptions.Method method(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "ml" -> ArimaOptions.Method.ML;
            case "css" -> ArimaOptions.Method.CSS;
            case "css-ml" -> ArimaOptions.Method.CSS_ML;
            default -> throw new IllegalArgumentException("method must be ml, css or css-ml, got '" + text + "'");
        };
    }

    private ModelSummary summary(boolean asked) {
        int horizon = given.integer("horizon", DEFAULT_HORIZON, asked ? 1 : 0);
        List<String> notes = new ArrayList<>();
        return fit.summary(horizon == 0 ? List.of() : steps(horizon, asked, notes), notes);
    }

    private List<ForecastStep> steps(int horizon, boolean asked, List<String> notes) {
        boolean free = regressors.count() == 0 || fit.filter().columns() == 0;
        if (free) {
            return fit.filter().forecast(horizon);
        }
        Optional<Frame> future = request.future();
        Check.that(
                !asked || future.isPresent(),
                "future must hold rows of " + regressors.names() + " to forecast with them, got none");
        if (future.isEmpty()) {
            notes.add("no forecast: it needs future rows of " + regressors.names());
            return List.of();
        }
        Regressors rows = atMost(horizon, regressors(future.get(), regressors.names()), notes);
        return rows.rows() == 0 ? List.of() : fit.forecast(rows);
    }

    /** The first rows of future regressors, with a note if there are fewer than asked for. */
    static Regressors atMost(int horizon, Regressors rows, List<String> notes) {
        int there = Math.min(horizon, rows.rows());
        if (there < horizon) {
            notes.add("the forecast ends after " + there + " steps, where the future rows end");
        }
        return rows.slice(0, there);
    }

    private ModelSummary simulate() {
        int rows = given.integer("rows", DEFAULT_HORIZON, 1);
        long seed = seed();
        double[] path;
        if (regressors.count() == 0 || fit.filter().columns() == 0) {
            path = fit.simulate(rows, seed);
        } else {
            Check.that(
                    request.future().isPresent(),
                    "future must hold rows of " + regressors.names() + " to simulate with them, got none");
            Regressors later = regressors(request.future().orElseThrow(), regressors.names());
            path = fit.simulate(later.slice(0, Math.min(rows, later.rows())), seed);
        }
        return fit.summary(List.of(), List.of("a path that continues the series, from seed " + seed))
                .with("path", path);
    }

    private long seed() {
        String text = given.text("seed", Long.toString(request.context().seed()));
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("seed must be a whole number, got '" + text + "'", e);
        }
    }
}
