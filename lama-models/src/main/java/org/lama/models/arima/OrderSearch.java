package org.lama.models.arima;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.lama.core.math.Sums;
import org.lama.core.signal.FitStatus;

/** One search over (p, q, constant) at a given d. Owned by one thread. */
final class OrderSearch {
    /** Candidates with a root below this modulus are refused. */
    static final double MIN_ROOT = 1.01;

    private static final String UNIT_ROOT = "a root of the autoregression has a modulus below " + MIN_ROOT;

    private static final double TIE = 1e-9;
    /** A larger model that ended lower than this below a smaller one did not find its maximum. */
    private static final double BELOW = 1e-6;

    private static final int[][] MOVES = {{-1, 0}, {0, -1}, {1, 0}, {0, 1}, {-1, -1}, {-1, 1}, {1, -1}, {1, 1}};

    private final AutoArimaOptions options;
    private final int d;
    private final ArimaSample plain;
    private final ArimaSample centred;
    private final @Nullable OrderFitter plainFitter;
    private final @Nullable OrderFitter centredFitter;
    private final @Nullable SearchMemory memory;
    private final Map<Integer, Tried> memo = new TreeMap<>();
    private final List<Tried> order = new ArrayList<>();
    private @Nullable Tried best;
    private String cut = "";

    /** One candidate with its fit. */
    private record Tried(
            ArimaSpec spec,
            double value,
            double logLikelihood,
            String reason,
            @Nullable OrderFit fit) {}

    /** A series, its differences, and arrays that live as long as the search. */
    static final class Data {
        private final double[] y;
        private final int d;
        private final FitArrays arrays;

        Data(double[] y, int d, FitArrays arrays) {
            this.y = y;
            this.d = d;
            this.arrays = arrays;
        }
    }

    /** A search from scratch, or from what an earlier window left. */
    OrderSearch(Data data, AutoArimaOptions options, @Nullable SearchMemory memory) {
        this.memory = memory;
        this.options = options;
        d = data.d;
        int lag = Math.max(1, Math.max(options.maxP(), options.maxQ()));
        plain = ArimaSample.of(data.y, d, false, data.arrays);
        centred = d <= 1 ? ArimaSample.of(data.y, d, true, data.arrays) : plain;
        plainFitter = plain.defect.isEmpty() ? new OrderFitter(plain, options.fit(), lag) : null;
        centredFitter = centred.defect.isEmpty() && d <= 1 ? new OrderFitter(centred, options.fit(), lag) : null;
        if (plainFitter != null && centredFitter != null) {
            plainFitter.sibling(centredFitter);
            centredFitter.sibling(plainFitter);
        }
    }

    /** Why no order can be fitted; empty if one can. A perfect line has no plain model either. */
    String defect() {
        return centred.defect.isEmpty() ? plain.defect : centred.defect;
    }

    void run() {
        if (options.search() == AutoArimaOptions.Search.FULL) {
            full();
        } else {
            stepwise();
        }
        boolean stepwise = options.search() == AutoArimaOptions.Search.STEPWISE;
        while (cut.isEmpty() && lift() && stepwise) {
            climb();
        }
    }

    /**
     * Carries candidates on that ended below a smaller model which was fitted after them, smaller ones first; whether the
     * best has changed.
     */
    private boolean lift() {
        if (options.fit().effort() == ArimaOptions.Effort.FAST) {
            return false;
        }
        Tried before = best;
        List<Tried> bySize = new ArrayList<>(order);
        bySize.sort(Comparator.comparingInt(tried -> tried.spec().parameters()));
        for (int i = 0; i < bySize.size(); i++) {
            Tried larger = bySize.get(i);
            Tried highest = null;
            for (Tried smaller : bySize.subList(0, i)) {
                if (nested(smaller, larger) && (highest == null || smaller.logLikelihood() > highest.logLikelihood())) {
                    highest = smaller;
                }
            }
            if (highest != null && !options.fit().deadline().expired()) {
                bySize.set(i, lifted(larger, highest));
            }
        }
        return !Objects.equals(before, best);
    }

    private static boolean nested(Tried smaller, Tried larger) {
        ArimaSpec a = smaller.spec();
        ArimaSpec b = larger.spec();
        boolean inside = a.p() <= b.p() && a.q() <= b.q() && (!a.constant() || b.constant());
        return inside && smaller.fit() != null && smaller.logLikelihood() > larger.logLikelihood() + BELOW;
    }

    private Tried lifted(Tried larger, Tried smaller) {
        ArimaSpec spec = larger.spec();
        OrderFitter fitter = spec.constant() ? centredFitter : plainFitter;
        OrderFit from = smaller.fit();
        if (fitter == null || from == null) {
            return larger;
        }
        ArimaSample sample = spec.constant() ? centred : plain;
        Tried again = tried(spec, sample, fitter.lift(spec.p(), spec.q(), from, floor(spec, sample)));
        order.set(order.indexOf(larger), again);
        memo.put(key(spec.p(), spec.q(), spec.constant()), again);
        if (again.reason().isEmpty() && better(again, best)) {
            best = again;
        }
        return again;
    }

    private void full() {
        for (int sum = 0; sum <= options.maxOrder(); sum++) {
            for (int p = 0; p <= Math.min(sum, options.maxP()); p++) {
                if (sum - p <= options.maxQ()) {
                    consider(p, sum - p, true);
                    consider(p, sum - p, false);
                }
            }
        }
    }

    private void stepwise() {
        if (memory == null) {
            beginnings();
        } else {
            memory.first().forEach(spec -> consider(spec.p(), spec.q(), spec.constant()));
        }
        climb();
    }

    private void climb() {
        boolean improved = true;
        while (improved && cut.isEmpty()) {
            improved = step();
        }
    }

    private void beginnings() {
        boolean constant = d <= 1;
        consider(0, 0, constant);
        consider(0, 0, false);
        consider(1, 0, constant);
        consider(0, 1, constant);
        consider(Math.min(2, options.maxP()), Math.min(2, options.maxQ()), constant);
    }

    private boolean step() {
        Tried from = best;
        if (from == null) {
            return false;
        }
        ArimaSpec spec = from.spec();
        for (int[] move : MOVES) {
            if (consider(spec.p() + move[0], spec.q() + move[1], spec.constant())) {
                return true;
            }
        }
        return consider(spec.p(), spec.q(), !spec.constant());
    }

    /** Fits an order unless it is known or not allowed; whether it is the best now. */
    private boolean consider(int p, int q, boolean constant) {
        boolean allowed = p >= 0 && q >= 0 && p <= options.maxP() && q <= options.maxQ() && (!constant || d <= 1);
        int key = key(p, q, constant);
        if (!allowed || memo.containsKey(key) || !withinBudget()) {
            return false;
        }
        Tried tried = fit(new ArimaSpec(p, d, q, constant));
        memo.put(key, tried);
        order.add(tried);
        if (tried.reason().isEmpty() && better(tried, best)) {
            best = tried;
            return true;
        }
        return false;
    }

    private static int key(int p, int q, boolean constant) {
        return (p * 100 + q) * 2 + (constant ? 1 : 0);
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
        ArimaSample sample = spec.constant() ? centred : plain;
        OrderFitter fitter = spec.constant() ? centredFitter : plainFitter;
        String defect = Arima.defect(sample, spec);
        if (fitter == null || !defect.isEmpty()) {
            return new Tried(spec, Double.POSITIVE_INFINITY, Double.NaN, defect, null);
        }
        double[] known = memory == null ? null : memory.point(spec);
        double floor = floor(spec, sample);
        OrderFit fit = known == null
                ? fitter.fit(spec.p(), spec.q(), floor)
                : fitter.fitFrom(spec.p(), spec.q(), known, floor);
        return tried(spec, sample, fit);
    }

    private Tried tried(ArimaSpec spec, ArimaSample sample, OrderFit fit) {
        if (!fit.usable()) {
            return new Tried(spec, Double.POSITIVE_INFINITY, Double.NaN, fit.status.reason(), null);
        }
        double logLikelihood = fit.logLikelihood - sample.observations * Math.log(sample.scale);
        double value = options.criterion().of(logLikelihood, spec.parameters(), sample.observations);
        return new Tried(spec, value, logLikelihood, complaint(fit, value), fit);
    }

    /** The log-likelihood, on the scale of the sample, at which an order would be as good as the best so far. */
    private double floor(ArimaSpec spec, ArimaSample sample) {
        if (best == null) {
            return Double.NEGATIVE_INFINITY;
        }
        double penalty = options.criterion().of(0, spec.parameters(), sample.observations);
        return 0.5 * (penalty - best.value()) + sample.observations * Math.log(sample.scale);
    }

    private String complaint(OrderFit fit, double value) {
        if (!(value < Double.POSITIVE_INFINITY)) {
            return "too few observations for " + options.criterion();
        }
        if (!Pacf.rootsOutside(fit.phi, 1, MIN_ROOT)) {
            return UNIT_ROOT;
        }
        if (!Pacf.rootsOutside(fit.theta, -1, MIN_ROOT)) {
            return "a root of the moving average has a modulus below " + MIN_ROOT;
        }
        return "";
    }

    private static boolean better(Tried a, @Nullable Tried b) {
        if (b == null) {
            return true;
        }
        if (Math.abs(a.value() - b.value()) > TIE) {
            return a.value() < b.value();
        }
        int difference = a.spec().parameters() - b.spec().parameters();
        return difference < 0 || (difference == 0 && a.spec().p() < b.spec().p());
    }

    /**
     * Whether the candidate with the best criterion was refused for a positive root of its autoregression near 1 that no
     * root of the moving average meets: the data ask for one more difference, whatever the unit-root test said.
     */
    boolean asksForDifference() {
        Tried lowest = null;
        for (Tried tried : order) {
            if (tried.value() < Double.POSITIVE_INFINITY && better(tried, lowest)) {
                lowest = tried;
            }
        }
        if (lowest == null) {
            return false;
        }
        OrderFit fit = lowest.fit();
        return fit != null
                && lowest != null
                && lowest.reason().equals(UNIT_ROOT)
                && atMinRoot(fit.phi, -1) <= 0
                && Pacf.rootsOutside(fit.theta, -1, MIN_ROOT);
    }

    /** The order of differencing. */
    int differences() {
        return d;
    }

    /** Hands all parameters on, and the orders within a distance of the best. */
    void remember(SearchMemory into, double within, int most) {
        List<Tried> near = new ArrayList<>();
        for (Tried tried : order) {
            if (tried.fit() != null) {
                into.put(tried.spec(), tried.fit().u);
                if (best != null && tried.reason().isEmpty() && tried.value() <= best.value() + within) {
                    near.add(tried);
                }
            }
        }
        near.sort(Comparator.comparingDouble(Tried::value));
        into.first(near.stream().limit(most).map(Tried::spec).toList());
    }

    /** How much the best model gains per observation over the one without autoregression and moving average. */
    double gainPerObservation() {
        Tried chosen = best;
        if (chosen == null || chosen.fit() == null) {
            return Double.NEGATIVE_INFINITY;
        }
        ArimaSample sample = chosen.spec().constant() ? centred : plain;
        double squares = Sums.dot(sample.w, 0, sample.w, 0, sample.w.length) / sample.w.length;
        double white = -0.5 * (Math.log(2 * Math.PI * squares) + 1);
        return chosen.fit().logLikelihood / sample.observations - white;
    }

    /** 1 + sign (f_1 z + f_2 z^2 + ...) at z = the smallest root that is allowed; positive at z = 1 for a stationary model. */
    private static double atMinRoot(double[] f, double sign) {
        double sum = 0;
        for (int i = f.length - 1; i >= 0; i--) {
            sum = (sum + sign * f[i]) * MIN_ROOT;
        }
        return 1 + sum;
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
        ArimaFit fit = Estimation.complete(chosen.spec().constant() ? centred : plain, chosen.spec(), chosen.fit());
        if (cut.isEmpty()) {
            return fit;
        }
        FitStatus.Outcome outcome =
                options.fit().deadline().expired() ? FitStatus.Outcome.TIMEOUT : FitStatus.Outcome.BUDGET;
        return fit.withStatus(
                new FitStatus(outcome, fit.status().iterations(), fit.status().gradientNorm(), cut));
    }

    /** All candidates of a search that is given up for one with more differences, each with the reason. */
    List<AutoArimaResult.Candidate> refused(int nextD) {
        List<AutoArimaResult.Candidate> list = new ArrayList<>();
        for (Tried tried : order) {
            String reason = tried.reason().isEmpty()
                    ? "the best model at this d has a unit root: d = " + nextD + " was taken instead"
                    : tried.reason();
            list.add(new AutoArimaResult.Candidate(tried.spec(), tried.value(), tried.logLikelihood(), reason));
        }
        return list;
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
