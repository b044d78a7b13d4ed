package org.lama.backtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

/** Small files of daily bars for tests of commands: a random walk, with rows to spoil at will. */
public final class BarTexts {
    /** Its columns. */
    public static final String HEADER = "time_ms,open,high,low,close,volume";

    private static final long FIRST_DAY = 1_577_836_800_000L;

    private BarTexts() {}

    /** Rows below the header; the same seed gives the same rows. */
    public static List<String> walk(long seed, int days) {
        Rng rng = Seeds.rng(seed, 0);
        double price = 100;
        List<String> rows = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            double open = price;
            price *= StrictMath.exp(0.06 * (rng.nextDouble() - 0.5));
            rows.add(FIRST_DAY + day * 86_400_000L + "," + open + "," + Math.max(open, price) * 1.01 + ","
                    + Math.min(open, price) * 0.99 + "," + price + "," + (1000 + day));
        }
        return rows;
    }

    /** Rows with one field replaced; rows and columns count from 0. */
    public static List<String> spoiled(List<String> rows, int row, int column, String value) {
        List<String> copy = new ArrayList<>(rows);
        String[] fields = copy.get(row).split(",", -1);
        fields[column] = value;
        copy.set(row, String.join(",", fields));
        return copy;
    }

    /** Each row changed alike. */
    public static List<String> each(List<String> rows, UnaryOperator<String> change) {
        return rows.stream().map(change).toList();
    }

    /** Writes header and rows. */
    public static Path write(Path file, List<String> rows) throws IOException {
        return Files.writeString(file, HEADER + "\n" + String.join("\n", rows) + (rows.isEmpty() ? "" : "\n"));
    }
}
