package org.lama.backtest.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lama.core.signal.ModelSummary;
import org.lama.core.signal.ShockLaw;

/** The forecast fan: the last observations, the mean and its intervals. */
@SuppressWarnings("ArrayRecordComponent") // a private carrier that is never compared
record ForecastFigures(
        RowAxis past, double[] history, List<ModelSummary.ForecastStep> steps, double[] levels, ShockLaw law) {
    private static final Tone[] SHADES = {
        Tone.SEQUENTIAL_1, Tone.SEQUENTIAL_2, Tone.SEQUENTIAL_3, Tone.SEQUENTIAL_4, Tone.SEQUENTIAL_5, Tone.SEQUENTIAL_6
    };

    /** Levels in per cent, any order; drawn from the widest to the narrowest. */
    static ForecastFigures of(RowAxis past, double[] history, ModelSummary model, double... levels) {
        double[] sorted = Arrays.stream(levels).distinct().sorted().toArray();
        return new ForecastFigures(past, history, model.forecast(), sorted, ShockLaw.of(model));
    }

    Figure fan(String title, String subtitle) {
        List<Heading.Key> keys = new ArrayList<>();
        keys.add(new Heading.Key("observed", Tone.INK, Heading.Mark.LINE));
        keys.add(new Heading.Key("forecast", Tone.BLUE, Heading.Mark.LINE));
        for (int k = 0; k < levels.length; k++) {
            keys.add(new Heading.Key(Numbers.significant(levels[k], 4) + " %", tone(k), Heading.Mark.BOX));
        }
        return Figure.of(new Heading(title, subtitle, keys), describe(), new Figure.Size(290, 250), this::draw);
    }

    /** The k-th level from below; the widest interval is the faintest. */
    private Tone tone(int k) {
        int width = levels.length - k;
        int shade = levels.length <= 3 ? 2 * width - (levels.length == 3 ? 2 : 1) : width - 1;
        return SHADES[Math.max(0, Math.min(SHADES.length - 1, shade))];
    }

    private void draw(Svg svg, Box box) {
        Box plot = box.inset(Panel.leftMargin(box.width()), 8, 14, 38);
        if (steps.isEmpty() && Arrays.stream(history).noneMatch(Double::isFinite)) {
            Panel.nothing(svg, plot, "Neither observations nor a forecast: nothing to draw.");
            return;
        }
        RowAxis axis = past.extended(steps.size());
        int last = history.length - 1;
        double[] ahead = Arrays.copyOfRange(axis.at(), Math.max(0, last), axis.at().length);
        List<double[]> edges = new ArrayList<>();
        edges.add(history);
        for (double level : levels) {
            edges.add(column(level, -1));
            edges.add(column(level, 1));
        }
        double[] range = Scale.padded(Scale.range(edges.toArray(double[][]::new)), 0.05);
        Panel panel = Panel.linear(svg, plot, axis.range(), range);
        panel.yGrid(Ticks.Unit.COMPACT, "");
        for (int k = levels.length - 1; k >= 0; k--) {
            svg.area(band(panel, ahead, edges.get(2 * k + 1), edges.get(2 * k + 2)), tone(k), 1);
        }
        axis.draw(panel);
        panel.line(past.at(), history, Tone.INK, 1.3);
        panel.line(ahead, column(0, 0), Tone.BLUE, 2);
    }

    /** One edge of an interval, beginning at the last observation. */
    private double[] column(double level, int side) {
        int known = history.length > 0 ? 1 : 0;
        double[] out = new double[steps.size() + known];
        if (known > 0) {
            out[0] = history[history.length - 1];
        }
        for (int k = 0; k < steps.size(); k++) {
            out[k + known] = edge(steps.get(k), level, side);
        }
        return out;
    }

    /** As the model says for 80 and 95 per cent, by its law for others. */
    private double edge(ModelSummary.ForecastStep step, double level, int side) {
        if (side == 0) {
            return step.mean();
        }
        return side < 0 ? law.lower(step, level) : law.upper(step, level);
    }

    private static String band(Panel panel, double[] at, double[] lower, double[] upper) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < at.length; i++) {
            point(out, panel, at[i], upper[i]);
        }
        for (int i = at.length - 1; i >= 0; i--) {
            point(out, panel, at[i], lower[i]);
        }
        return out.isEmpty() ? "" : out.append('Z').toString();
    }

    private static void point(StringBuilder out, Panel panel, double at, double value) {
        if (Double.isFinite(value)) {
            out.append(out.isEmpty() ? 'M' : 'L').append(Numbers.pixel(panel.x().map(at)));
            out.append(' ').append(Numbers.pixel(panel.y().map(value)));
        }
    }

    private String describe() {
        if (steps.isEmpty()) {
            return "The model gives no forecast.";
        }
        ModelSummary.ForecastStep last = steps.get(steps.size() - 1);
        return "After " + last.step() + " steps the forecast is " + Numbers.significant(last.mean(), 5)
                + ", with 95 % between " + Numbers.significant(last.lower95(), 5) + " and "
                + Numbers.significant(last.upper95(), 5) + ".";
    }
}
