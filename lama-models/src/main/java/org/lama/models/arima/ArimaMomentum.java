package org.lama.models.arima;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.Series;
import org.lama.core.signal.FitContext;
import org.lama.core.signal.FitStatus;
import org.lama.core.signal.Scorer;
import org.lama.core.signal.SignalModel;

/**
 * The momentum signal: an ARIMA model of the log close with automatic order, and the forecast of the log return over the
 * next rows in units of its standard error.
 *
 * <p>z = r / s with r the forecast log return over the horizon and s its standard error times the root of an
 * exponentially weighted mean (lambda 0.94) of squared standardised residuals; k = 0.90 quantile of |z| in the training
 * window, at least 0.02; signal = tanh(z / k). Confidence is a product of penalties only: BUDGET, TIMEOUT or SINGULAR 0.8,
 * FALLBACK_111 0.5, FALLBACK_RW 0, and 0.5 more if the residuals are autocorrelated by the test of Lobato, Nankervis and
 * Savin at 5 %. Ljung and Box's test is reported beside it.
 *
 * <p>Windows with fewer than 100 rows, a constant price, or more than 5 % missing rows give a neutral scorer (signal 0,
 * confidence 0, status FALLBACK_RW); fewer missing rows are integrated out. Non-positive and non-finite prices count as
 * missing. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ArimaMomentum implements SignalModel {
    private final MomentumSettings settings;

    /** The model with default settings. */
    public ArimaMomentum() {
        this(MomentumSettings.defaults());
    }

    /**
     * The model with given settings.
     *
     * @param settings the settings
     */
    public ArimaMomentum(MomentumSettings settings) {
        this.settings = Check.notNull(settings, "settings");
    }

    @Override
    public String name() {
        return "momentum";
    }

    /**
     * The settings.
     *
     * @return the settings
     */
    public MomentumSettings settings() {
        return settings;
    }

    @Override
    public Scorer fit(Frame train, FitContext context) {
        int rows = train.size();
        if (!train.has(Columns.CLOSE)) {
            return neutral(new double[rows], "the frame has no column " + Columns.CLOSE);
        }
        Series close = train.column(Columns.CLOSE);
        double[] y = new double[rows];
        int missing = 0;
        for (int t = 0; t < rows; t++) {
            y[t] = MomentumScorer.logPrice(close.get(t));
            missing += Double.isNaN(y[t]) ? 1 : 0;
        }
        if (rows < settings.minRows()) {
            return neutral(y, "the window has " + rows + " rows, at least " + settings.minRows() + " are needed");
        }
        if (missing > settings.maxMissing() * rows) {
            return neutral(
                    y,
                    missing + " of " + rows + " closes are missing, at most " + 100 * settings.maxMissing()
                            + " % may be");
        }
        ArimaFit fit = AutoArima.select(y, settings.order().within(context)).fit();
        return fit.status().outcome() == FitStatus.Outcome.FALLBACK_RW
                ? neutral(y, fit.status().reason())
                : MomentumScorer.of(fit, y, train.index().at(rows - 1), settings);
    }

    private static Scorer neutral(double[] y, String reason) {
        return new NeutralScorer(RandomWalk.of(y, 0, reason), y.length, List.of(reason));
    }
}
