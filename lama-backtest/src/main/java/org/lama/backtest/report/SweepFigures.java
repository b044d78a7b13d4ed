package org.lama.backtest.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.lama.backtest.sweep.TrialColumns;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.search.Direction;
import org.lama.core.search.Parameter;

/**
 * Figures of a sweep: a metric over two parameters, over one, over all at once, and how much each parameter matters. Trials
 * without a value leave gaps. Of more trials than a figure can show, evenly chosen ones are drawn; cells and lines are
 * computed from all. Stateless and thread-safe; O(trials · log trials).
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class SweepFigures {
    /** So many that each can hold its number. */
    private static final int MOST_CELLS = 16;

    private static final int MOST_BANDS = 40;
    private static final int MOST_DOTS = 1500;
    private static final int MOST_LINES = 160;
    private static final double GOOD_SHARE = 0.1;
    private static final String NONE = "No trial has a value.";

    private SweepFigures() {}

    /**
     * The median metric of the trials in each cell of two parameters; colours run around zero where there are both signs. Ranges
     * with more than 16 values are put into 16 bins.
     *
     * @param trials all trials
     * @param metric its name
     * @param down parameter of the rows
     * @param across parameter of the columns
     * @return the figure
     */
    public static Figure heatMap(TrialColumns trials, String metric, String down, String across) {
        Bands rows = Bands.of(trials, dimension(trials, down), MOST_CELLS);
        Bands columns = Bands.of(trials, dimension(trials, across), MOST_CELLS);
        List<List<List<Double>>> values = new ArrayList<>();
        for (int r = 0; r < rows.labels().size(); r++) {
            values.add(IntStream.range(0, columns.labels().size())
                    .<List<Double>>mapToObj(c -> new ArrayList<>())
                    .toList());
        }
        for (int i = 0; i < trials.size(); i++) {
            int r = rows.band()[i];
            int c = columns.band()[i];
            if (r >= 0 && c >= 0 && !Double.isNaN(trials.value(i))) {
                values.get(r).get(c).add(trials.value(i));
            }
        }
        double[][] cells = new double[rows.labels().size()][columns.labels().size()];
        for (int r = 0; r < cells.length; r++) {
            for (int c = 0; c < cells[r].length; c++) {
                cells[r][c] = median(values.get(r).get(c));
            }
        }
        return HeatMaps.matrix(
                metric + " by " + down + " and " + across,
                "median of the trials in a cell; rows are " + down + ", columns " + across,
                new HeatMaps.Grid(rows.labels(), columns.labels(), cells));
    }

    /**
     * The metric of each trial over one parameter, with the median along it.
     *
     * @param trials all trials
     * @param metric its name
     * @param parameter its name
     * @return the figure
     */
    public static Figure slice(TrialColumns trials, String metric, String parameter) {
        int dimension = dimension(trials, parameter);
        Bands bands = Bands.of(trials, dimension, MOST_BANDS);
        int[] known = IntStream.range(0, trials.size())
                .filter(i -> bands.band()[i] >= 0 && !Double.isNaN(trials.value(i)))
                .toArray();
        double[] medians = medians(trials, bands);
        double[] range =
                Scale.range(Arrays.stream(known).mapToDouble(trials::value).toArray());
        String words = known.length == 0
                ? NONE
                : Numbers.fixed(known.length, 0) + " trials; the median goes from "
                        + Numbers.significant(Scale.range(medians)[0], 3) + " to "
                        + Numbers.significant(Scale.range(medians)[1], 3) + ".";
        Heading heading = Heading.of(
                metric + " by " + parameter,
                "one dot per trial, whatever the other parameters",
                new Heading.Key("trial", Tone.GREY, Heading.Mark.DOT),
                new Heading.Key("median", Tone.BLUE, Heading.Mark.LINE));
        return Figure.of(heading, words, new Figure.Size(260, 230), (svg, box) -> {
            Box plot = box.inset(Panel.leftMargin(box.width()), 8, 14, 38);
            if (known.length == 0) {
                Panel.nothing(svg, plot, NONE);
                return;
            }
            Panel panel = Panel.linear(
                    svg, plot, new double[] {-0.5, bands.labels().size() - 0.5}, Scale.padded(range, 0.05));
            panel.yGrid(Ticks.Unit.NUMBER, "");
            bandAxis(panel, bands, parameter);
            int stride = (known.length + MOST_DOTS - 1) / MOST_DOTS;
            for (int k = 0; k < known.length; k += stride) {
                double x = panel.x().map(bands.place()[known[k]]);
                svg.dot(x, panel.y().map(trials.value(known[k])), 1.6, Tone.GREY, false);
            }
            medianLines(panel, medians, trials.space().parameters().get(dimension) instanceof Parameter.Categorical);
        });
    }

    /** Between choices there is nothing, so each has a stroke of its own. */
    private static void medianLines(Panel panel, double[] medians, boolean apart) {
        if (!apart) {
            panel.line(IntStream.range(0, medians.length).asDoubleStream().toArray(), medians, Tone.BLUE, 2);
            return;
        }
        for (int k = 0; k < medians.length; k++) {
            panel.line(new double[] {k - 0.25, k + 0.25}, new double[] {medians[k], medians[k]}, Tone.BLUE, 2);
        }
    }

    private static double[] medians(TrialColumns trials, Bands bands) {
        List<List<Double>> values = new ArrayList<>();
        bands.labels().forEach(label -> values.add(new ArrayList<>()));
        for (int i = 0; i < trials.size(); i++) {
            if (bands.band()[i] >= 0 && !Double.isNaN(trials.value(i))) {
                values.get(bands.band()[i]).add(trials.value(i));
            }
        }
        return values.stream().mapToDouble(SweepFigures::median).toArray();
    }

    private static void bandAxis(Panel panel, Bands bands, String title) {
        int n = bands.labels().size();
        int stride = (n + panel.columns() - 1) / panel.columns();
        List<Ticks.Tick> ticks = new ArrayList<>();
        for (int k = 0; k < n; k += stride) {
            ticks.add(new Ticks.Tick(k, bands.labels().get(k)));
        }
        panel.xAxis(ticks, title);
    }

    /**
     * One line per trial across all parameters and the metric; the best tenth stands out.
     *
     * @param trials all trials
     * @param metric its name
     * @param direction what is good
     * @return the figure
     */
    public static Figure parallelCoordinates(TrialColumns trials, String metric, Direction direction) {
        int[] known = IntStream.range(0, trials.size())
                .filter(i -> !Double.isNaN(trials.value(i)))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> direction.loss(trials.value(i))))
                .mapToInt(Integer::intValue)
                .toArray();
        int good = (int) Math.ceil(known.length * GOOD_SHARE);
        Heading heading = Heading.of(
                "Parameters and " + metric + " of the trials",
                "each line is a trial",
                new Heading.Key("best tenth", Tone.BLUE, Heading.Mark.LINE),
                new Heading.Key("others", Tone.FRAME, Heading.Mark.LINE));
        String words = known.length == 0
                ? NONE
                : Numbers.fixed(known.length, 0) + " trials; the best tenth reaches "
                        + Numbers.significant(trials.value(known[Math.max(0, good - 1)]), 3) + " or better.";
        return Figure.of(heading, words, new Figure.Size(320, 300), (svg, box) -> {
            if (known.length == 0) {
                Panel.nothing(svg, box.inset(12, 0, 12, 0), NONE);
                return;
            }
            Axes axes = new Axes(svg, box.inset(40, 20, 52, 26), trials, metric, known);
            axes.lines(Arrays.copyOfRange(known, good, known.length), Tone.FRAME, 0.7);
            axes.lines(Arrays.copyOf(known, good), Tone.BLUE, 1.1);
            axes.draw();
        });
    }

    /** Upright axes, one per parameter and one for the metric. */
    @SuppressWarnings("ArrayRecordComponent") // a private carrier that is never compared
    private record Axes(Svg svg, Box plot, TrialColumns trials, String metric, int[] known) {
        private List<Parameter> parameters() {
            return trials.space().parameters();
        }

        private double x(int axis) {
            return plot.left() + plot.width() * axis / Math.max(1, parameters().size());
        }

        private double[] valueRange() {
            return Scale.range(Arrays.stream(known).mapToDouble(trials::value).toArray());
        }

        void draw() {
            for (int d = 0; d <= parameters().size(); d++) {
                boolean value = d == parameters().size();
                String name = value ? metric : parameters().get(d).name();
                svg.line(x(d), plot.top(), x(d), plot.bottom(), Tone.MUTED, 1);
                double slot = plot.width() / Math.max(1, parameters().size());
                svg.text(
                        x(d),
                        plot.top() - 8,
                        PlainFigures.clip(name, slot),
                        Svg.Face.STRONG,
                        Tone.INK,
                        Svg.Anchor.MIDDLE);
                if (!value && parameters().get(d) instanceof Parameter.Categorical) {
                    choices(d, slot);
                    continue;
                }
                svg.text(x(d), plot.bottom() + 14, end(d, 0), Svg.Face.SMALL, Tone.MUTED, Svg.Anchor.MIDDLE);
                if (value) {
                    svg.text(x(d) + 5, plot.top() + 4, end(d, 1), Svg.Face.SMALL, Tone.MUTED, Svg.Anchor.START);
                } else {
                    svg.text(x(d) - 4, plot.top() + 4, end(d, 1), Svg.Face.SMALL, Tone.MUTED, Svg.Anchor.END);
                }
            }
        }

        /** Choices stand where their lines meet, on the side that has room. */
        private void choices(int axis, double slot) {
            Parameter parameter = parameters().get(axis);
            Scale y = Scale.linear(0, 1, plot.bottom(), plot.top());
            long count = parameter.count().orElse(0);
            double room = axis == 0 ? plot.left() : slot / 2;
            // more words than fit above each other are left out evenly
            long stride = Math.max(1, (long) Math.ceil(count * 11 / plot.height()));
            for (long k = 0; k < count; k += stride) {
                double coordinate = parameter.at(k);
                svg.text(
                        x(axis) - 5,
                        y.map(parameter.toUnit(coordinate)) - 3,
                        PlainFigures.clip(parameter.text(coordinate), room),
                        Svg.Face.SMALL,
                        Tone.INK,
                        Svg.Anchor.END);
            }
        }

        private String end(int axis, double share) {
            if (axis == parameters().size()) {
                return Numbers.significant(valueRange()[(int) share], 3);
            }
            Parameter parameter = parameters().get(axis);
            String text = parameter.text(parameter.fromUnit(share));
            return text.length() <= 8 ? text : shortened(text);
        }

        private static String shortened(String text) {
            try {
                return Numbers.significant(Double.parseDouble(text), 3);
            } catch (NumberFormatException word) {
                return text.substring(0, 7) + "…";
            }
        }

        void lines(int[] rows, Tone tone, double width) {
            double[] range = valueRange();
            Scale y = Scale.linear(0, 1, plot.bottom(), plot.top());
            Scale value = Scale.linear(range[0], range[1], plot.bottom(), plot.top());
            int stride = (rows.length + MOST_LINES - 1) / MOST_LINES;
            for (int k = 0; k < rows.length; k += Math.max(1, stride)) {
                StringBuilder path = new StringBuilder();
                for (int d = 0; d <= parameters().size(); d++) {
                    double at;
                    if (d == parameters().size()) {
                        at = value.map(trials.value(rows[k]));
                    } else {
                        double coordinate = trials.coordinate(d, rows[k]);
                        at = Double.isNaN(coordinate)
                                ? Double.NaN
                                : y.map(parameters().get(d).toUnit(coordinate));
                    }
                    if (!Double.isNaN(at)) {
                        path.append(path.isEmpty() ? "M" : "L").append(Numbers.pixel(x(d)));
                        path.append(' ').append(Numbers.pixel(at));
                    }
                }
                svg.path(path.toString(), tone, width);
            }
        }
    }

    /**
     * How much of the metric's variance each parameter explains.
     *
     * @param metric its name
     * @param shares fractions by parameter; empty if they could not be computed
     * @return the figure
     */
    public static Figure importance(String metric, Map<String, Double> shares) {
        Map<String, Double> sorted = new LinkedHashMap<>();
        shares.entrySet().stream()
                .filter(each -> Double.isFinite(each.getValue()))
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .forEach(each -> sorted.put(each.getKey(), each.getValue()));
        return PlainFigures.bars(
                "What " + metric + " depends on",
                "share of its variance over the space that each parameter explains alone",
                new PlainFigures.Bars(
                        List.copyOf(sorted.keySet()),
                        sorted.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray(),
                        Ticks.Unit.PERCENT,
                        -1));
    }

    private static int dimension(TrialColumns trials, String name) {
        int at = trials.space().names().indexOf(name);
        Check.that(at >= 0, "parameter must be one of " + trials.space().names() + ", got '" + name + "'");
        return at;
    }

    private static double median(List<Double> values) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /**
     * The values of a parameter in bands: each for itself where they are few, else in equal parts of its range.
     *
     * @param labels one per band
     * @param band of each trial, -1 where the parameter does not exist
     * @param place of each trial on an axis on which band k stands at k
     */
    @SuppressWarnings("ArrayRecordComponent") // a private carrier that is never compared
    private record Bands(List<String> labels, int[] band, double[] place) {
        static Bands of(TrialColumns trials, int dimension, int most) {
            Parameter parameter = trials.space().parameters().get(dimension);
            TreeSet<Double> distinct = new TreeSet<>();
            for (int i = 0; i < trials.size() && distinct.size() <= most; i++) {
                double coordinate = trials.coordinate(dimension, i);
                if (!Double.isNaN(coordinate)) {
                    distinct.add(coordinate);
                }
            }
            boolean few = distinct.size() <= most || parameter instanceof Parameter.Categorical;
            return few ? each(trials, dimension, parameter) : binned(trials, dimension, most);
        }

        private static Bands each(TrialColumns trials, int dimension, Parameter parameter) {
            TreeMap<Double, Integer> places = new TreeMap<>();
            for (int i = 0; i < trials.size(); i++) {
                double coordinate = trials.coordinate(dimension, i);
                if (!Double.isNaN(coordinate)) {
                    places.put(coordinate, 0);
                }
            }
            List<String> labels = new ArrayList<>();
            for (Map.Entry<Double, Integer> place : places.entrySet()) {
                place.setValue(labels.size());
                labels.add(parameter.text(place.getKey()));
            }
            int[] band = new int[trials.size()];
            double[] at = new double[band.length];
            for (int i = 0; i < band.length; i++) {
                band[i] = places.getOrDefault(trials.coordinate(dimension, i), -1);
                at[i] = band[i];
            }
            return new Bands(labels, band, at);
        }

        private static Bands binned(TrialColumns trials, int dimension, int most) {
            Parameter parameter = trials.space().parameters().get(dimension);
            List<String> labels = new ArrayList<>();
            for (int k = 0; k < most; k++) {
                String text = parameter.text(parameter.fromUnit((k + 0.5) / most));
                labels.add(text.length() <= 8 ? text : Numbers.significant(Double.parseDouble(text), 3));
            }
            int[] band = new int[trials.size()];
            double[] at = new double[band.length];
            for (int i = 0; i < band.length; i++) {
                double coordinate = trials.coordinate(dimension, i);
                double unit = Double.isNaN(coordinate) ? Double.NaN : parameter.toUnit(coordinate);
                band[i] = Double.isNaN(unit) ? -1 : Math.min(most - 1, (int) (unit * most));
                at[i] = unit * most - 0.5;
            }
            return new Bands(labels, band, at);
        }
    }
}
