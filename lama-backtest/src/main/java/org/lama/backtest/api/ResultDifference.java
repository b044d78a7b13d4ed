package org.lama.backtest.api;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.lama.core.base.Api;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/**
 * Why two results differ: which data, settings and code they do not share, and which figures changed. Immutable.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ResultDifference {
    private static final List<String> PLACES = List.of("settings.data.path", "settings.strategy.name");

    private static final Pattern CHECKSUM = Pattern.compile("\"[0-9a-f]{64}\"");
    private static final int CHECKSUM_SHOWN = 12;
    private static final int FIGURES_SHOWN = 10;
    private static final int DIGITS = 6;
    private static final double MOST_PERCENT = 1000;

    private final List<Item> items;

    /** What a difference belongs to. */
    public enum Cause {
        /** The bars, or which of them were asked for. */
        DATA,
        /** Parameters, costs, sizing, seed and the rest of the settings. */
        SETTINGS,
        /** The strategy's code, or the versions of LAMA and Java. */
        CODE,
        /** A figure of the result. */
        RESULT
    }

    /**
     * One difference.
     *
     * @param cause what it belongs to
     * @param path where it stands in the manifest
     * @param first its value in the first result, as JSON; empty if it is missing
     * @param second its value in the second
     */
    public record Item(Cause cause, String path, String first, String second) {}

    private ResultDifference(List<Item> items) {
        this.items = List.copyOf(items);
    }

    static ResultDifference of(Path first, Path second) throws IOException {
        ResultFile a = ResultFile.open(first);
        ResultFile b = ResultFile.open(second);
        if (a.isBacktest() != b.isBacktest()) {
            throw new IOException(first + " and " + second
                    + ": one is a study and one a backtest; 'lama compare' shows their figures side by side");
        }
        List<Item> items = new ArrayList<>();
        walk(a.document(), b.document(), "settings", items);
        walk(a.document(), b.document(), "checksums", items);
        walk(a.document(), b.document(), "dataChecksum", items);
        series(a.document(), b.document(), items);
        walk(a.document(), b.document(), "versions", items);
        walk(a.document(), b.document(), "quick", items);
        for (String part :
                List.of("endEquity", "metrics", "reasons", "costs", "events", "issues", "verdict", "trades")) {
            walk(a.document(), b.document(), part, items);
        }
        return new ResultDifference(items);
    }

    private static void walk(Node a, Node b, String part, List<Item> items) {
        if (a.has(part) || b.has(part)) {
            walk(part, a.find(part).orElse(Node.nothing()), b.find(part).orElse(Node.nothing()), items);
        }
    }

    private static void walk(String path, Node a, Node b, List<Item> items) {
        if (a.kind() == Node.Kind.OBJECT && b.kind() == Node.Kind.OBJECT) {
            Set<String> names = new LinkedHashSet<>(a.names());
            names.addAll(b.names());
            for (String name : names) {
                walk(
                        path + "." + name,
                        a.find(name).orElse(Node.nothing()),
                        b.find(name).orElse(Node.nothing()),
                        items);
            }
        } else if (path.equals("trades") && a.kind() == b.kind()) {
            trades(a, b, items);
        } else if (!a.equals(b) && !PLACES.contains(path)) {
            items.add(new Item(cause(path), path, shown(a), shown(b)));
        }
    }

    /** How many, and what differs in the first that does: a list of thousands would say no more. */
    private static void trades(Node a, Node b, List<Item> items) {
        if (a.size() != b.size()) {
            items.add(new Item(Cause.RESULT, "trades (count)", String.valueOf(a.size()), String.valueOf(b.size())));
        }
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            if (!a.at(i).equals(b.at(i))) {
                trade(i, a.at(i), b.at(i), items);
                return;
            }
        }
    }

    private static void trade(int number, Node a, Node b, List<Item> items) {
        for (String field : a.names()) {
            Node other = b.find(field).orElse(Node.nothing());
            if (!a.get(field).equals(other)) {
                String path = "trades[" + number + "]." + field + " (of the first that differs)";
                items.add(new Item(Cause.RESULT, path, shown(a.get(field)), shown(other)));
            }
        }
    }

    private static void series(Node a, Node b, List<Item> items) {
        List<Node> first = a.get("data").items();
        List<Node> second = b.get("data").items();
        for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
            Node one = i < first.size() ? first.get(i) : Node.nothing();
            Node other = i < second.size() ? second.get(i) : Node.nothing();
            if (one.isNull() || other.isNull()) {
                items.add(new Item(Cause.DATA, "data[" + i + "].symbol", symbol(one), symbol(other)));
                continue;
            }
            for (String field : List.of("symbol", "sha256", "rows", "from", "to")) {
                if (!one.get(field).equals(other.get(field))) {
                    items.add(new Item(
                            Cause.DATA,
                            "data[" + i + "]." + field + " of " + symbol(one),
                            shown(one.get(field)),
                            shown(other.get(field))));
                }
            }
        }
    }

    private static String symbol(Node series) {
        return series.isNull() ? "" : series.get("symbol").asText();
    }

    private static Cause cause(String path) {
        if (path.startsWith("settings.data.")
                || path.startsWith("settings.funding")
                || path.startsWith("settings.conversions")
                || path.startsWith("settings.events")
                || path.equals("checksums.data")
                || path.equals("dataChecksum")) {
            return Cause.DATA;
        }
        if (path.startsWith("versions.") || path.equals("checksums.strategy")) {
            return Cause.CODE;
        }
        return path.startsWith("settings.") || path.equals("quick") ? Cause.SETTINGS : Cause.RESULT;
    }

    private static String shown(Node node) {
        return node.isNull() ? "" : Documents.compactJson(node).strip();
    }

    /**
     * Whether data, settings, code and figures are the same; where the data lie does not count.
     *
     * @return true if so
     */
    public boolean same() {
        return items.isEmpty();
    }

    /**
     * All differences, causes first.
     *
     * @return empty if there are none
     */
    public List<Item> items() {
        return items;
    }

    /**
     * Those of one cause.
     *
     * @param cause which
     * @return may be empty
     */
    public List<Item> items(Cause cause) {
        return items.stream().filter(item -> item.cause() == cause).toList();
    }

    /**
     * The differences in words, grouped by cause, numbers with six significant digits; of the figures those that changed
     * most in proportion, and how many there are beside them.
     *
     * @return at least one line
     */
    public List<String> lines() {
        return lines(false);
    }

    /**
     * The differences in words, grouped by cause, numbers with six significant digits, the figures that changed most in
     * proportion first.
     *
     * @param all whether to show all figures that changed, not the first ten only
     * @return at least one line
     */
    public List<String> lines(boolean all) {
        List<String> lines = new ArrayList<>();
        List<String> causes = new ArrayList<>();
        for (Cause cause : List.of(Cause.DATA, Cause.SETTINGS, Cause.CODE)) {
            if (!items(cause).isEmpty()) {
                causes.add(cause.name().toLowerCase(Locale.ROOT));
            }
        }
        boolean results = !items(Cause.RESULT).isEmpty();
        if (same()) {
            lines.add("Same: data, settings, code and all figures.");
        } else if (causes.isEmpty()) {
            lines.add(
                    "The figures differ, but not the data, the settings or the code: the machine or the JDK may differ.");
        } else {
            lines.add((results
                            ? "The figures differ; the change comes from "
                            : "The figures are the same, in spite of other ")
                    + String.join(" and ", causes) + ".");
        }
        for (Cause cause : Cause.values()) {
            List<Item> those = new ArrayList<>(items(cause));
            boolean figures = cause == Cause.RESULT;
            if (figures) {
                // the order of equal changes stays
                those.sort(Comparator.comparingInt(ResultDifference::place).thenComparingDouble(item -> -change(item)));
            }
            if (!those.isEmpty()) {
                lines.add(cause.name());
                int shown = figures && !all ? Math.min(FIGURES_SHOWN, those.size()) : those.size();
                those.subList(0, shown).forEach(item -> lines.add(line(item)));
                if (shown < those.size()) {
                    lines.add("  and " + (those.size() - shown) + " more that changed less; --all shows them");
                }
            }
        }
        return lines;
    }

    private static String line(Item item) {
        double first = number(item.first());
        double second = number(item.second());
        double percent = 100 * (second / first - 1);
        String share = item.cause() == Cause.RESULT && first > 0 && second > 0 && percent < MOST_PERCENT
                ? String.format(Locale.ROOT, " (%+.1f %%)", percent)
                : "";
        return "  " + item.path() + ": " + or(item.first()) + " -> " + or(item.second()) + share;
    }

    /** What a reader asks for first comes first: the end, the figures, single trades, texts. */
    private static int place(Item item) {
        if (item.path().equals("endEquity")) {
            return 0;
        }
        boolean text = change(item) < 0;
        return text ? 3 : item.path().startsWith("trades[") ? 2 : 1;
    }

    /** The change over the larger of both, from 0 to 2; what is no number comes after all that is one. */
    private static double change(Item item) {
        double first = number(item.first());
        double second = number(item.second());
        if (item.first().isEmpty() || item.second().isEmpty()) {
            return 1;
        }
        double change = Math.abs(second - first) / Math.max(Math.abs(first), Math.abs(second));
        return Double.isNaN(change) ? -1 : change;
    }

    private static double number(String value) {
        try {
            return value.isEmpty() ? Double.NaN : Double.parseDouble(value);
        } catch (NumberFormatException text) {
            return Double.NaN;
        }
    }

    /** Six significant digits, whole numbers whole, checksums by their beginning. */
    private static String or(String value) {
        if (value.isEmpty()) {
            return "(not there)";
        }
        if (CHECKSUM.matcher(value).matches()) {
            return value.substring(1, CHECKSUM_SHOWN + 1) + "...";
        }
        double number = number(value);
        if (!Double.isFinite(number) || number == Math.rint(number)) {
            return PlainNumbers.of(value);
        }
        BigDecimal exact = new BigDecimal(value);
        int scale = Math.max(0, exact.scale() - exact.precision() + DIGITS);
        return PlainNumbers.of(exact.setScale(scale, RoundingMode.HALF_EVEN).toPlainString());
    }

    /**
     * The differences as a document.
     *
     * @return fields same, causes and differences
     */
    public Node document() {
        return Node.object()
                .put("same", same())
                .put(
                        "causes",
                        Node.texts(items.stream()
                                .map(Item::cause)
                                .filter(cause -> cause != Cause.RESULT)
                                .distinct()
                                .map(Enum::name)
                                .toList()))
                .put(
                        "differences",
                        Node.array(items.stream()
                                .map(item -> Node.object()
                                        .put("cause", item.cause().name())
                                        .put("path", item.path())
                                        .put("first", item.first())
                                        .put("second", item.second())
                                        .build())
                                .toList()))
                .build();
    }
}
