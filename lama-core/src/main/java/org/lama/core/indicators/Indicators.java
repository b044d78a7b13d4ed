package org.lama.core.indicators;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Suggestion;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;

/**
 * All indicators by name, with their inputs, lines, parameters and defaults; {@code docs/models/indicators.md} has the
 * formulas and sources. Definitions, first values included, are those of TA-Lib 0.8. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Indicators {
    private static final double LONGEST = 10_000_000;
    private static final List<String> ONE = List.of("value");
    private static final List<String> CLOSE = List.of(Columns.CLOSE);
    private static final List<String> RANGE = List.of(Columns.HIGH, Columns.LOW);
    private static final List<String> BAR = List.of(Columns.HIGH, Columns.LOW, Columns.CLOSE);
    private static final List<String> TRADED = List.of(Columns.HIGH, Columns.LOW, Columns.CLOSE, Columns.VOLUME);
    private static final List<String> PAIR = List.of("first", "second");
    private static final Map<String, Entry> ENTRIES = entries();

    /**
     * A parameter of an indicator.
     *
     * @param name its name
     * @param defaultValue what it is if not given
     * @param least the smallest allowed value
     * @param most the largest allowed value
     * @param whole whether it must be a whole number
     */
    public record Parameter(String name, double defaultValue, double least, double most, boolean whole) {
        /**
         * Nothing to check: the registry makes them.
         *
         * @param name its name
         * @param defaultValue what it is if not given
         * @param least the smallest allowed value
         * @param most the largest allowed value
         * @param whole whether it must be a whole number
         */
        public Parameter {
            Check.notBlank(name, "name");
        }

        private double checked(double value) {
            Check.inRange(value, least, most, name);
            Check.that(!whole || value == Math.rint(value), name + " must be a whole number, got " + value);
            return value;
        }
    }

    /**
     * What an indicator is.
     *
     * @param name the name by which it is made
     * @param title its name in words
     * @param inputs columns of an update, in order; {@code first} and {@code second} for any two columns
     * @param lines results, in order
     * @param parameters parameters, in order
     */
    public record Description(
            String name, String title, List<String> inputs, List<String> lines, List<Parameter> parameters) {
        /**
         * Copies the lists.
         *
         * @param name the name by which it is made
         * @param title its name in words
         * @param inputs columns of an update, in order; {@code first} and {@code second} for any two columns
         * @param lines results, in order
         * @param parameters parameters, in order
         */
        public Description {
            inputs = List.copyOf(inputs);
            lines = List.copyOf(lines);
            parameters = List.copyOf(parameters);
        }
    }

    private record Entry(Description description, Function<double[], Kernel> maker) {}

    private Indicators() {}

    /**
     * The names of all indicators.
     *
     * @return names, averages first
     */
    public static List<String> names() {
        return List.copyOf(ENTRIES.keySet());
    }

    /**
     * What an indicator is.
     *
     * @param name one of {@link #names()}
     * @return inputs, lines and parameters
     * @throws IllegalArgumentException if there is none, naming the nearest
     */
    public static Description describe(String name) {
        return entry(name).description();
    }

    /**
     * An indicator with its parameters in order; the ones left out at the end have their defaults.
     *
     * @param name one of {@link #names()}
     * @param parameters such as 12, 26, 9
     * @return a new indicator
     * @throws IllegalArgumentException if the name or a parameter is wrong
     */
    public static Indicator of(String name, double... parameters) {
        Entry entry = entry(name);
        List<Parameter> known = entry.description().parameters();
        Check.that(
                parameters.length <= known.size(),
                name + " has the parameters " + parameterNames(known) + ", got " + parameters.length + " values");
        double[] values = defaults(known);
        System.arraycopy(parameters, 0, values, 0, parameters.length);
        return make(entry, values);
    }

    /**
     * An indicator with its parameters by name; the ones left out have their defaults.
     *
     * @param name one of {@link #names()}
     * @param parameters values by name
     * @return a new indicator
     * @throws IllegalArgumentException if a name or a value is wrong, naming the nearest
     */
    public static Indicator of(String name, Map<String, Double> parameters) {
        Entry entry = entry(name);
        List<Parameter> known = entry.description().parameters();
        double[] values = defaults(known);
        parameters.forEach((key, value) -> values[place(name, known, key)] = value);
        return make(entry, values);
    }

    /**
     * Reads such as {@code rsi}, {@code macd(12,26,9)} or {@code bbands(window=20, up=2.5)}.
     *
     * @param text a name, perhaps with parameters in brackets, in order or by name, in order first
     * @return a new indicator
     * @throws IllegalArgumentException if the text is none, saying why
     */
    public static Indicator parse(String text) {
        String trimmed = Check.notBlank(text, "indicator").trim();
        int open = trimmed.indexOf('(');
        if (open < 0) {
            return of(trimmed);
        }
        Check.that(trimmed.endsWith(")"), "indicator must end with ')', got '" + text + "'");
        String name = trimmed.substring(0, open).trim();
        Entry entry = entry(name);
        List<Parameter> known = entry.description().parameters();
        double[] values = defaults(known);
        String inside = trimmed.substring(open + 1, trimmed.length() - 1).trim();
        String[] parts = inside.isEmpty() ? new String[0] : inside.split(",", -1);
        for (int k = 0; k < parts.length; k++) {
            int equals = parts[k].indexOf('=');
            Check.that(
                    equals >= 0 || k < known.size(),
                    name + " has the parameters " + parameterNames(known) + ", got '" + text + "'");
            int at = equals < 0
                    ? k
                    : place(name, known, parts[k].substring(0, equals).trim());
            values[at] =
                    number(parts[k].substring(equals + 1).trim(), known.get(at).name());
        }
        return make(entry, values);
    }

    /**
     * Adds an indicator's lines to a frame, over its default columns. A line's column is named by the label, such as
     * {@code sma(20)}, with more lines as {@code macd(12,26,9).signal}.
     *
     * @param bars a frame with the columns of {@link Indicator#inputs()}
     * @param indicator the indicator; its stream is left alone
     * @return the same rows with more columns
     */
    public static Frame addTo(Frame bars, Indicator indicator) {
        return addTo(bars, indicator, indicator.inputs());
    }

    /**
     * Adds an indicator's lines to a frame, over given columns.
     *
     * @param bars a frame
     * @param indicator the indicator; its stream is left alone
     * @param columns as many columns as the indicator has inputs, in their order
     * @return the same rows with more columns
     */
    public static Frame addTo(Frame bars, Indicator indicator, List<String> columns) {
        double[][] in = new double[columns.size()][];
        for (int k = 0; k < in.length; k++) {
            in[k] = bars.column(columns.get(k)).toArray();
        }
        List<String> lines = indicator.lines();
        double[][] out = new double[lines.size()][bars.size()];
        indicator.compute(in, out);
        String label = columns.equals(indicator.inputs())
                ? indicator.label()
                : indicator.label() + "[" + String.join(",", columns) + "]";
        Frame more = bars;
        for (int k = 0; k < out.length; k++) {
            more = more.with(out.length == 1 ? label : label + "." + lines.get(k), out[k]);
        }
        return more;
    }

    private static Entry entry(String name) {
        Entry entry = ENTRIES.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("indicator must be one of " + ENTRIES.keySet() + ", got '" + name + "'"
                    + Suggestion.alike(name, ENTRIES.keySet()));
        }
        return entry;
    }

    private static double[] defaults(List<Parameter> known) {
        return known.stream().mapToDouble(Parameter::defaultValue).toArray();
    }

    private static List<String> parameterNames(List<Parameter> known) {
        return known.stream().map(Parameter::name).toList();
    }

    private static int place(String name, List<Parameter> known, String parameter) {
        List<String> names = parameterNames(known);
        int at = names.indexOf(parameter);
        Check.that(
                at >= 0,
                name + " has the parameters " + names + ", not '" + parameter + "'"
                        + Suggestion.alike(parameter, names));
        return at;
    }

    private static double number(String text, String name) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(name + " must be a number, got '" + text + "'", notANumber);
        }
    }

    private static Indicator make(Entry entry, double[] values) {
        Description description = entry.description();
        StringJoiner label = new StringJoiner(",", description.name() + "(", ")");
        for (int k = 0; k < values.length; k++) {
            double value = description.parameters().get(k).checked(values[k]);
            label.add(value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value));
        }
        String text = values.length == 0 ? description.name() : label.toString();
        Function<double[], Kernel> maker = entry.maker();
        return new Indicator(text, description.inputs(), description.lines(), () -> maker.apply(values));
    }

    private static Parameter bars(String name, int value) {
        return new Parameter(name, value, 1, LONGEST, true);
    }

    private static Parameter bars(String name, int value, int least) {
        return new Parameter(name, value, least, LONGEST, true);
    }

    private static Parameter factor(String name, double value, double most) {
        return new Parameter(name, value, 0, most, false);
    }

    private static int whole(double[] values, int at) {
        return (int) values[at];
    }

    /** Collects the entries in the order in which they are listed. */
    private static final class Book {
        private final Map<String, Entry> entries = new LinkedHashMap<>();

        /** Name and title in one text, parted by a colon. */
        Book add(
                String names,
                List<String> inputs,
                List<String> lines,
                Function<double[], Kernel> maker,
                Parameter... parameters) {
            int colon = names.indexOf(": ");
            String name = names.substring(0, colon);
            Description description = new Description(
                    name, names.substring(colon + 2), inputs, lines, new ArrayList<>(Arrays.asList(parameters)));
            entries.put(name, new Entry(description, maker));
            return this;
        }
    }

    private static Map<String, Entry> entries() {
        Book book = new Book();
        averages(book);
        momentum(book);
        ranges(book);
        volume(book);
        statistics(book);
        return book.entries;
    }

    private static void averages(Book book) {
        Parameter window = bars("window", 20);
        book.add("sma: simple moving average", CLOSE, ONE, p -> new Sma(whole(p, 0)), window)
                .add("ema: exponential moving average", CLOSE, ONE, p -> new Ema(whole(p, 0)), window)
                .add(
                        "wma: weighted moving average",
                        CLOSE,
                        ONE,
                        p -> new Weighted(whole(p, 0), Weighted.Kind.MEAN),
                        window)
                .add("dema: double exponential moving average", CLOSE, ONE, p -> EmaChain.dema(whole(p, 0)), window)
                .add("tema: triple exponential moving average", CLOSE, ONE, p -> EmaChain.tema(whole(p, 0)), window)
                .add(
                        "trima: triangular moving average",
                        CLOSE,
                        ONE,
                        p -> new Pipe(new Sma(whole(p, 0) / 2 + 1), new Sma((whole(p, 0) + 1) / 2)),
                        window)
                .add(
                        "kama: Kaufman's adaptive moving average",
                        CLOSE,
                        ONE,
                        p -> new Kama(whole(p, 0)),
                        bars("window", 10, 2))
                .add(
                        "t3: Tillson's moving average",
                        CLOSE,
                        ONE,
                        p -> EmaChain.t3(whole(p, 0), p[1]),
                        bars("window", 5),
                        factor("volume", 0.7, 1))
                .add("ht_trendline: Ehlers' instantaneous trendline", CLOSE, ONE, p -> new HilbertTrendline())
                .add(
                        "vwap: volume-weighted average price from the start",
                        TRADED,
                        ONE,
                        p -> new Cumulative(Cumulative.Kind.VALUE))
                .add(
                        "vwap_rolling: volume-weighted average price of a window",
                        TRADED,
                        ONE,
                        p -> new Pipe(new Derived(Derived.Kind.VALUE), new RatioOfSums(whole(p, 0), 1, Double.NaN)),
                        window);
    }

    private static void momentum(Book book) {
        Parameter fourteen = bars("window", 14);
        Parameter ten = bars("window", 10);
        List<String> stochastic = List.of("k", "d");
        book.add(
                        "macd: moving average convergence and divergence",
                        CLOSE,
                        List.of("macd", "signal", "histogram"),
                        p -> new Macd(whole(p, 0), whole(p, 1), whole(p, 2)),
                        bars("fast", 12),
                        bars("slow", 26),
                        bars("signal", 9))
                .add(
                        "ppo: percentage price oscillator",
                        CLOSE,
                        ONE,
                        p -> new Macd.Percentage(whole(p, 0), whole(p, 1)),
                        bars("fast", 12),
                        bars("slow", 26))
                .add("rsi: relative strength index", CLOSE, ONE, p -> Momentum.rsi(whole(p, 0)), fourteen)
                .add("cmo: Chande's momentum oscillator", CLOSE, ONE, p -> Momentum.cmo(whole(p, 0)), fourteen)
                .add("mom: momentum", CLOSE, ONE, p -> new Change(whole(p, 0), false), ten)
                .add("roc: rate of change in per cent", CLOSE, ONE, p -> new Change(whole(p, 0), true), ten)
                .add(
                        "trix: rate of change of a triple exponential average",
                        CLOSE,
                        ONE,
                        p -> EmaChain.trix(whole(p, 0)),
                        bars("window", 15))
                .add(
                        "ultosc: ultimate oscillator",
                        BAR,
                        ONE,
                        p -> RatioOfSums.Ultimate.of(whole(p, 0), whole(p, 1), whole(p, 2)),
                        bars("short", 7),
                        bars("middle", 14),
                        bars("long", 28))
                .add(
                        "stoch: slow stochastic",
                        BAR,
                        stochastic,
                        p -> new Smoothed(
                                new Pipe(new Channel(whole(p, 0), Channel.Kind.STOCHASTIC), new Sma(whole(p, 1))),
                                whole(p, 2)),
                        bars("window", 14),
                        bars("k", 3),
                        bars("d", 3))
                .add(
                        "stochf: fast stochastic",
                        BAR,
                        stochastic,
                        p -> new Smoothed(new Channel(whole(p, 0), Channel.Kind.STOCHASTIC), whole(p, 1)),
                        bars("window", 14),
                        bars("d", 3))
                .add(
                        "stochrsi: stochastic of the relative strength index",
                        CLOSE,
                        stochastic,
                        p -> new Smoothed(
                                new Pipe(
                                        Momentum.rsi(whole(p, 0)),
                                        new Channel(whole(p, 1), Channel.Kind.STOCHASTIC_OF_ONE)),
                                whole(p, 2)),
                        bars("window", 14),
                        bars("k", 5),
                        bars("d", 3))
                .add("willr: Williams' %R", BAR, ONE, p -> new Channel(whole(p, 0), Channel.Kind.WILLIAMS), fourteen)
                .add("cci: commodity channel index", BAR, ONE, p -> ChannelIndex.of(whole(p, 0)), bars("window", 20));
    }

    private static void ranges(Book book) {
        Parameter fourteen = bars("window", 14);
        book.add("trange: true range", BAR, ONE, p -> TrueRange.plain())
                .add("atr: average true range", BAR, ONE, p -> TrueRange.mean(whole(p, 0)), fourteen)
                .add(
                        "natr: average true range in per cent of the close",
                        BAR,
                        ONE,
                        p -> TrueRange.normal(whole(p, 0)),
                        fourteen)
                .add(
                        "adx: average directional index",
                        BAR,
                        List.of("adx", "plusDi", "minusDi"),
                        p -> new DirectionalMovement(whole(p, 0)),
                        bars("window", 14, 2))
                .add("aroon: Aroon", RANGE, List.of("down", "up", "oscillator"), p -> new Aroon(whole(p, 0)), fourteen)
                .add(
                        "psar: parabolic stop and reverse",
                        RANGE,
                        ONE,
                        p -> new ParabolicSar(p[0], p[1]),
                        factor("step", 0.02, 10),
                        factor("limit", 0.2, 10))
                .add(
                        "donchian: Donchian channel",
                        RANGE,
                        List.of("upper", "lower", "middle"),
                        p -> new Channel(whole(p, 0), Channel.Kind.DONCHIAN),
                        bars("window", 20));
    }

    private static void volume(Book book) {
        book.add(
                        "obv: on-balance volume",
                        List.of(Columns.CLOSE, Columns.VOLUME),
                        ONE,
                        p -> new Cumulative(Cumulative.Kind.BALANCE))
                .add(
                        "ad: accumulation and distribution line",
                        TRADED,
                        ONE,
                        p -> new Cumulative(Cumulative.Kind.DISTRIBUTION))
                .add(
                        "adosc: Chaikin's oscillator",
                        TRADED,
                        ONE,
                        p -> new Cumulative.Oscillator(whole(p, 0), whole(p, 1)),
                        bars("fast", 3),
                        bars("slow", 10))
                .add(
                        "mfi: money flow index",
                        TRADED,
                        ONE,
                        p -> new Pipe(new Derived(Derived.Kind.FLOW), new RatioOfSums(whole(p, 0), 100, 0)),
                        bars("window", 14));
    }

    private static void statistics(Book book) {
        Parameter window = bars("window", 20);
        Parameter line = bars("window", 14, 2);
        book.add(
                        "stddev: standard deviation",
                        CLOSE,
                        ONE,
                        p -> Deviation.plain(whole(p, 0), p[1]),
                        window,
                        factor("scale", 1, 1e6))
                .add(
                        "bbands: Bollinger bands",
                        CLOSE,
                        List.of("upper", "middle", "lower"),
                        p -> Deviation.bands(whole(p, 0), p[1], p[2]),
                        window,
                        factor("up", 2, 1e6),
                        factor("down", 2, 1e6))
                .add(
                        "linreg: end of the least-squares line",
                        CLOSE,
                        ONE,
                        p -> new Weighted(whole(p, 0), Weighted.Kind.LINE_END),
                        line)
                .add(
                        "linreg_slope: slope of the least-squares line",
                        CLOSE,
                        ONE,
                        p -> new Weighted(whole(p, 0), Weighted.Kind.SLOPE),
                        line)
                .add("max: largest value", CLOSE, ONE, p -> new Extreme(whole(p, 0), true), window)
                .add("min: smallest value", CLOSE, ONE, p -> new Extreme(whole(p, 0), false), window)
                .add(
                        "beta: slope of the second column's returns on the first's",
                        PAIR,
                        ONE,
                        p -> Comovement.beta(whole(p, 0)),
                        bars("window", 5))
                .add(
                        "correl: correlation of two columns",
                        PAIR,
                        ONE,
                        p -> Comovement.correlation(whole(p, 0)),
                        bars("window", 30));
    }
}
