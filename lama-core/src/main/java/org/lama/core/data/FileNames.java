package org.lama.core.data;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

    /**
     * The symbol: the part that ends in a known quote, else the part in capitals, else the part that would end in a known
     * quote in capitals, else the whole name in capitals: half a name such as MINUTE of minute_1m would tell nothing.
     */
    static String symbol(String name) {
        String stem = stem(name);
        List<String> parts = List.of(stem.split("[_. ]+"));
        List<String> words = parts.stream().filter(part -> !isNoise(part)).toList();
        return pair(words)
                .or(() -> words.stream()
                        .filter(part -> UPPER.matcher(part).matches())
                        .findFirst())
                .or(() -> pair(words.stream().map(FileNames::capitals).toList()))
                .orElseGet(() -> capitals(stem).replaceAll("[^\\p{L}\\p{N}._-]+", "_"));
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
