package org.lama.models.garch;

import java.util.ArrayList;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.signal.FitContext;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.ModelTool;
import org.lama.models.fit.ToolOptions;

/**
 * Volatility models for the command line and notebooks. Options: {@code column} (default: the first), {@code
 * input=returns|prices} (default returns; prices become log returns, missing at the first row and where a price is missing
 * or not above 0), {@code model=arch|garch|gjr|egarch} (default garch), {@code p} (default 1), {@code q} (default 1, 0 for
 * arch), {@code o} (default 1 for gjr and egarch, else 0), {@code dist=normal|t} (default normal), {@code
 * mean=constant|zero} (default constant), {@code effort=fast|normal|thorough}, {@code horizon} (default 12; 0 for none).
 * FIT and FORECAST give the same summary, FORECAST refuses a horizon of 0; SIMULATE adds the vector {@code simulated}: returns that could
 * follow the last row, {@code horizon} of them, drawn with the seed of the context. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class GarchTool implements ModelTool {
    private static final List<String> OPTIONS =
            List.of("column", "input", "model", "p", "q", "o", "dist", "mean", "effort", "horizon");
    private static final int DEFAULT_HORIZON = 12;

    private enum Input {
        RETURNS,
        PRICES
    }

    private enum Tails {
        NORMAL,
        T
    }

    /** The tool. */
    public GarchTool() {}

    @Override
    public String name() {
        return "garch";
    }

    @Override
    public List<Action> actions() {
        return List.of(Action.FIT, Action.FORECAST, Action.SIMULATE);
    }

    @Override
    public ModelSummary run(Action action, Request request) {
        Check.that(actions().contains(action), name() + " can " + actions() + ", not " + action);
        ToolOptions given = new ToolOptions(request.options(), OPTIONS);
        GarchSpec spec = spec(given);
        int horizon = given.integer("horizon", DEFAULT_HORIZON, action == Action.FIT ? 0 : 1);
        List<String> notes = new ArrayList<>();
        double[] values = request.target().toArray();
        if (given.choice("input", Input.RETURNS) == Input.PRICES) {
            values = logReturns(values);
            notes.add("fitted to log returns of the prices in column '"
                    + request.target().name() + "'");
        }
        FitContext context = request.context();
        GarchOptions options = GarchOptions.of(context).with(given.choice("effort", GarchOptions.Effort.NORMAL));
        GarchFit fit = Garch.fit(values, spec, options);
        ModelSummary summary = fit.summary(horizon, notes);
        return action == Action.SIMULATE ? summary.with("simulated", fit.simulate(horizon, context.seed())) : summary;
    }

    private static GarchSpec spec(ToolOptions given) {
        GarchSpec.Kind kind = given.choice("model", GarchSpec.Kind.GARCH);
        boolean asymmetric = kind == GarchSpec.Kind.GJR || kind == GarchSpec.Kind.EGARCH;
        int p = given.integer("p", 1, 1);
        int o = given.integer("o", asymmetric ? 1 : 0, 0);
        int q = given.integer("q", kind == GarchSpec.Kind.ARCH ? 0 : 1, 0);
        GarchSpec.Distribution distribution = given.choice("dist", Tails.NORMAL) == Tails.T
                ? GarchSpec.Distribution.STUDENT_T
                : GarchSpec.Distribution.NORMAL;
        return new GarchSpec(kind, p, o, q, distribution, given.choice("mean", GarchSpec.Mean.CONSTANT));
    }

    private static double[] logReturns(double[] prices) {
        double[] returns = new double[prices.length];
        double before = Double.NaN;
        for (int t = 0; t < prices.length; t++) {
            double logarithm = prices[t] > 0 ? Math.log(prices[t]) : Double.NaN;
            returns[t] = logarithm - before;
            before = logarithm;
        }
        return returns;
    }
}
