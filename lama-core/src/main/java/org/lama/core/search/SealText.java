package org.lama.core.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lama.core.base.Check;

/** The lines of the ledger that set and break seals, and those that say what data are. */
final class SealText {
    private static final List<String> SEAL_KEYS = List.of("previous", "recorded", "seal");
    private static final List<String> WINDOW_KEYS = List.of("dataChecksum", "from", "to", "instruments");
    private static final List<String> MARK_KEYS = List.of("previous", "recorded", "data");
    private static final List<String> DATA_KEYS = List.of("dataChecksum", "instruments");
    private static final List<String> UNSEAL_KEYS = List.of("previous", "recorded", "unseal", "reason");

    private SealText() {}

    // A quotation mark inside a text is written with a backslash, so these cannot stand inside a value.
    static boolean isSeal(String line) {
        return line.contains(",\"seal\":{");
    }

    static boolean isUnseal(String line) {
        return line.contains(",\"unseal\":\"");
    }

    private static StringBuilder begin(String previous, Instant recorded) {
        StringBuilder out = new StringBuilder();
        LedgerText.member(out, '{', "previous", previous);
        LedgerText.member(out, ',', "recorded", recorded.toString());
        return out;
    }

    static String seal(String previous, Instant recorded, Seal seal) {
        StringBuilder out = begin(previous, recorded);
        out.append(",\"seal\":");
        LedgerText.member(out, '{', "dataChecksum", seal.dataChecksum());
        LedgerText.member(out, ',', "from", LedgerText.instant(seal.fromNanos()).toString());
        LedgerText.member(out, ',', "to", LedgerText.instant(seal.toNanos()).toString());
        instruments(out, seal.instruments());
        return out.append("}}}").toString();
    }

    static boolean isMark(String line) {
        return line.contains(",\"data\":{");
    }

    static String mark(String previous, Instant recorded, DataMark mark) {
        StringBuilder out = begin(previous, recorded);
        out.append(",\"data\":");
        LedgerText.member(out, '{', "dataChecksum", mark.dataChecksum());
        instruments(out, mark.instruments());
        return out.append("}}}").toString();
    }

    static DataMark parseMark(String line, String previous) {
        Map<String, Object> members = LedgerText.members(line, MARK_KEYS);
        LedgerText.checkPrevious(members, previous);
        LedgerText.time(members, "recorded");
        Map<String, Object> data = object(members, "data");
        LedgerText.checkKeys(data, DATA_KEYS);
        return new DataMark(LedgerText.text(data, "dataChecksum"), instruments(data));
    }

    private static void instruments(StringBuilder out, Map<String, List<String>> instruments) {
        out.append(",\"instruments\":{");
        String before = "";
        for (Map.Entry<String, List<String>> entry : instruments.entrySet()) {
            JsonLine.appendText(out.append(before), entry.getKey());
            JsonLine.appendText(out.append(':'), String.join(" ", entry.getValue()));
            before = ",";
        }
    }

    private static Map<String, List<String>> instruments(Map<String, Object> members) {
        Map<String, List<String>> instruments = new TreeMap<>();
        object(members, "instruments").forEach((name, prints) -> {
            Check.that(prints instanceof String, "fingerprints of " + name + " must be a text");
            String text = String.valueOf(prints);
            instruments.put(name, text.isEmpty() ? List.of() : List.of(text.split(" ", -1)));
        });
        return instruments;
    }

    static String unseal(String previous, Instant recorded, int number, String reason) {
        StringBuilder out = begin(previous, recorded);
        LedgerText.member(out, ',', "unseal", Integer.toString(number));
        LedgerText.member(out, ',', "reason", reason);
        return out.append('}').toString();
    }

    static Seal.Kept parseSeal(String line, String previous, int number) {
        Map<String, Object> members = LedgerText.members(line, SEAL_KEYS);
        LedgerText.checkPrevious(members, previous);
        Map<String, Object> window = object(members, "seal");
        LedgerText.checkKeys(window, WINDOW_KEYS);
        Seal seal = new Seal(
                LedgerText.text(window, "dataChecksum"),
                instruments(window),
                LedgerText.nanos(LedgerText.time(window, "from")),
                LedgerText.nanos(LedgerText.time(window, "to")));
        return new Seal.Kept(number, seal, LedgerText.time(members, "recorded"), java.util.Optional.empty(), "");
    }

    /** Breaks a seal of the list, in place. */
    static void parseUnseal(String line, String previous, List<Seal.Kept> seals) {
        Map<String, Object> members = LedgerText.members(line, UNSEAL_KEYS);
        LedgerText.checkPrevious(members, previous);
        String text = LedgerText.text(members, "unseal");
        Check.that(text.matches("[1-9][0-9]{0,8}"), "unseal must be the number of a seal, got " + text);
        int number = Integer.parseInt(text);
        Check.that(
                number <= seals.size() && seals.get(number - 1).holds(),
                "unseal must name a seal that holds, got " + number);
        Seal.Kept kept = seals.get(number - 1);
        seals.set(
                number - 1,
                new Seal.Kept(
                        number,
                        kept.seal(),
                        kept.sealedAt(),
                        java.util.Optional.of(LedgerText.time(members, "recorded")),
                        LedgerText.text(members, "reason")));
    }

    /** The seals of lines that were kept apart from their ledger, in order. */
    static List<Seal.Kept> parseAll(List<String> lines) {
        List<Seal.Kept> seals = new ArrayList<>();
        for (String line : lines) {
            String previous = LedgerText.text(JsonLine.parse(line), "previous");
            if (isSeal(line)) {
                seals.add(parseSeal(line, previous, seals.size() + 1));
            } else {
                parseUnseal(line, previous, seals);
            }
        }
        return seals;
    }

    @SuppressWarnings("unchecked") // the reader gives maps of texts to values only
    private static Map<String, Object> object(Map<String, Object> members, String name) {
        if (members.get(name) instanceof Map<?, ?> value) {
            return (Map<String, Object>) value;
        }
        throw new IllegalArgumentException(name + " must be an object");
    }
}
