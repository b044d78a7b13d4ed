package org.lama.models.arima;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.ModelTool;

/**
 * ARIMA for the command line and notebooks. Options of {@code fit}, {@code forecast} and {@code simulate}: {@code column}, {@code
 * order=p,d,q} (default 1,1,1), {@code seasonal=P,D,Q,m}, {@code mean=true|false}, {@code drift=true|false} (both default
 * false), {@code xreg=a,b} (columns of the data; the request's future rows hold their values ahead), {@code
 * method=ml|css|css-ml}, {@code horizon} (default 12), {@code effort=fast|normal|thorough} (default
 * thorough up to 40 smaller models, beyond that normal); of {@code simulate} also {@code rows} (default 12) and {@code
 * seed}: the vector {@code path} continues the series.
 *
 * <p>Of {@code auto}: {@code criterion=aic|aicc|bic} (default aicc), {@code search=stepwise|full}, {@code
 * d=kpss|adf|adf1|pp|0|1|2} (default kpss; adf1 has one lag), {@code period} (rows per season, default 1 for none), {@code
 * seasonal-d=strength|ocsb|ch|0|1} (default strength), {@code max-p}, {@code max-q} (default 5), {@code max-seasonal-p},
 * {@code max-seasonal-q} (default 2), {@code max-order}, {@code max-candidates}, {@code xreg=a,b} (columns of the data;
 * forecasts need their future rows), {@code horizon}, {@code effort}. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ArimaTool implements ModelTool {
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
        return action == Action.AUTO ? AutoArimaAction.run(request) : ArimaForm.run(action, request);
    }
}
