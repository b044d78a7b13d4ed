package org.lama.core.stats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** Values of R's stl, forecast and uroot on ten series; make_seasonal.R beside the resource made them. */
final class SeasonalOracle {
    private static final JsonNode ALL = read();

    private SeasonalOracle() {}

    static Map<String, JsonNode> series() {
        Map<String, JsonNode> series = new TreeMap<>();
        ALL.get("series").properties().forEach(entry -> series.put(entry.getKey(), entry.getValue()));
        return series;
    }

    static JsonNode ocsbCriticalValues() {
        return ALL.get("ocsb_critical");
    }

    static double[] values(JsonNode series) {
        return Oracle.array(series.get("values"));
    }

    private static JsonNode read() {
        try (InputStream in = SeasonalOracle.class.getResourceAsStream("/oracles/stats/seasonal/seasonal.json.gz")) {
            if (in == null) {
                throw new IllegalStateException("oracles/stats/seasonal/seasonal.json.gz is not on the class path");
            }
            return new ObjectMapper().readTree(new GZIPInputStream(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
