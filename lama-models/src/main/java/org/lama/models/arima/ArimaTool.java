package org.lama.models.arima;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.series.Series;
import org.lama.core.signal.FitContext;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.ModelTool;
import org.lama.models.fit.ToolOptions;

/**
 * ARIMA for the command line and notebooks. Options of {@code fit}, {@code forecast} and {@code simulate}: {@code column}, {@code
 * order=p,d,q} (default 1,1,1), {@code seasonal=P,D,Q,m}, {@code mean=true|false}, {@code drift=true|false} (both default
 * false), {@code xreg=a,b} (columns of the data; the request's future rows hold their values ahead), {@code
 * method=ml|css|css-ml}, {@code horizon} (default 12), {@code effort=fast|normal|thorough}; of {@code simulate} also {@code rows}
 * (default 12) and {@code seed}: the vector {@code path} continues the series. Of {@code auto}: {@code criterion=aic|aicc|bic}
 * (default aicc), {@code search=stepwise|full}, {@code d=adf|kpss|0|1|2} (default kpss), {@code maxp}, {@code maxq} (default
 * 5), {@code horizon}, {@code effort}. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ArimaTool implements ModelTool {
    private static final List<String> AUTO_OPTIONS =
            List.of("column", "criterion", "search", "d", "maxp", "maxq", "horizon", "effort");
    private static final int DEFAULT_HORIZON = 12;

    /** The tool. */
    public ArimaTool() {}

    @Override
    public String name() {
        return "arima";
    }

    @Override
    public List<Action> actions() {
        return List.of(Action.FIT, Action.AUTO, Action.FORECAST, Action.SIMULATE);
    }

    @Override
    public ModelSummary run(Action action, Request request) {
        Check.that(actions().contains(action), name() + " can " + actions() + ", not " + action);
        return action == Action.AUTO
                ? auto(request.target(), request.options(), request.context())
                : ArimaForm.run(action, request);
    }

    private static ModelSummary auto(Series values, Map<String, String> options, FitContext context) {
        ToolOptions given = new ToolOptions(options, AUTO_OPTIONS);
        AutoArimaOptions settings = AutoArimaOptions.defaults()
                .withOrders(given.integer("maxp", 5, 0), given.integer("maxq", 5, 0))
                .withCriterion(given.choice("criterion", Criterion.AICC))
                .withSearch(given.choice("search", AutoArimaOptions.Search.STEPWISE))
                .withDifference(rule(given.text("d", "kpss")))
                .withFit(ArimaOptions.defaults().withEffort(effort(given)))
                .within(context);
        int horizon = given.integer("horizon", DEFAULT_HORIZON, 0);
        AutoArimaResult result = AutoArima.select(values.toArray(), settings);
        List<String> notes = new ArrayList<>();
        for (AutoArimaResult.Candidate candidate : result.candidates()) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%s %s %.3f%s",
                    candidate.spec(),
                    result.criterion(),
                    candidate.value(),
                    candidate.reason().isEmpty() ? ": chosen" : ": " + candidate.reason()));
        }
        return result.fit().summary(horizon, notes);
    }

    private static ArimaOptions.Effort effort(ToolOptions given) {
        return given.choice("effort", ArimaOptions.Effort.NORMAL);
    }

    private static DifferenceRule rule(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "adf" -> DifferenceRule.adf(2);
            case "kpss" -> DifferenceRule.kpss(2);
            default -> DifferenceRule.fixed(ToolOptions.parse("d", text, text + "' (adf, kpss, 0, 1 or 2)'"));
        };
    }
}
