package org.lama.models.anomaly;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.lama.core.base.Check;
import org.lama.core.series.Frame;
import org.lama.core.signal.ModelTool.Action;
import org.lama.models.anomaly.IsolationForestOptions.Missing;
import org.lama.models.anomaly.IsolationForestOptions.Scoring;
import org.lama.models.fit.ToolOptions;

/** What the anomaly tool was asked for, read from its options; empty where not given. */
record AnomalyRequest(
        ToolOptions given, List<String> columns, String label, double contamination, String modelOut, String model) {
    private static final List<String> SHARED = List.of("columns", "label", "top");
    private static final List<String> SETTINGS = List.of(
            "trees",
            "sample",
            "seed",
            "variant",
            "features-per-split",
            "depth-limit",
            "scoring",
            "missing",
            "contamination");
    private static final int DEFAULT_TOP = 10;

    private enum Variant {
        STANDARD,
        EXTENDED
    }

    static AnomalyRequest of(Action action, Map<String, String> options) {
        List<String> known = new ArrayList<>(SHARED);
        known.addAll(SETTINGS);
        known.add(action == Action.FIT ? "model-out" : "model");
        ToolOptions given = new ToolOptions(options, known);
        String model = given.text("model", "");
        for (String setting : SETTINGS) {
            Check.that(
                    model.isEmpty() || !options.containsKey(setting),
                    "option '" + setting + "' must be left out with model, whose settings are those of its fit");
        }
        double contamination = number("contamination", given.text("contamination", "0.01"));
        Check.positive(contamination, "contamination");
        Check.inRange(contamination, 0, 0.5, "contamination");
        return new AnomalyRequest(
                given,
                names(given.text("columns", "")),
                given.text("label", ""),
                contamination,
                given.text("model-out", ""),
                model);
    }

    IsolationForestOptions forest(long fallbackSeed) {
        Variant variant = given.choice("variant", Variant.STANDARD);
        int width = given.integer("features-per-split", variant == Variant.STANDARD ? 1 : 2, 1);
        Check.that(
                variant == Variant.EXTENDED || width == 1,
                "features-per-split must be 1 with variant=standard, got " + width + "; choose variant=extended");
        Scoring scoring = given.choice("scoring", Scoring.DEPTH);
        Check.that(
                scoring != Scoring.BOXED_DENSITY || width == 1,
                "scoring=boxed-density needs cuts by one column, got " + width
                        + " columns per cut; choose variant=standard or scoring=density");
        return new IsolationForestOptions(
                given.integer("trees", 100, 1),
                given.integer("sample", 256, 2),
                seed(given.text("seed", Long.toString(fallbackSeed))),
                given.choice("missing", Missing.REFUSE),
                scoring,
                width,
                given.integer("depth-limit", 0, 0));
    }

    /** How many rows are explained. */
    int top() {
        return given.integer("top", DEFAULT_TOP, 0);
    }

    /** The named columns, or all but the label. */
    List<String> featuresOf(Frame data) {
        List<String> features = new ArrayList<>(columns.isEmpty() ? data.columnNames() : columns);
        if (columns.isEmpty()) {
            features.remove(label);
        }
        Check.that(!features.isEmpty(), "columns must name at least one feature, got none beside the label");
        return features;
    }

    private static List<String> names(String text) {
        List<String> names = new ArrayList<>();
        if (text.isEmpty()) {
            return names;
        }
        for (String part : text.split(",", -1)) {
            names.add(Check.notBlank(part, "a name in columns").trim());
        }
        Check.that(
                new HashSet<>(names).size() == names.size(), "columns must be different from each other, got " + names);
        return names;
    }

    private static double number(String name, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a number, got '" + text + "'", e);
        }
    }

    private static long seed(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("seed must be a whole number, got '" + text + "'", e);
        }
    }
}
