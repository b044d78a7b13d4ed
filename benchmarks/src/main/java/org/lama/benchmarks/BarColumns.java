package org.lama.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lama.core.base.Check;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

/** Bars by column: open, high, low, close, volume, from a file or from the seed of the benchmarks. */
final class BarColumns {
    private static final List<String> NAMES = List.of("open", "high", "low", "close", "volume");
    private static final Map<Path, double[][]> READ = new LinkedHashMap<>();
    private static final int ROWS_AT_FIRST = 1 << 16;

    private BarColumns() {}

    /** The place of an indicator's input; any two columns are high and low. */
    static int place(String input) {
        return switch (input) {
            case "first" -> NAMES.indexOf("high");
            case "second" -> NAMES.indexOf("low");
            default -> NAMES.indexOf(input);
        };
    }

    /** Five numbers a line below a header; the same file again is not read again, for every task asks for it. */
    static double[][] read(Path file) throws IOException {
        double[][] known = READ.get(file);
        if (known == null) {
            known = parse(file);
            READ.clear();
            READ.put(file, known);
        }
        return known;
    }

    private static double[][] parse(Path file) throws IOException {
        double[][] columns = new double[NAMES.size()][ROWS_AT_FIRST];
        int rows = 0;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            Check.that(String.join(",", NAMES).equals(reader.readLine()), file + " must begin with a line of " + NAMES);
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] cells = line.split(",", -1);
                for (int c = 0; c < columns.length; c++) {
                    if (rows == columns[c].length) {
                        columns[c] = Arrays.copyOf(columns[c], 2 * rows);
                    }
                    columns[c][rows] = Double.parseDouble(cells[c]);
                }
                rows++;
            }
        }
        int size = Check.atLeast(rows, 1, "rows of " + file);
        return Arrays.stream(columns).map(column -> Arrays.copyOf(column, size)).toArray(double[][]::new);
    }

    /** A walk of 0.1 % a bar. */
    static double[][] generated(int rows) {
        Rng rng = Seeds.rng(BenchmarkData.SEED, rows);
        double[][] columns = new double[NAMES.size()][rows];
        double price = 100;
        for (int r = 0; r < rows; r++) {
            double open = price;
            price *= 1 + 0.001 * rng.nextGaussian();
            columns[0][r] = open;
            columns[1][r] = Math.max(open, price) * (1 + 0.0005 * rng.nextDouble());
            columns[2][r] = Math.min(open, price) * (1 - 0.0005 * rng.nextDouble());
            columns[3][r] = price;
            columns[4][r] = 10 * rng.nextDouble();
        }
        return columns;
    }
}
