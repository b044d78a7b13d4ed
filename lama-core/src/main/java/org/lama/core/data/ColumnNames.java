package org.lama.core.data;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Names of a file's columns as a store can hold them: {@code Adj Close} becomes {@code Adj_Close}. What was renamed is
 * told by {@link #note()}. One instance names the columns of one table.
 */
final class ColumnNames {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,71}");
    private static final Pattern ODD = Pattern.compile("[^A-Za-z0-9._-]+");
    private static final int LONGEST = 72;
    private static final int SHOWN = 8;
    /** Names that the store, or readers of its folders, use for themselves. */
    private static final Set<String> RESERVED =
            Set.of("time", "available", "seq", "symbol", "interval", "date", "month", "year");
    /** What the exchange's own files call columns that the store knows. */
    private static final Map<String, String> KNOWN = Map.of(
            "count", "trades",
            "number_of_trades", "trades",
            "taker_buy_base_asset_volume", "taker_buy_volume",
            "taker_buy_quote_asset_volume", "taker_buy_quote_volume");

    private final Set<String> taken = new HashSet<>();
    private final Map<String, String> renamed = new TreeMap<>();
    private final Map<String, String> names = new HashMap<>();

    /** Names that the columns of the table have already, so that no other one gets them. */
    ColumnNames(Set<String> own) {
        own.forEach(name -> taken.add(name.toLowerCase(Locale.ROOT)));
    }

    /** The store's name of a column; the same column always has the same one. */
    String of(String raw) {
        return names.computeIfAbsent(raw, this::give);
    }

    private String give(String raw) {
        String known = KNOWN.getOrDefault(raw.toLowerCase(Locale.ROOT), "");
        String wanted = known.isEmpty() || taken.contains(known) ? plain(raw) : known;
        String name = wanted;
        for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
            name = wanted + "_" + i;
        }
        if (!name.equals(raw)) {
            renamed.put(raw, name);
        }
        return name;
    }

    private static String plain(String raw) {
        boolean free = !RESERVED.contains(raw.toLowerCase(Locale.ROOT));
        if (free && PLAIN.matcher(raw).matches()) {
            return raw;
        }
        String name = ODD.matcher(raw.trim().replace("%", " percent ").trim())
                .replaceAll("_")
                .replaceAll("^[^A-Za-z0-9]+|_+$", "");
        boolean reserved = name.isEmpty() || RESERVED.contains(name.toLowerCase(Locale.ROOT));
        String whole = reserved ? "x_" + name : name;
        return whole.length() > LONGEST ? whole.substring(0, LONGEST) : whole;
    }

    /** What was renamed, in words; empty if nothing was. */
    String note() {
        Map<String, String> shown = new LinkedHashMap<>();
        renamed.entrySet().stream().limit(SHOWN).forEach(entry -> shown.put(entry.getKey(), entry.getValue()));
        String more = renamed.size() > SHOWN ? " and " + (renamed.size() - SHOWN) + " more" : "";
        return renamed.isEmpty()
                ? ""
                : "columns renamed: "
                        + String.join(
                                ", ",
                                shown.entrySet().stream()
                                        .map(entry -> "'" + entry.getKey() + "' to " + entry.getValue())
                                        .toList())
                        + more;
    }
}
