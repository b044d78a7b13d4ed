package org.lama.core.data;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the name of a file says about its content. Stateless. */
final class FileNames {
    private static final Pattern ENDING = Pattern.compile("(?i)\\.(csv|tsv|txt|parquet|gz)$");
    private static final Pattern PAIR =
            Pattern.compile("^[A-Z0-9]{1,12}?[-/]?(?:" + String.join("|", Instruments.QUOTES) + ")(?=$|-)");
    private static final Pattern INTERVAL = Pattern.compile("(?i)\\d+(s|m|min|h|d|w|mo)");
    private static final Pattern DATES = Pattern.compile("\\d{4}(-?\\d{2}){0,2}");
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

    /** The symbol: the part that ends in a known quote, else the part in capitals, else all but interval and dates. */
    static String symbol(String name) {
        String stem = stem(name);
        List<String> parts = List.of(stem.split("[_. ]+"));
        for (String part : parts) {
            Matcher pair = PAIR.matcher(part);
            if (pair.find() && !isNoise(part)) {
                return pair.group();
            }
        }
        return parts.stream()
                .filter(part -> UPPER.matcher(part).matches() && !isNoise(part))
                .findFirst()
                .orElseGet(() -> rest(parts, stem));
    }

    private static String stem(String name) {
        String stem = name.substring(name.lastIndexOf('/') + 1);
        for (Matcher ending = ENDING.matcher(stem); ending.find(); ending = ENDING.matcher(stem)) {
            stem = stem.substring(0, ending.start());
        }
        return stem.isEmpty() ? name : stem;
    }

    private static String rest(List<String> parts, String stem) {
        List<String> kept = parts.stream().filter(part -> !isNoise(part)).toList();
        return (kept.isEmpty() ? stem : String.join("_", kept)).toUpperCase(Locale.ROOT);
    }

    private static boolean isNoise(String part) {
        return part.isEmpty()
                || INTERVAL.matcher(part).matches()
                || DATES.matcher(part).matches();
    }
}
