package org.lama.backtest.report;

import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * One number that matters, with its uncertainty and what to hold it against.
 *
 * @param name what it is, in words
 * @param value the number as it should read
 * @param interval its uncertainty in words, such as {@code 95 %: -0.3 to 1.2}; empty if there is none
 * @param against what to compare with, such as {@code buy and hold 0.45}; empty if there is nothing
 * @param whisker the interval as numbers for the small drawing; {@link Whisker#NONE} if there is none
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record KeyFigure(String name, String value, String interval, String against, Whisker whisker) {
    /**
     * Checks the parts.
     *
     * @param name what it is, in words
     * @param value the number as it should read
     * @param interval its uncertainty in words, such as {@code 95 %: -0.3 to 1.2}; empty if there is none
     * @param against what to compare with, such as {@code buy and hold 0.45}; empty if there is nothing
     * @param whisker the interval as numbers for the small drawing; {@link Whisker#NONE} if there is none
     */
    public KeyFigure {
        Check.notBlank(name, "name");
        Check.notNull(value, "value");
        Check.notNull(interval, "interval");
        Check.notNull(against, "against");
        Check.notNull(whisker, "whisker");
    }

    /**
     * An interval with its point.
     *
     * @param low lower end, NaN if unknown
     * @param point the estimate
     * @param high upper end, NaN if unknown
     */
    public record Whisker(double low, double point, double high) {
        /** No interval. */
        public static final Whisker NONE = new Whisker(Double.NaN, Double.NaN, Double.NaN);

        boolean known() {
            return Double.isFinite(low) && Double.isFinite(high) && Double.isFinite(point);
        }
    }

    /**
     * A number without uncertainty.
     *
     * @param name what it is
     * @param value the number as it should read
     * @param against what to compare with; may be empty
     * @return the figure
     */
    public static KeyFigure of(String name, String value, String against) {
        return new KeyFigure(name, value, "", against, Whisker.NONE);
    }

    /**
     * A plain number with an interval, two decimals.
     *
     * @param name what it is
     * @param whisker estimate and interval
     * @param against what to compare with; may be empty
     * @return the figure
     */
    public static KeyFigure number(String name, Whisker whisker, String against) {
        String interval = whisker.known()
                ? "95 %: " + Numbers.fixed(whisker.low(), 2) + " to " + Numbers.fixed(whisker.high(), 2)
                : "";
        return new KeyFigure(name, Numbers.fixed(whisker.point(), 2), interval, against, whisker);
    }

    /**
     * A fraction in per cent with an interval, one decimal.
     *
     * @param name what it is
     * @param whisker estimate and interval as fractions
     * @param against what to compare with; may be empty
     * @return the figure
     */
    public static KeyFigure percent(String name, Whisker whisker, String against) {
        String interval = whisker.known()
                ? "95 %: " + Numbers.percent(whisker.low(), 1) + " to " + Numbers.percent(whisker.high(), 1)
                : "";
        return new KeyFigure(name, Numbers.percent(whisker.point(), 1), interval, against, whisker);
    }

    void write(StringBuilder out) {
        out.append("<div class=\"card\"><dt>").append(Html.escape(name)).append("</dt><dd class=\"value\">");
        out.append(Html.escape(value)).append("</dd>\n");
        if (whisker.known()) {
            out.append("<dd class=\"whisker\">").append(drawing()).append("</dd>\n");
        }
        if (!interval.isEmpty()) {
            out.append("<dd>").append(Html.escape(interval)).append("</dd>\n");
        }
        if (!against.isEmpty()) {
            out.append("<dd>").append(Html.escape(against)).append("</dd>\n");
        }
        out.append("</div>\n");
    }

    /** A bar from low to high with the point on it and a thin line at zero. */
    private String drawing() {
        double low = Math.min(Math.min(whisker.low(), whisker.point()), 0);
        double high = Math.max(Math.max(whisker.high(), whisker.point()), 0);
        Scale x = Scale.linear(low, high, 5, 135);
        Svg svg = new Svg();
        boolean clear = whisker.low() > 0 || whisker.high() < 0;
        svg.line(x.map(0), 1, x.map(0), 13, Tone.FRAME, 1);
        svg.line(x.map(whisker.low()), 7, x.map(whisker.high()), 7, clear ? Tone.BLUE : Tone.GREY, 3);
        svg.dot(x.map(whisker.point()), 7, 4, clear ? Tone.BLUE : Tone.INK, false);
        return "<svg viewBox=\"0 0 140 14\" width=\"140\" height=\"14\" aria-hidden=\"true\">" + svg.body() + "</svg>";
    }
}
