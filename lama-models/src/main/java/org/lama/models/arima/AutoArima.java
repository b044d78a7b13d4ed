package org.lama.models.arima;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.signal.FitStatus;

/**
 * Chooses the order of an ARIMA model (Hyndman and Khandakar 2008, doi:10.18637/jss.v027.i03), with the exact likelihood
 * for every candidate, so that no approximation has to be repaired afterwards. Candidates with a root of modulus below
 * 1.01 are refused, with the reason; ties go to fewer parameters, then to the smaller p.
 *
 * <p>If no candidate can be used, ARIMA(1,1,1) is fitted (status FALLBACK_111), and if that fails too, a random walk
 * remains (FALLBACK_RW). Never throws on data. Stateless and thread-safe; some 15 to 25 fits.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class AutoArima {
    private AutoArima() {}

    /**
     * Chooses and fits with default options.
     *
     * @param y the series, NaN where missing
     * @return the result
     */
    public static AutoArimaResult select(double[] y) {
        return select(y, AutoArimaOptions.defaults());
    }

    /**
     * Chooses and fits.
     *
     * @param y the series, NaN where missing
     * @param options limits, criterion and budget
     * @return the result
     */
    public static AutoArimaResult select(double[] y, AutoArimaOptions options) {
        Check.notNull(y, "y");
        Check.notNull(options, "options");
        return options.seasonal().period() > 1 ? select(y, Regressors.none(), options) : plain(y, options);
    }

    /**
     * Chooses and fits with regressors: y = regression + ARIMA errors. The differences are chosen on the residuals of an
     * ordinary regression, one that would make a regressor constant is not taken, and every candidate estimates the
     * regression together with its order.
     *
     * @param y the series, NaN where missing
     * @param x as many rows as the series, or no columns
     * @param options limits, criterion, season and budget
     * @return the result
     * @throws IllegalArgumentException if the regressors do not fit the series or depend on each other, naming them
     */
    public static AutoArimaResult select(double[] y, Regressors x, AutoArimaOptions options) {
        Check.notNull(y, "y");
        Check.notNull(x, "x");
        Check.notNull(options, "options");
        Check.that(
                x.count() == 0 || x.rows() == y.length,
                "x must have as many rows as y, got " + x.rows() + " for " + y.length);
        SeasonalChoice choice = new SeasonalChoice(y, x, options);
        if (choice.plain()) {
            return plain(y, options);
        }
        SeasonalSearch search = choice.search();
        String defect = search.defect();
        if (!defect.isEmpty()) {
            return new AutoArimaResult(RandomWalk.of(y, 0, defect), options.criterion(), search.candidates());
        }
        search.run();
        ArimaFit fit = search.hasBest() ? search.best() : fallback(y, x, options);
        return new AutoArimaResult(fit, options.criterion(), search.candidates());
    }

    private static AutoArimaResult plain(double[] y, AutoArimaOptions options) {
        try (FitArrays arrays = FitArrays.open()) {
            return run(y, options.difference().choose(y), options, arrays).result();
        }
    }

    /** A result and the search behind it; no search where no order can be fitted. */
    record Outcome(AutoArimaResult result, @Nullable OrderSearch search) {}

    /** Searches from d differences on. */
    static Outcome run(double[] y, int from, AutoArimaOptions options, FitArrays arrays) {
        int d = from;
        List<AutoArimaResult.Candidate> tried = new ArrayList<>();
        while (true) {
            OrderSearch search = new OrderSearch(new OrderSearch.Data(y, d, arrays), options, null);
            String defect = search.defect();
            if (!defect.isEmpty()) {
                tried.addAll(search.candidates());
                return new Outcome(new AutoArimaResult(RandomWalk.of(y, 0, defect), options.criterion(), tried), null);
            }
            search.run();
            boolean again = options.difference().wantsMore(d) && search.asksForDifference();
            tried.addAll(again ? search.refused(d + 1) : search.candidates());
            if (!again) {
                ArimaFit fit = search.hasBest() ? search.best() : fallback(y, Regressors.none(), options);
                return new Outcome(new AutoArimaResult(fit, options.criterion(), tried), search);
            }
            d++;
        }
    }

    /** ARIMA(1,1,1) from its regression start, or a random walk. */
    private static ArimaFit fallback(double[] y, Regressors x, AutoArimaOptions options) {
        ArimaOptions fast = options.fit().withEffort(ArimaOptions.Effort.FAST);
        ArimaFit fit = Arima.fit(y, x, new ArimaSpec(1, 1, 1, false), fast);
        if (fit.status().outcome() == FitStatus.Outcome.FALLBACK_RW) {
            return fit;
        }
        return fit.withStatus(new FitStatus(
                FitStatus.Outcome.FALLBACK_111,
                fit.status().iterations(),
                fit.status().gradientNorm(),
                options.fit().deadline().expired()
                        ? "the deadline came before a candidate could be chosen"
                        : "no candidate could be used"));
    }
}
