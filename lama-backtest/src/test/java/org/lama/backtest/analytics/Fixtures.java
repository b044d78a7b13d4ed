package org.lama.backtest.analytics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** The oracle values beside this class; make_fixtures.py says where they come from. */
final class Fixtures {
    private Fixtures() {}

    static final class Pair {
        private final double[] returns;
        private final double[] benchmark;

        Pair(double[] returns, double[] benchmark) {
            this.returns = returns;
            this.benchmark = benchmark;
        }

        double[] returns() {
            return returns;
        }

        double[] benchmark() {
            return benchmark;
        }
    }

    static Map<String, Pair> series() {
        Map<String, ArrayList<String[]>> rows = new LinkedHashMap<>();
        for (String line : lines("series.csv.gz")) {
            String[] cells = line.split(",", -1);
            rows.computeIfAbsent(cells[0], key -> new ArrayList<>()).add(cells);
        }
        Map<String, Pair> series = new LinkedHashMap<>();
        rows.forEach((name, list) -> series.put(name, new Pair(column(list, 1), column(list, 2))));
        return series;
    }

    static double[] returns(String name) {
        return Objects.requireNonNull(series().get(name), name).returns();
    }

    static Map<String, Map<String, Double>> table(String name) {
        Map<String, Map<String, Double>> table = new TreeMap<>();
        for (String line : lines(name)) {
            String[] cells = line.split(",", -1);
            table.computeIfAbsent(cells[0], key -> new TreeMap<>()).put(cells[1], Double.parseDouble(cells[2]));
        }
        return table;
    }

    /** One row per configuration; the file has one line per period, in units of 1e-13. */
    static double[][] matrix(int index) {
        List<String> lines = lines("pbo_" + index + ".csv.gz");
        double[][] matrix = new double[lines.get(0).split(",", -1).length][lines.size()];
        for (int t = 0; t < lines.size(); t++) {
            String[] cells = lines.get(t).split(",", -1);
            for (int c = 0; c < cells.length; c++) {
                matrix[c][t] = Long.parseLong(cells[c]) / 1e13;
            }
        }
        return matrix;
    }

    private static double[] column(List<String[]> rows, int index) {
        return rows.stream().mapToDouble(row -> Double.parseDouble(row[index])).toArray();
    }

    private static List<String> lines(String name) {
        try (InputStream file = Objects.requireNonNull(Fixtures.class.getResourceAsStream(name), name);
                InputStream in = name.endsWith(".gz") ? new GZIPInputStream(file) : file;
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
