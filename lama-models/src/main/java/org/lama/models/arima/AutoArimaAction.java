package org.lama.models.arima;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lama.core.base.Check;
import org.lama.core.series.Frame;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.ModelTool.Request;
import org.lama.models.fit.ToolOptions;

/**
 * The action AUTO of the ARIMA tool: reads its options, chooses the order and lists every candidate with its reason among
 * the notes. Stateless.
 */
final class AutoArimaAction {
    /** All options; {@code seasonal-period} is the same as {@code period}, {@code maxp} and {@code maxq} are short forms. */
    private static final List<String> OPTIONS = List.of(
            "column",
            "period",
            "seasonal-period",
            "d",
            "seasonal-d",
            "criterion",
            "search",
            "max-p",
            "max-q",
            "max-seasonal-p",
            "max-seasonal-q",
            "max-order",
            "max-candidates",
            "maxp",
            "maxq",
            "xreg",
            "horizon",
            "effort");

    private static final int DEFAULT_HORIZON = 12;
    private static final int LARGEST_D = 2;

    private AutoArimaAction() {}

    static ModelSummary run(Request request) {
        ToolOptions given = new ToolOptions(request.options(), OPTIONS);
        double[] y = request.target().toArray();
        List<String> names = ArimaForm.names(given);
        AutoArimaOptions settings = settings(given).within(request.context());
        int horizon = given.integer("horizon", DEFAULT_HORIZON, 0);
        int period = settings.seasonal().period();
        Check.that(
                period == 1 || period < y.length,
                "period must be below the length of the series, got " + period + " for " + y.length + " rows");
        AutoArimaResult result = AutoArima.select(y, ArimaForm.regressors(request.data(), names), settings);
        List<String> notes = new SeasonalChoice(y, ArimaForm.regressors(request.data(), names), settings).reasons();
        notes.addAll(candidates(result));
        if (names.isEmpty() || horizon == 0) {
            return result.fit().summary(horizon, notes);
        }
        Optional<Frame> future = request.future();
        if (future.isEmpty()) {
            notes.add("no forecast: future rows of " + names + " are not given");
            return result.fit().summary(0, notes);
        }
        Regressors ahead = ArimaForm.regressors(future.get(), names);
        Regressors steps = ArimaForm.atMost(horizon, ahead, notes);
        return steps.rows() == 0
                ? result.fit().summary(0, notes)
                : result.fit().summary(result.fit().forecast(steps), notes);
    }

    private static AutoArimaOptions settings(ToolOptions given) {
        AutoArimaOptions plain = AutoArimaOptions.defaults();
        return new AutoArimaOptions(
                given.integer("max-p", given.integer("maxp", plain.maxP(), 0), 0),
                given.integer("max-q", given.integer("maxq", plain.maxQ(), 0), 0),
                given.integer("max-order", plain.maxOrder(), 0),
                rule(given.text("d", "kpss")),
                given.choice("criterion", Criterion.AICC),
                given.choice("search", AutoArimaOptions.Search.STEPWISE),
                given.integer("max-candidates", plain.maxCandidates(), 1),
                ArimaOptions.defaults().withEffort(given.choice("effort", ArimaOptions.Effort.NORMAL)),
                seasonal(given));
    }

    private static SeasonalOptions seasonal(ToolOptions given) {
        int period = given.integer("period", given.integer("seasonal-period", 1, 1), 1);
        SeasonalOptions plain = SeasonalOptions.of(period);
        SeasonalOptions limited = plain.withOrders(
                given.integer("max-seasonal-p", plain.maxP(), 0), given.integer("max-seasonal-q", plain.maxQ(), 0));
        return period == 1 ? plain : limited.withDifference(seasonalRule(given.text("seasonal-d", "strength")));
    }

    private static DifferenceRule rule(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "adf" -> DifferenceRule.adf(LARGEST_D);
            case "adf1" -> DifferenceRule.adfOneLag(LARGEST_D);
            case "kpss" -> DifferenceRule.kpss(LARGEST_D);
            case "pp" -> DifferenceRule.phillipsPerron(LARGEST_D);
            default -> DifferenceRule.fixed(count("d", text, "kpss, adf, adf1, pp, 0, 1 or 2"));
        };
    }

    private static SeasonalDifferenceRule seasonalRule(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "strength" -> SeasonalDifferenceRule.strength();
            case "ocsb" -> SeasonalDifferenceRule.ocsb();
            case "ch" -> SeasonalDifferenceRule.canovaHansen();
            default -> SeasonalDifferenceRule.fixed(count("seasonal-d", text, "strength, ocsb, ch, 0 or 1"));
        };
    }

    private static int count(String name, String text, String choices) {
        Check.that(text.matches("\\d"), name + " must be " + choices + ", got '" + text + "'");
        return Integer.parseInt(text);
    }

    private static List<String> candidates(AutoArimaResult result) {
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
        return notes;
    }
}
