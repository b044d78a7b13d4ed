package org.lama.backtest.sizing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** What {@code make_sizing.py} wrote. */
final class SizingOracle {
    static final int ASSETS = 12;
    static final int ROWS = 250;
    /** The directions of the directed cases. */
    static final double[] SIGNS = new double[ASSETS];

    static {
        for (int i = 0; i < ASSETS; i++) {
            SIGNS[i] = i % 3 == 0 ? -1 : 1;
        }
    }

    private SizingOracle() {}

    /** [asset][row]. */
    static double[][] returns() {
        double[][] columns = new double[ASSETS][ROWS];
        List<String> lines = lines("returns.csv");
        for (int t = 0; t < ROWS; t++) {
            double[] row = numbers(lines.get(t).split(",", -1), 0);
            for (int i = 0; i < ASSETS; i++) {
                columns[i][t] = row[i];
            }
        }
        return columns;
    }

    static ReturnWindow window() {
        return new ReturnWindow(returns(), 0, ROWS);
    }

    static double[] expected(String name) {
        for (String line : lines("expected.csv")) {
            String[] cells = line.split(",", -1);
            if (cells[0].equals(name)) {
                return numbers(cells, 1);
            }
        }
        throw new IllegalArgumentException("no oracle " + name);
    }

    static boolean[] all(int count) {
        boolean[] all = new boolean[count];
        Arrays.fill(all, true);
        return all;
    }

    private static double[] numbers(String[] cells, int from) {
        return Arrays.stream(cells, from, cells.length)
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static List<String> lines(String name) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(SizingOracle.class.getResourceAsStream(name)), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
