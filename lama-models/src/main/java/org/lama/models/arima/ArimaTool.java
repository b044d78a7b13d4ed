package org.lama.models.arima;

import java.util.List;
import java.util.Map;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.series.Series;
import org.lama.core.signal.FitContext;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.ModelTool;
import org.lama.models.fit.ToolOptions;

/**
 * ARIMA for the command line and notebooks. Options of {@code fit}: {@code order=p,d,q} (default 1,1,1), {@code
 * constant=true|false} (default: a mean at d = 0), {@code horizon} (default 12), {@code effort=fast|normal|thorough}. Of
 * {@code auto}: {@code criterion=aic|aicc|bic} (default aicc), {@code search=stepwise|full}, {@code
 * d=kpss|adf|adf1|pp|0|1|2} (default kpss; adf1 has one lag), {@code period} (rows per season, default 1 for none), {@code
 * seasonal-d=strength|ocsb|ch|0|1} (default strength), {@code max-p}, {@code max-q} (default 5), {@code max-seasonal-p},
 * {@code max-seasonal-q} (default 2), {@code max-order}, {@code max-candidates}, {@code xreg=a,b} (columns of the data;
 * forecasts need their future rows), {@code horizon}, {@code effort}. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ArimaTool implements ModelTool {
    private static final List<String> FIT_OPTIONS = List.of("column", "order", "constant", "horizon", "effort");
    private static final int DEFAULT_HORIZON = 12;

    /** The tool. */
    public ArimaTool() {}

    @Override
    public String name() {
        return "arima";
    }

    @Override
    public List<Action> actions() {
        return List.of(Action.FIT, Action.AUTO);
    }

    @Override
    public ModelSummary run(Action action, Request request) {
        Check.that(actions().contains(action), name() + " can " + actions() + ", not " + action);
        return action == Action.FIT
                ? fit(request.target(), request.options(), request.context())
                : AutoArimaAction.run(request);
    }

    private static ModelSummary fit(Series values, Map<String, String> options, FitContext context) {
        ToolOptions given = new ToolOptions(options, FIT_OPTIONS);
        int[] order = order(given.text("order", "1,1,1"));
        boolean constant = given.flag("constant", order[1] == 0);
        ArimaSpec spec = new ArimaSpec(order[0], order[1], order[2], constant);
        int horizon = given.integer("horizon", DEFAULT_HORIZON, 0);
        ArimaOptions budget = ArimaOptions.of(context).withEffort(effort(given));
        return Arima.fit(values.toArray(), spec, budget).summary(horizon, List.of());
    }

    private static ArimaOptions.Effort effort(ToolOptions given) {
        return given.choice("effort", ArimaOptions.Effort.NORMAL);
    }

    private static int[] order(String text) {
        String[] parts = text.split(",", -1);
        Check.that(parts.length == 3, "order must be three whole numbers p,d,q such as 1,1,1, got '" + text + "'");
        int[] order = new int[3];
        for (int i = 0; i < 3; i++) {
            order[i] = ToolOptions.parse("order", parts[i].trim(), text);
        }
        return order;
    }
}
