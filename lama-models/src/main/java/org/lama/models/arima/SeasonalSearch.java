package org.lama.models.arima;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lama.core.signal.FitStatus;

/**
 * One search over (p, q, P, Q, constant) at given d, D and m, with regressors or without (Hyndman and Khandakar 2008,
 * section 3.2): four starting models and the simplest one, then single steps of the seasonal and of the other orders; the
 * first step that lowers the criterion starts the round again. Owned by one thread.
 */
final class SeasonalSearch {
    private static final double TIE = 1e-9;
    private static final int[][] STEPS = {{-1, 0}, {0, -1}, {1, 0}, {0, 1}, {-1, -1}, {1, -1}, {-1, 1}, {1, 1}};

    private final SeasonalFitter fitter;
    private final AutoArimaOptions options;
    private final Limits limits;
    private final Map<ArimaSpec, Tried> memo = new HashMap<>();
    private final List<Tried> order = new ArrayList<>();
    private @Nullable Tried best;
    private String cut = "";

    /** Differences and the largest orders that the length of the series allows. */
    record Limits(int d, int seasonalD, int period, int p, int q, int seasonalP, int seasonalQ) {
        boolean constantAllowed() {
            return d + seasonalD <= 1;
        }

        boolean allow(int[] k) {
            return k[0] >= 0
                    && k[0] <= p
                    && k[1] >= 0
                    && k[1] <= q
                    && k[2] >= 0
                    && k[2] <= seasonalP
                    && k[3] >= 0
                    && k[3] <= seasonalQ;
        }

        /** The order with p, q, P and Q from an array. */
        ArimaSpec spec(int[] k, boolean constant) {
            ArimaSpec.Seasonal seasonal =
                    period == 1 ? ArimaSpec.Seasonal.NONE : new ArimaSpec.Seasonal(k[2], seasonalD, k[3], period);
            int differences = d + seasonalD;
            return new ArimaSpec(k[0], d, k[1], seasonal, constant && differences == 0, constant && differences == 1);
        }
    }

    /** One candidate with its fit. */
    private record Tried(
            ArimaSpec spec,
            double value,
            double logLikelihood,
            String reason,
            @Nullable SeasonalFit fit) {}

    SeasonalSearch(SeasonalFitter fitter, Limits limits, AutoArimaOptions options) {
        this.fitter = fitter;
        this.limits = limits;
        this.options = options;
    }

    /** Why no order can be fitted; empty if one can. */
    String defect() {
        int[] none = new int[4];
        String plain = fitter.defect(limits.spec(none, false));
        if (!plain.isEmpty() || !limits.constantAllowed()) {
            return plain;
        }
        try {
            return fitter.defect(limits.spec(none, true));
        } catch (IllegalArgumentException dependent) {
            // the regressors hold the constant already: the orders without it remain
            return "";
        }
    }

    void run() {
        if (options.search() == AutoArimaOptions.Search.FULL) {
            full();
        } else {
            stepwise();
        }
    }

    private void full() {
        for (int sum = 0; sum <= options.maxOrder(); sum++) {
            for (int p = 0; p <= sum; p++) {
                for (int q = 0; q <= sum - p; q++) {
                    for (int seasonalP = 0; seasonalP <= sum - p - q; seasonalP++) {
                        int[] k = {p, q, seasonalP, sum - p - q - seasonalP};
                        consider(k, true);
                        consider(k, false);
                    }
                }
            }
        }
    }

    private void stepwise() {
        boolean constant = limits.constantAllowed();
        // the cheap ones first, so that an early deadline leaves something to choose from
        consider(start(0, 0, 0, 0), constant);
        consider(start(0, 0, 0, 0), false);
        consider(start(1, 0, 1, 0), constant);
        consider(start(0, 1, 0, 1), constant);
        consider(start(2, 2, 1, 1), constant);
        boolean improved = true;
        while (improved && cut.isEmpty()) {
            improved = step();
        }
    }

    private int[] start(int p, int q, int seasonalP, int seasonalQ) {
        return new int[] {
            Math.min(p, limits.p()),
            Math.min(q, limits.q()),
            Math.min(seasonalP, limits.seasonalP()),
            Math.min(seasonalQ, limits.seasonalQ())
        };
    }

    private boolean step() {
        Tried from = best;
        if (from == null) {
            return false;
        }
        ArimaSpec spec = from.spec();
        int[] at = {spec.p(), spec.q(), spec.seasonal().p(), spec.seasonal().q()};
        boolean constant = spec.constant();
        for (int part = 2; part >= 0; part -= 2) {
            for (int[] move : STEPS) {
                int[] next = at.clone();
                next[part] += move[0];
                next[part + 1] += move[1];
                if (consider(next, constant)) {
                    return true;
                }
            }
        }
        return consider(at, !constant);
    }

    /** Fits an order unless it is known or not allowed; whether it is the best now. */
    private boolean consider(int[] k, boolean constant) {
        if (!limits.allow(k) || (constant && !limits.constantAllowed())) {
            return false;
        }
        ArimaSpec spec = limits.spec(k, constant);
        if (memo.containsKey(spec) || !withinBudget()) {
            return false;
        }
        Tried tried = fit(spec);
        memo.put(spec, tried);
        order.add(tried);
        if (tried.reason().isEmpty() && better(tried, best)) {
            best = tried;
            return true;
        }
        return false;
    }

    private boolean withinBudget() {
        if (cut.isEmpty() && order.size() >= options.maxCandidates()) {
            cut = "the search stopped after " + options.maxCandidates() + " candidates";
        }
        if (options.fit().deadline().expired()) {
            cut = "the deadline came during the search";
        }
        return cut.isEmpty();
    }

    private Tried fit(ArimaSpec spec) {
        String defect = defect(spec);
        if (!defect.isEmpty()) {
            return new Tried(spec, Double.POSITIVE_INFINITY, Double.NaN, defect, null);
        }
        SeasonalFit fit = fitter.fit(spec);
        if (!fit.usable()) {
            return new Tried(spec, Double.POSITIVE_INFINITY, Double.NaN, fit.status.reason(), null);
        }
        double value = options.criterion().of(fit.logLikelihood, fitter.parameters(spec), fitter.observations(spec));
        return new Tried(spec, value, fit.logLikelihood, complaint(fit, value), fit);
    }

    /** Why an order cannot be fitted; a constant that the regressors already hold is the order's defect, not the caller's. */
    private String defect(ArimaSpec spec) {
        ArimaSpec.Seasonal seasonal = spec.seasonal();
        int lag = Math.max(spec.p() + seasonal.period() * seasonal.p(), spec.q() + seasonal.period() * seasonal.q());
        if (lag > SeasonalFitter.LONGEST_LAG) {
            return "the longest lag " + lag + " is above " + SeasonalFitter.LONGEST_LAG
                    + "; for long seasons use Regressors.fourier and ARMA errors";
        }
        if (!spec.constant()) {
            return fitter.defect(spec);
        }
        try {
            return fitter.defect(spec);
        } catch (IllegalArgumentException dependent) {
            return String.valueOf(dependent.getMessage());
        }
    }

    private String complaint(SeasonalFit fit, double value) {
        if (!(value < Double.POSITIVE_INFINITY)) {
            return "too few observations for " + options.criterion();
        }
        ArimaSpec spec = fit.spec;
        int p = spec.p();
        int q = spec.q();
        int[] ends = {
            p,
            p + q,
            p + q + spec.seasonal().p(),
            p + q + spec.seasonal().p() + spec.seasonal().q()
        };
        double[] c = fit.coefficients;
        int m = spec.seasonal().period();
        boolean ar = outside(Arrays.copyOf(c, ends[0]), 1, 1) && outside(Arrays.copyOfRange(c, ends[1], ends[2]), 1, m);
        boolean ma = outside(Arrays.copyOfRange(c, ends[0], ends[1]), -1, 1)
                && outside(Arrays.copyOfRange(c, ends[2], ends[3]), -1, m);
        if (ar && ma) {
            return "";
        }
        return "a root of the " + (ar ? "moving average" : "autoregression") + " has a modulus below "
                + OrderSearch.MIN_ROOT;
    }

    /** A root z of a polynomial in B^m has the modulus |z^m|^(1/m). */
    private static boolean outside(double[] coefficients, int sign, int lag) {
        return Pacf.rootsOutside(coefficients, sign, Math.pow(OrderSearch.MIN_ROOT, lag));
    }

    private static boolean better(Tried a, @Nullable Tried b) {
        if (b == null) {
            return true;
        }
        if (Math.abs(a.value() - b.value()) > TIE) {
            return a.value() < b.value();
        }
        return a.spec().parameters() < b.spec().parameters();
    }

    boolean hasBest() {
        return best != null;
    }

    /** The chosen model with standard errors, residuals and final state. */
    ArimaFit best() {
        Tried chosen = best;
        if (chosen == null || chosen.fit() == null) {
            throw new IllegalStateException("no candidate could be used");
        }
        ArimaFit fit = fitter.complete(chosen.fit());
        if (cut.isEmpty()) {
            return fit;
        }
        FitStatus.Outcome outcome =
                options.fit().deadline().expired() ? FitStatus.Outcome.TIMEOUT : FitStatus.Outcome.BUDGET;
        return fit.withStatus(
                new FitStatus(outcome, fit.status().iterations(), fit.status().gradientNorm(), cut));
    }

    /** All candidates in the order of their trial. */
    List<AutoArimaResult.Candidate> candidates() {
        List<AutoArimaResult.Candidate> list = new ArrayList<>();
        for (Tried tried : order) {
            String reason = tried.equals(best)
                    ? ""
                    : tried.reason().isEmpty() ? options.criterion() + " is larger" : tried.reason();
            list.add(new AutoArimaResult.Candidate(tried.spec(), tried.value(), tried.logLikelihood(), reason));
        }
        return list;
    }
}
