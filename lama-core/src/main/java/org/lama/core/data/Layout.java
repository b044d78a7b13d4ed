package org.lama.core.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.lama.core.market.Columns;
import org.lama.core.store.RecordKind;

/** Which column of a file means what, found by the names of the header in any case. Immutable. */
final class Layout {
    static final int SKIP = -1;
    static final int TIME = 100;
    static final int SYMBOL = 101;
    static final int AVAILABLE = 102;
    static final int REVISION = 103;
    static final int FIRST_EXTRA = 200;
    /** Column of exports that numbers the versions of a row. */
    static final String REVISION_NAME = "_revision";

    private static final List<String> TIME_NAMES = List.of(
            "time_ms",
            "timestamp_ms",
            "open_time",
            "opentime",
            "open_time_ms",
            "ts",
            "unix",
            "unix_timestamp",
            "timestamp",
            "time",
            "datetime",
            "date_time",
            "date");
    private static final List<List<String>> PRICE_NAMES = List.of(
            List.of("open", "o", "open_price", "price_open"),
            List.of("high", "h", "high_price", "price_high"),
            List.of("low", "l", "low_price", "price_low"),
            List.of("close", "c", "close_price", "price_close", "price", "last"));
    private static final List<String> BASE_VOLUME_NAMES = List.of("volumefrom", "base_volume", "volume_base");
    private static final List<String> VOLUME_NAMES = List.of("volume", "vol", "v");
    private static final List<String> QUOTE_VOLUME_NAMES =
            List.of("quote_volume", "volume_quote", "volumeto", "quote_asset_volume");
    private static final Pattern VOLUME_OF = Pattern.compile("volume_([a-z0-9]{2,8})");
    private static final Set<String> MONEY =
            Set.of("usd", "usdt", "usdc", "busd", "tusd", "dai", "eur", "gbp", "jpy", "krw", "try", "quote", "to");

    private final int[] roles;
    private final List<String> extraNames;

    private Layout(int[] roles, List<String> extraNames) {
        this.roles = roles;
        this.extraNames = extraNames;
    }

    /**
     * What a column of the file holds: {@link #TIME}, {@link #SYMBOL}, {@link #AVAILABLE}, {@link #REVISION}, {@link #SKIP}, a
     * price by its {@link RawTable} number, or {@link #FIRST_EXTRA} and up.
     */
    int role(int column) {
        return roles[column];
    }

    /** Number of columns of the file. */
    int columns() {
        return roles.length;
    }

    /** Names of the columns kept beside the bars. */
    List<String> extraNames() {
        return extraNames;
    }

    /** Whether one price stands for open, high, low and close. */
    boolean closeOnly() {
        return !(has(roles, RawTable.OPEN) && has(roles, RawTable.HIGH) && has(roles, RawTable.LOW));
    }

    /** A column that the bars use and whose name another one has too, so that nothing says which is meant; empty if none. */
    String twice(List<String> header) {
        List<String> names = canonical(header);
        for (int i = 0; i < roles.length; i++) {
            boolean used = roles[i] != SKIP && roles[i] < FIRST_EXTRA;
            if (used && names.indexOf(names.get(i)) != names.lastIndexOf(names.get(i))) {
                return header.get(i).trim();
            }
        }
        return "";
    }

    /** Whether there is a base volume. */
    boolean hasVolume() {
        return has(roles, RawTable.VOLUME);
    }

    /** Whether there is a symbol column. */
    boolean hasSymbols() {
        return has(roles, SYMBOL);
    }

    /** Whether there is a column that says when each bar could first be known. */
    boolean hasAvailable() {
        return has(roles, AVAILABLE);
    }

    /** Whether there is a column that numbers the versions of each bar. */
    boolean hasRevisions() {
        return has(roles, REVISION);
    }

    /** Whether a header names at least a time and a price. */
    static boolean isHeader(List<String> header) {
        List<String> names = canonical(header);
        return names.stream().anyMatch(TIME_NAMES::contains)
                && names.stream().anyMatch(PRICE_NAMES.get(RawTable.CLOSE)::contains);
    }

    /** Which of the two columns a table of bars cannot do without is missing; empty if none. */
    static String missing(List<String> header) {
        List<String> names = canonical(header);
        if (names.stream().noneMatch(TIME_NAMES::contains)) {
            return "time";
        }
        return names.stream().noneMatch(PRICE_NAMES.get(RawTable.CLOSE)::contains) ? "close" : "";
    }

    /**
     * Finds the meaning of each column.
     *
     * @param header names as in the file
     * @param numeric for each column whether its first value is a number
     * @param empty for each column whether its first value is empty, so that nothing is known
     * @param symbols position of the column that says whose each row is, -1 if none does
     * @param amounts whether a column called {@code available} holds amounts, not times of knowledge
     */
    static Layout of(List<String> header, boolean[] numeric, boolean[] empty, int symbols, boolean amounts) {
        List<String> names = canonical(header);
        int[] roles = new int[names.size()];
        Arrays.fill(roles, SKIP);
        assignTime(names, numeric, roles);
        if (symbols >= 0) {
            roles[symbols] = SYMBOL;
        }
        for (int field = RawTable.OPEN; field <= RawTable.CLOSE; field++) {
            assignFirst(names, PRICE_NAMES.get(field), field, roles);
        }
        assignVolume(names, roles);
        int known = names.indexOf(RecordKind.AVAILABLE);
        if (known >= 0 && !amounts) {
            roles[known] = AVAILABLE;
        }
        int versions = names.indexOf(REVISION_NAME);
        if (versions >= 0) {
            roles[versions] = REVISION;
        }
        List<String> extras = assignExtras(header, names, numeric, empty, roles);
        return new Layout(roles, extras);
    }

    /** Whether a column that is left out may hold words of which nobody knows the meaning. */
    boolean isUnread(int column, List<String> header) {
        String name = canonical(header).get(column);
        return roles[column] == SKIP && !name.isEmpty() && !TIME_NAMES.contains(name);
    }

    /** The names of a header as columns are found by. */
    static List<String> canonical(List<String> header) {
        return header.stream()
                .map(name -> name.trim().toLowerCase(Locale.ROOT).replaceAll("[ ./()-]+", "_"))
                .map(name -> name.endsWith("_") ? name.substring(0, name.length() - 1) : name)
                .toList();
    }

    /** Prefers a numeric epoch over a calendar date, since local dates are the commoner mistake. */
    private static void assignTime(List<String> names, boolean[] numeric, int[] roles) {
        for (boolean wantNumeric : new boolean[] {true, false}) {
            for (String wanted : TIME_NAMES) {
                int column = names.indexOf(wanted);
                if (column >= 0 && (numeric[column] || !wantNumeric)) {
                    roles[column] = TIME;
                    return;
                }
            }
        }
    }

    private static boolean assignFirst(List<String> names, List<String> wanted, int role, int[] roles) {
        for (String name : wanted) {
            int column = names.indexOf(name);
            if (column >= 0 && roles[column] == SKIP) {
                roles[column] = role;
                return true;
            }
        }
        return false;
    }

    private static void assignVolume(List<String> names, int[] roles) {
        if (assignFirst(names, BASE_VOLUME_NAMES, RawTable.VOLUME, roles)) {
            return;
        }
        for (int i = 0; i < roles.length; i++) {
            var match = VOLUME_OF.matcher(names.get(i));
            if (match.matches() && !MONEY.contains(match.group(1))) {
                roles[i] = RawTable.VOLUME;
                return;
            }
        }
        assignFirst(names, VOLUME_NAMES, RawTable.VOLUME, roles);
    }

    private static List<String> assignExtras(
            List<String> header, List<String> names, boolean[] numeric, boolean[] empty, int[] roles) {
        List<String> extras = new ArrayList<>();
        for (int i = 0; i < roles.length; i++) {
            boolean known = names.get(i).isEmpty() || TIME_NAMES.contains(names.get(i));
            if (roles[i] != SKIP || known || (!numeric[i] && !empty[i])) {
                continue;
            }
            String name = extraName(header.get(i).trim(), names.get(i));
            boolean free = !extras.contains(name) && PRICE_NAMES.stream().noneMatch(list -> list.contains(name));
            if (free) {
                roles[i] = FIRST_EXTRA + extras.size();
                extras.add(name);
            }
        }
        return extras;
    }

    private static String extraName(String raw, String canonical) {
        var match = VOLUME_OF.matcher(canonical);
        boolean money = match.matches() && MONEY.contains(match.group(1));
        if (money || canonical.equals("volume") || QUOTE_VOLUME_NAMES.contains(canonical)) {
            return "quote_volume";
        }
        return canonical.equals("market_cap") || canonical.equals("marketcap") ? Columns.MARKET_CAP : raw;
    }

    private static boolean has(int[] roles, int role) {
        return Arrays.stream(roles).anyMatch(r -> r == role);
    }
}
