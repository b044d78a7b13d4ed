package org.lama.core.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the name of a file says about its content. Stateless. */
final class FileNames {
    private static final Pattern ENDING = Pattern.compile("(?i)\\.(csv|tsv|txt|parquet|gz|zip)$");
    private static final Pattern PAIR =
            Pattern.compile("^[A-Z0-9]{1,12}?[-/]?(?:" + String.join("|", Instruments.QUOTES) + ")(?=$|-)");
    private static final Pattern INTERVAL = Pattern.compile("(?i)\\d+(s|m|min|h|d|w|mo)");
    private static final Pattern DATES = Pattern.compile("\\d{4}(-?\\d{2}){0,2}");
    private static final Pattern LENGTH = Pattern.compile("(\\d{1,3})(s|m|min|h|d|w)");
    private static final Map<String, Long> UNITS = Map.ofEntries(
            Map.entry("s", 1L),
            Map.entry("second", 1L),
            Map.entry("m", 60L),
            Map.entry("min", 60L),
            Map.entry("minute", 60L),
            Map.entry("h", 3600L),
            Map.entry("hour", 3600L),
            Map.entry("hourly", 3600L),
            Map.entry("d", 86_400L),
            Map.entry("daily", 86_400L),
            Map.entry("w", 604_800L),
            Map.entry("week", 604_800L),
            Map.entry("weekly", 604_800L));
    /** Seconds of the lengths of bars that venues give. */
    private static final Set<Long> LENGTHS = Set.of(
            1L, 60L, 180L, 300L, 900L, 1_800L, 3_600L, 7_200L, 14_400L, 21_600L, 28_800L, 43_200L, 86_400L, 259_200L,
            604_800L);

    private static final Pattern TRADES = Pattern.compile("(?i)(?<![a-z])(agg)?trades(?![a-z])");
    private static final Pattern BREAKS = Pattern.compile("[_., ]+");
    private static final Pattern UPPER = Pattern.compile("[A-Z0-9]*[A-Z][A-Z0-9]*");
    private static final List<String> FORMATS =
            List.of(".csv", ".csv.gz", ".tsv", ".tsv.gz", ".txt", ".txt.gz", ".parquet");

    private FileNames() {}

    /** Whether the ending is one of those that hold bars. */
    static boolean isData(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return FORMATS.stream().anyMatch(lower::endsWith) && !lower.startsWith(".");
    }

    static boolean isParquet(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".parquet");
    }

    /**
     * The symbol: the part that ends in a known quote, else the part in capitals, else the part that would end in a known
     * quote in capitals, else the whole name in capitals: half a name such as MINUTE of minute_1m would tell nothing. The
     * name of a venue is a symbol only where nothing else is, as DYDX may be.
     */
    static String symbol(String name) {
        String stem = stem(name);
        List<String> parts = List.of(BREAKS.split(stem, 0));
        List<String> words = parts.stream().filter(part -> !isNoise(part)).toList();
        List<String> upper =
                words.stream().filter(part -> UPPER.matcher(part).matches()).toList();
        return pair(words)
                .or(() -> upper.stream().filter(word -> !Identity.isVenue(word)).findFirst())
                .or(() -> upper.stream().reduce((first, last) -> last))
                .or(() -> pair(words.stream().map(FileNames::capitals).toList()))
                .orElseGet(() -> capitals(stem).replaceAll("[^\\p{L}\\p{N}._-]+", "_"));
    }

    /** Whether a part of the name ends in a known quote, so that the file speaks of one pair. */
    static boolean hasPair(String name) {
        List<String> words = Arrays.stream(BREAKS.split(stem(name), 0))
                .filter(part -> !isNoise(part))
                .map(FileNames::capitals)
                .toList();
        return pair(words).isPresent();
    }

    /** Whether the name says that the rows are trades. */
    static boolean saysTrades(String name) {
        return TRADES.matcher(stem(name)).find();
    }

    /** The length of the bars by the name, {@code 1h} or {@code minute}, in nanoseconds; 0 if it does not tell. */
    static long intervalNanos(String name) {
        return lengths(name).stream().findFirst().orElse(0L);
    }

    /**
     * Whether a name says a length of bars that rows so far apart cannot have. Bars may be sparse, so that they lie whole
     * multiples of their length apart; lengths that no venue has, such as 30 days, are windows.
     */
    static boolean isContradicted(String name, long stepNanos) {
        List<Long> lengths = lengths(name).stream()
                .filter(length -> LENGTHS.contains(length / 1_000_000_000L))
                .toList();
        return !lengths.isEmpty() && lengths(name).stream().noneMatch(length -> stepNanos % length == 0);
    }

    /** All lengths that a name tells, in nanoseconds, in its order. */
    private static List<Long> lengths(String name) {
        List<Long> lengths = new ArrayList<>();
        for (String part : BREAKS.split(stem(name).toLowerCase(Locale.ROOT), 0)) {
            Matcher length = LENGTH.matcher(part);
            long unit = UNITS.getOrDefault(length.matches() ? length.group(2) : part, 0L);
            long count = length.matches() ? Long.parseLong(length.group(1)) : 1;
            boolean word = length.matches() || part.length() > 2;
            if (unit > 0 && count > 0 && word) {
                lengths.add(unit * count * 1_000_000_000L);
            }
        }
        return lengths;
    }

    private static Optional<String> pair(List<String> words) {
        return words.stream()
                .map(PAIR::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .findFirst();
    }

    private static String capitals(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    private static String stem(String name) {
        String stem = name.substring(name.lastIndexOf('/') + 1);
        for (Matcher ending = ENDING.matcher(stem); ending.find(); ending = ENDING.matcher(stem)) {
            stem = stem.substring(0, ending.start());
        }
        return stem.isEmpty() ? name : stem;
    }

    private static boolean isNoise(String part) {
        return part.isEmpty()
                || INTERVAL.matcher(part).matches()
                || DATES.matcher(part).matches();
    }
}
