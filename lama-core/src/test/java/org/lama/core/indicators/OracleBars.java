package org.lama.core.indicators;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The oracle's bars and columns, NaN where a cell is empty; see oracles/indicators/README.md. */
final class OracleBars {
    private static final Map<String, double[]> COLUMNS = load();

    private OracleBars() {}

    static double[] column(String name) {
        return Objects.requireNonNull(COLUMNS.get(name), name).clone();
    }

    static List<String> names() {
        return List.copyOf(COLUMNS.keySet());
    }

    /** The columns of an indicator's inputs; any pair is high and low. */
    static double[][] inputs(Indicator indicator) {
        List<String> names = indicator.inputs();
        double[][] in = new double[names.size()][];
        for (int k = 0; k < in.length; k++) {
            in[k] = column(
                    switch (names.get(k)) {
                        case "first" -> "high";
                        case "second" -> "low";
                        default -> names.get(k);
                    });
        }
        return in;
    }

    private static Map<String, double[]> load() {
        try (InputStream file = Objects.requireNonNull(
                        OracleBars.class.getResourceAsStream("/oracles/indicators/indicators.csv.gz"));
                BufferedReader reader = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(file), StandardCharsets.US_ASCII))) {
            String[] header = reader.readLine().split(",", -1);
            List<String[]> rows = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                rows.add(line.split(",", -1));
            }
            Map<String, double[]> columns = new LinkedHashMap<>();
            for (int c = 0; c < header.length; c++) {
                int at = c;
                double[] values = new double[rows.size()];
                Arrays.setAll(
                        values, r -> rows.get(r)[at].isEmpty() ? Double.NaN : Double.parseDouble(rows.get(r)[at]));
                columns.put(header[c], values);
            }
            return columns;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
