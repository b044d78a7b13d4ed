package org.lama.core.stats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;

/** Reference values of statsmodels; see the README beside the resource for versions, sources and checksum. */
final class Oracle {
    private static final JsonNode ALL = read("time-series-tests");
    private static final JsonNode FURTHER = read("further-time-series-tests");

    private Oracle() {}

    static List<JsonNode> series() {
        return StreamSupport.stream(ALL.spliterator(), false).toList();
    }

    static JsonNode series(String name) {
        return series().stream()
                .filter(s -> s.get("series").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What the second file says about every series that the tests without gaps apply to. */
    static List<JsonNode> further() {
        return StreamSupport.stream(FURTHER.get("tests").spliterator(), false)
                .filter(s -> s.has("dfgls"))
                .toList();
    }

    /** Values of a series by name. */
    static double[] values(JsonNode entry) {
        return array(series(entry.get("series").asText()).get("values"));
    }

    static List<JsonNode> pairs() {
        return StreamSupport.stream(FURTHER.get("cointegration").get("pairs").spliterator(), false)
                .toList();
    }

    static JsonNode triple() {
        return FURTHER.get("triple");
    }

    /** Values of an array; null becomes NaN. */
    static double[] array(JsonNode node) {
        double[] values = new double[node.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(node.get(i));
        }
        return values;
    }

    static double number(JsonNode node) {
        return node.isNull() ? Double.NaN : node.asDouble();
    }

    static Trend trend(String regression) {
        return switch (regression) {
            case "n" -> Trend.NONE;
            case "c" -> Trend.CONSTANT;
            case "ct" -> Trend.CONSTANT_TREND;
            case "ctt" -> Trend.CONSTANT_TREND_SQUARED;
            default -> throw new IllegalArgumentException(regression);
        };
    }

    private static JsonNode read(String name) {
        try (InputStream in = Oracle.class.getResourceAsStream("/oracles/stats/" + name + ".json.gz")) {
            if (in == null) {
                throw new IllegalStateException("oracles/stats/" + name + ".json.gz is not on the class path");
            }
            return new ObjectMapper().readTree(new GZIPInputStream(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
