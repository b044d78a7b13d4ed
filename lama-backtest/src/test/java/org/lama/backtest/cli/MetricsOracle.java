package org.lama.backtest.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The oracle values of the metrics, which lie with the tests of the analytics. */
final class MetricsOracle {
    private static final String FOLDER = "/org/lama/backtest/analytics/";

    private MetricsOracle() {}

    static Map<String, double[]> returns() {
        Map<String, List<Double>> lists = new LinkedHashMap<>();
        for (String line : lines("series.csv.gz")) {
            String[] cells = line.split(",", -1);
            lists.computeIfAbsent(cells[0], name -> new java.util.ArrayList<>()).add(Double.valueOf(cells[1]));
        }
        Map<String, double[]> series = new LinkedHashMap<>();
        lists.forEach((name, list) ->
                series.put(name, list.stream().mapToDouble(Double::doubleValue).toArray()));
        return series;
    }

    static Map<String, Map<String, Double>> expected() {
        Map<String, Map<String, Double>> table = new LinkedHashMap<>();
        for (String line : lines("expected.csv")) {
            String[] cells = line.split(",", -1);
            table.computeIfAbsent(cells[0], name -> new LinkedHashMap<>()).put(cells[1], Double.valueOf(cells[2]));
        }
        return table;
    }

    private static List<String> lines(String name) {
        try (InputStream file = Objects.requireNonNull(MetricsOracle.class.getResourceAsStream(FOLDER + name), name);
                InputStream in = name.endsWith(".gz") ? new GZIPInputStream(file) : file;
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
