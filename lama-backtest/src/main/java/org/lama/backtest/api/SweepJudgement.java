package org.lama.backtest.api;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import org.lama.backtest.analytics.OverfittingProbability;
import org.lama.backtest.analytics.ProbabilisticSharpe;
import org.lama.backtest.analytics.RealityCheck;
import org.lama.backtest.sweep.Plateau;
import org.lama.backtest.verdict.Evidence;
import org.lama.backtest.verdict.Verdict;
import org.lama.backtest.verdict.VerdictRule;
import org.lama.core.search.TrialLedger;

/** What was made of the trials of a sweep. */
record SweepJudgement(
        VerdictRule rule,
        Verdict verdict,
        Evidence.Trials trials,
        Ledger ledger,
        Optional<ProbabilisticSharpe> best,
        Optional<OverfittingProbability> overfitting,
        Optional<RealityCheck> reality,
        Optional<Plateau> plateau,
        Map<String, Double> importance,
        Map<String, String> notes,
        Compared compared,
        String provenance) {
    /** When the ledger began, empty if none is kept, how many of its trials are on this very window, and how it ended. */
    record Ledger(String started, long onWindow, Optional<TrialLedger.Tip> tip) {}

    /** How many trials the probability of overfitting compares, of how many that were tried. */
    record Compared(int configurations, long tried) {}

    boolean isSynthetic() {
        return provenance.equals("SYNTHETIC");
    }

    /** Which way trials were computed. */
    String path() {
        return notes.getOrDefault("path", "");
    }

    /** The deflated Sharpe ratio of the best trial; NaN if no trial has a value. */
    double deflatedSharpe() {
        return best.map(each -> each.deflated(trials.effective(), trials.variance()))
                .orElse(Double.NaN);
    }

    /** The same as if all trials were different. */
    double deflatedByAll() {
        return best.map(each -> each.deflated(trials.raw(), trials.variance())).orElse(Double.NaN);
    }

    /**
     * Whether the answer hangs on how many of the trials are taken to be different, in a sentence; empty if it does not. A count
     * that is off by less than a factor of two decides nothing.
     */
    String disagreement() {
        boolean hangs = deflatedSharpe() >= rule.minimumDeflatedSharpe()
                && deflatedByAll() < rule.minimumDeflatedSharpe()
                && 2 * trials.effective() <= trials.raw();
        return hangs
                ? "the deflated Sharpe ratio is " + fixed(deflatedSharpe(), 3) + " only because " + trials.raw()
                        + " trials are taken for " + fixed(trials.effective(), 1) + " different ones; it is "
                        + fixed(deflatedByAll(), 3) + " if all were different"
                : "";
    }

    /**
     * With what the verdict hangs on beside its reason. How many trials differ is estimated from a sample of their returns, and few
     * different ones among many copies can be missed there; White's reality check sees the returns of all. An edge that hangs
     * on the estimate needs both.
     */
    SweepJudgement withDisagreement() {
        if (disagreement().isEmpty()) {
            return this;
        }
        boolean proven = reality.isPresent() && reality.get().realityCheck() <= 1 - rule.minimumDeflatedSharpe();
        boolean luck = verdict.outcome() == Verdict.Outcome.EDGE && !proven;
        Verdict told = new Verdict(
                luck ? Verdict.Outcome.NO_EDGE : verdict.outcome(),
                verdict.missingDays(),
                luck
                        ? disagreement() + "; and the reality check over the returns of all trials "
                                + reality.map(each -> "gives " + chance(each.realityCheck()))
                                        .orElse("is not available")
                        : verdict.why() + "; beware: " + disagreement(),
                verdict.next(),
                verdict.figures());
        return withVerdict(told);
    }

    SweepJudgement withVerdict(Verdict last) {
        return new SweepJudgement(
                rule,
                last,
                trials,
                ledger,
                best,
                overfitting,
                reality,
                plateau,
                importance,
                notes,
                compared,
                provenance);
    }

    /** What choosing the best of many does to it, in words by name. */
    Map<String, String> selection() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put(
                "Trials on these data",
                trials.raw() + " counted, " + fixed(trials.effective(), 1) + " effective"
                        + (ledger.onWindow() < trials.raw() ? ", " + ledger.onWindow() + " on this very window" : "")
                        + (ledger.started().isEmpty() ? " (no trial ledger is kept)" : ""));
        if (!ledger.started().isEmpty()) {
            words.put("Trial ledger", "started " + ledger.started());
        }
        if (notes.containsKey("data")) {
            words.put("About the data", notes.getOrDefault("data", ""));
        }
        words.put("Spread of their Sharpe ratios", fixed(Math.sqrt(trials.variance()), 5) + " per period");
        best.ifPresent(each -> {
            words.put("Sharpe ratio of the best", fixed(each.sharpePerPeriod(), 5) + " per period");
            words.put(
                    "Best that luck alone is expected to show",
                    fixed(ProbabilisticSharpe.expectedMaximum(trials.effective(), trials.variance()), 5)
                            + " per period");
            words.put(
                    "Probabilistic Sharpe ratio", fixed(each.probability(0), 3) + " as if it had been the only trial");
        });
        words.put(
                "Deflated Sharpe ratio",
                fixed(deflatedSharpe(), 3) + " with the effective number of trials, " + fixed(deflatedByAll(), 3)
                        + " if all were different");
        words.put(
                "Probability of overfitting",
                overfitting
                        .map(each -> fixed(each.probability(), 3) + " over " + compared.configurations() + " of "
                                + compared.tried() + " trials, the best among them")
                        .orElse(notes.getOrDefault("overfitting", "n/a")));
        words.put(
                "Reality check, superior predictive ability",
                reality.map(each -> chance(each.realityCheck()) + ", " + chance(each.consistent()) + " over all "
                                + each.variants() + " trials whose returns vary")
                        .orElse(notes.getOrDefault("realityCheck", "n/a")));
        words.put("Trials above 0 by themselves", notes.getOrDefault("discoveries", "n/a"));
        words.put("Break-even cost of the best", ofTheBest("breakEvenCost", SweepJudgement::multiple));
        words.put("Capital at which the best keeps nothing", ofTheBest("capacityZeroReturn", SweepJudgement::capital));
        return words;
    }

    /** What was not run is not said to have failed. */
    private String ofTheBest(String figure, DoubleFunction<String> words) {
        Map<String, Double> figures = verdict.figures();
        return !figures.containsKey(figure)
                ? "n/a: no trial has a value"
                : figures.getOrDefault("roundTrips", 0.0) == 0
                        ? "n/a: the best made no round trip"
                        : words.apply(figures.getOrDefault(figure, Double.NaN));
    }

    private static String multiple(double value) {
        return Double.isNaN(value)
                ? "n/a: nothing is earned even without costs"
                : Double.isInfinite(value)
                        ? "beyond the largest multiple that was run"
                        : fixed(value, 2) + " times the assumed costs";
    }

    private static String capital(double value) {
        return Double.isNaN(value)
                ? "n/a: nothing is earned, or the bars have no volume"
                : Double.isInfinite(value)
                        ? "beyond the largest that was run"
                        : String.format(Locale.ROOT, "%,.0f", value);
    }

    /** A chance is never 0. */
    static String chance(double p) {
        return p < 0.001 ? "p < 0.001" : "p = " + fixed(p, 3);
    }

    static String fixed(double value, int decimals) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + decimals + "f", value) : "n/a";
    }
}
