package org.lama.backtest.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.lama.backtest.analytics.CapacityCurve;
import org.lama.core.base.Api;

/**
 * The capacity curve as a figure, in words and as a section of a report, the same for studies and backtests. Stateless and
 * thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class CapacityReport {
    private static final String ABOVE_ALL = "above all that were tried";

    /** More money than any market of coins holds: digits beyond it are no information. */
    private static final double LARGEST = 1e12;

    private CapacityReport() {}

    /**
     * The capital at which the mean return is 0, in a few words, with its interval.
     *
     * @param zero the capital, from {@link CapacityCurve#zero}
     * @return such as {@code 12,100,000 (95 % interval: 4,020,000 to 30,500,000)}, or why there is none
     */
    public static String words(CapacityCurve.Zero zero) {
        if (Double.isNaN(zero.capital())) {
            return "n/a, nothing is earned at any capital";
        }
        String interval = interval(zero, CapacityReport::plain);
        return (Double.isInfinite(zero.capital()) ? ABOVE_ALL : plain(zero.capital()))
                + (interval.isEmpty() ? "" : " (95 % interval: " + interval + ")");
    }

    /**
     * The capital at which the mean return is 0, in a few words.
     *
     * @param curve the curve, or the lack of one with its reason
     * @return as of its capital, or why there is none
     */
    public static String words(CapacityCurve curve) {
        return curve.whyUnknown().isEmpty() ? words(curve.zero()) : "n/a. " + curve.whyUnknown();
    }

    /** Both ends; an end of 0 means that nothing is earned at any capital. Empty where there is no interval. */
    private static String interval(CapacityCurve.Zero zero, DoubleFunction<String> number) {
        if (Double.isNaN(zero.low())) {
            return "";
        }
        if (zero.low() == zero.high() || Double.isInfinite(zero.low())) {
            return zero.low() == 0 ? "nothing earned at all" : "also above all that were tried";
        }
        return (zero.low() == 0 ? "0" : number.apply(zero.low())) + " to "
                + (Double.isInfinite(zero.high()) ? ABOVE_ALL : number.apply(zero.high()));
    }

    /** What a card of key figures adds; nothing if nothing is earned. */
    static String card(CapacityCurve curve) {
        double zero = curve.zero().capital();
        return Double.isNaN(zero)
                ? ""
                : " · capacity " + (Double.isInfinite(zero) ? ABOVE_ALL : Numbers.compact(rounded(zero)));
    }

    private static String plain(double capital) {
        return capital > LARGEST
                ? "more than 1,000,000,000,000"
                : String.format(Locale.ROOT, "%,.0f", rounded(capital));
    }

    /**
     * Sharpe ratio, with its intervals, and return against capital on a log axis.
     *
     * @param curve the curve
     * @param cash capital of the run itself
     * @param currency of the capital; empty for that of the quotes
     * @return the figure
     */
    public static Figure figure(CapacityCurve curve, double cash, String currency) {
        double[] capital = column(curve, 0);
        double[] sharpe = column(curve, 1);
        double[] earned = column(curve, 4);
        Heading heading = Heading.of(
                "How much capital it bears",
                "against capital" + in(currency) + ", log scale; bars: 95 % interval of the Sharpe ratio",
                new Heading.Key("Sharpe ratio", Tone.BLUE, Heading.Mark.LINE),
                new Heading.Key("return a year", Tone.GREEN, Heading.Mark.LINE),
                new Heading.Key("capital of this run", Tone.MUTED, Heading.Mark.DASH));
        return Figure.of(heading, sentence(curve, currency), new Figure.Size(330, 330), (svg, box) -> {
            Box area = box.inset(Panel.leftMargin(box.width()), 8, 18, 26);
            if (capital.length < 2) {
                Panel.nothing(svg, area, "Fewer than two capitals: nothing to draw.");
                return;
            }
            Panel upper = panel(svg, area.band(0, 0.46), capital, sharpe, column(curve, 2), column(curve, 3));
            upper.yGrid(Ticks.Unit.NUMBER, "Sharpe");
            whiskers(upper, curve);
            draw(upper, capital, sharpe, cash, Tone.BLUE);
            Panel lower = panel(svg, area.band(0.54, 1), capital, earned);
            lower.yGrid(Ticks.Unit.PERCENT, "Return a year");
            draw(lower, capital, earned, cash, Tone.GREEN);
            lower.xAxis(Ticks.logarithmic(capital[0], capital[capital.length - 1], lower.columns()), "");
        });
    }

    private static String in(String currency) {
        return " in " + (currency.isEmpty() ? "quote currency" : currency);
    }

    private static double[] column(CapacityCurve curve, int at) {
        return curve.points().stream()
                .mapToDouble(p -> switch (at) {
                    case 0 -> p.capital();
                    case 1 -> p.sharpe();
                    case 2 -> p.low();
                    case 3 -> p.high();
                    default -> p.annualReturn();
                })
                .toArray();
    }

    private static String sentence(CapacityCurve curve, String currency) {
        if (!curve.whyUnknown().isEmpty()) {
            return "n/a. " + curve.whyUnknown();
        }
        CapacityCurve.Zero zero = curve.zero();
        if (Double.isNaN(zero.capital())) {
            return "Nothing is earned at any of these capitals.";
        }
        String middle = Double.isInfinite(zero.capital())
                ? "No capital shown brings the mean return to 0"
                : "The mean return reaches 0 at a capital of " + Numbers.compact(rounded(zero.capital()))
                        + (currency.isEmpty() ? "" : " " + currency);
        String interval = interval(zero, capital -> Numbers.compact(rounded(capital)));
        return middle + (interval.isEmpty() ? "." : " (95 % interval: " + interval + ").");
    }

    /** Three digits: more would promise what the law of impact does not hold. */
    private static double rounded(double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            return value;
        }
        double unit = Math.pow(10, Math.floor(Math.log10(value)) - 2);
        return Math.rint(value / unit) * unit;
    }

    /** Far below 0 a curve says nothing more: the axis ends at as much below 0 as the curve rises above it. */
    private static Panel panel(Svg svg, Box plot, double[] capital, double[]... values) {
        double[][] all = Arrays.copyOf(values, values.length + 1);
        all[values.length] = new double[] {0};
        double[] range = Scale.range(all);
        double low = range[1] > 0 ? Math.max(range[0], -range[1]) : range[0];
        double[] padded = Scale.padded(new double[] {low, range[1]}, 0.08);
        return new Panel(
                svg,
                plot,
                Scale.logarithmic(capital[0], capital[capital.length - 1], plot.left(), plot.right()),
                Scale.linear(padded[0], padded[1], plot.bottom(), plot.top()));
    }

    /** Cut at the ends of the axis, which is made for the curve. */
    private static void whiskers(Panel panel, CapacityCurve curve) {
        for (CapacityCurve.Point point : curve.points()) {
            double low = Math.max(point.low(), panel.y().low());
            double high = Math.min(point.high(), panel.y().high());
            if (low < high) {
                double x = panel.x().map(point.capital());
                panel.svg().line(x, panel.y().map(low), x, panel.y().map(high), Tone.SEQUENTIAL_5, 2.4);
            }
        }
    }

    private static void draw(Panel panel, double[] capital, double[] values, double cash, Tone tone) {
        panel.level(0, Tone.FRAME);
        double x = panel.x().map(cash);
        panel.svg().dashed(x, panel.plot().top(), x, panel.plot().bottom(), Tone.MUTED);
        double[] shown = Arrays.stream(values)
                .map(v -> v >= panel.y().low() ? v : Double.NaN)
                .toArray();
        panel.line(capital, shown, tone, 1.7);
        for (int k = 0; k < capital.length; k++) {
            if (Double.isFinite(shown[k])) {
                panel.svg().dot(panel.x().map(capital[k]), panel.y().map(shown[k]), 2.6, tone, false);
            }
        }
    }

    /** The section of a report. */
    static ReportSection section(CapacityCurve curve, double cash, String currency, List<String> limits) {
        if (!curve.whyUnknown().isEmpty()) {
            return ReportSection.titled("Capacity").text(sentence(curve, currency));
        }
        String how = curve.isOfRecordedFills()
                ? "From the recorded fills, each taken as many times as large: it moves the price against itself by the day's"
                        + " volatility times the root of its share of the day's traded value, on top of the assumed costs"
                        + " unless they depend on the market already."
                : "Run again with each capital under costs that grow with the size of an order: those asked for, and to flat"
                        + " ones square-root impact is added (the day's volatility times the root of the order's share of the"
                        + " day's traded value).";
        return ReportSection.titled("Capacity")
                .text(sentence(curve, currency))
                .figure(figure(curve, cash, currency))
                .table(ReportTable.of("Capacity", curve)
                        .format(ReportTable.Format.PERCENT, "annualReturn")
                        .format(ReportTable.Format.FIXED_2, "sharpe", "low", "high")
                        .format(ReportTable.Format.WHOLE, "capital")
                        .folded())
                .note(how + String.join("", limits.stream().map(s -> " " + s).toList())
                        + " Intervals: stationary bootstrap, the same blocks for all capitals; they know nothing of how"
                        + " wrong the law of impact is. A real book is thinner when it matters.");
    }
}
