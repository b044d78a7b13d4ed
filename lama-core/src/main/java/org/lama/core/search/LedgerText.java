package org.lama.core.search;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lama.core.base.Check;

/** The lines of {@code trials.jsonl} as text: a header, then one trial each; every line names the hash of the one above. */
final class LedgerText {
    /** What the first line names as the line above it. */
    static final String NO_LINE = "0".repeat(64);

    private static final String FORMAT = "lama-trials-1";
    private static final List<String> HEADER_KEYS = List.of("format", "previous", "started");
    private static final List<String> TRIAL_KEYS = List.of(
            "previous", "recorded", "codeVersion", "settingsHash", "dataChecksum", "testFrom", "testTo", "metrics");

    private LedgerText() {}

    static String header(Instant started) {
        StringBuilder out = new StringBuilder();
        member(out, '{', "format", FORMAT);
        member(out, ',', "previous", NO_LINE);
        member(out, ',', "started", started.toString());
        return out.append('}').toString();
    }

    static String trial(String previous, Instant recorded, Trial trial) {
        StringBuilder out = new StringBuilder();
        member(out, '{', "previous", previous);
        member(out, ',', "recorded", recorded.toString());
        member(out, ',', "codeVersion", trial.codeVersion());
        member(out, ',', "settingsHash", trial.settingsHash());
        member(out, ',', "dataChecksum", trial.dataChecksum());
        member(out, ',', "testFrom", instant(trial.testFromNanos()).toString());
        member(out, ',', "testTo", instant(trial.testToNanos()).toString());
        out.append(",\"metrics\":");
        char before = '{';
        for (Map.Entry<String, Double> metric : trial.metrics().entrySet()) {
            out.append(before);
            JsonLine.appendText(out, metric.getKey());
            JsonLine.appendNumber(out.append(':'), metric.getValue());
            before = ',';
        }
        return out.append(before == '{' ? "{}" : "}").append('}').toString();
    }

    /** The start date of a header; throws IllegalArgumentException saying what is wrong with the line. */
    static Instant parseHeader(String line) {
        Map<String, Object> members = members(line, HEADER_KEYS);
        Check.that(FORMAT.equals(members.get("format")), "format must be " + FORMAT + ", got " + members.get("format"));
        checkPrevious(members, NO_LINE);
        return time(members, "started");
    }

    /** The trial of a line; throws IllegalArgumentException saying what is wrong with the line. */
    static Trial parseTrial(String line, String previous) {
        Map<String, Object> members = members(line, TRIAL_KEYS);
        checkPrevious(members, previous);
        time(members, "recorded");
        if (!(members.get("metrics") instanceof Map<?, ?> values)) {
            throw new IllegalArgumentException("metrics must be an object");
        }
        Map<String, Double> metrics = new TreeMap<>();
        values.forEach((name, value) -> {
            if (!(value instanceof Double number)) {
                throw new IllegalArgumentException("metric " + name + " must be a number or null");
            }
            metrics.put(String.valueOf(name), number);
        });
        return new Trial(
                text(members, "codeVersion"),
                text(members, "settingsHash"),
                text(members, "dataChecksum"),
                nanos(time(members, "testFrom")),
                nanos(time(members, "testTo")),
                metrics);
    }

    static String sha256(String line) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(line.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must offer SHA-256", e);
        }
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }

    static long nanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    }

    static void member(StringBuilder out, char before, String name, String value) {
        JsonLine.appendText(out.append(before), name);
        JsonLine.appendText(out.append(':'), value);
    }

    static Map<String, Object> members(String line, List<String> keys) {
        Map<String, Object> members = JsonLine.parse(line);
        checkKeys(members, keys);
        return members;
    }

    static void checkKeys(Map<String, Object> members, List<String> keys) {
        Check.that(
                List.copyOf(members.keySet()).equals(keys),
                "the members must be " + keys + " in this order, got " + members.keySet());
    }

    static void checkPrevious(Map<String, Object> members, String previous) {
        Check.that(
                previous.equals(members.get("previous")),
                "previous must be the SHA-256 of the line above, " + previous + ", got " + members.get("previous"));
    }

    static String text(Map<String, Object> members, String name) {
        if (members.get(name) instanceof String value) {
            return value;
        }
        throw new IllegalArgumentException(name + " must be a text");
    }

    static Instant time(Map<String, Object> members, String name) {
        String value = text(members, name);
        try {
            Instant time = Instant.parse(value);
            nanos(time);
            return time;
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(name + " must be an ISO-8601 time of this era, got " + value, e);
        }
    }
}
