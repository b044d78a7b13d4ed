package org.lama.core.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

/** Generated columns, and comparing by bits. */
final class Specimens {
    static final long START = 1_704_067_200_000_000_000L;
    static final long SECOND = 1_000_000_000L;

    private Specimens() {}

    /** A market of seconds: rising times, tick-rounded prices with some gaps, volumes of five digits, returns, sides. */
    static List<RawColumn> market(int rows, long seed) {
        Rng rng = Seeds.rng(seed, rows);
        long[] times = new long[rows];
        double[] price = new double[rows];
        double[] gaps = new double[rows];
        double[] volume = new double[rows];
        double[] returns = new double[rows];
        long[] ids = new long[rows];
        String[] sides = new String[rows];
        long ticks = 3_000_000;
        for (int i = 0; i < rows; i++) {
            times[i] = START + i * SECOND;
            ticks += rng.nextInt(401) - 200;
            price[i] = ticks / 100.0;
            gaps[i] = rng.nextInt(50) == 0 ? Double.NaN : ticks / 10.0;
            volume[i] = Math.rint(rng.nextDouble() * 1e7) / 1e5;
            returns[i] = rng.nextGaussian() * 1e-4;
            ids[i] = 7_000_000_000L + 3L * i + rng.nextInt(3);
            sides[i] = rng.nextInt(2) == 0 ? "buy" : "sell";
        }
        return List.of(
                new RawColumn("time", RawColumn.Kind.TIME, times),
                new RawColumn("price", RawColumn.Kind.DOUBLE, price),
                new RawColumn("gaps", RawColumn.Kind.DOUBLE, gaps),
                new RawColumn("volume", RawColumn.Kind.DOUBLE, volume),
                new RawColumn("returns", RawColumn.Kind.DOUBLE, returns),
                new RawColumn("id", RawColumn.Kind.LONG, ids),
                new RawColumn("side", RawColumn.Kind.TEXT, sides));
    }

    static Path resource(String name) {
        try {
            return Path.of(
                    Specimens.class.getResource("/parquet/" + name + ".parquet").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Some rows of a column, as integers that are equal only if the bits are, or as texts. */
    static Object bits(RawColumn column, int from, int to) {
        return switch (column.kind()) {
            case TIME, LONG -> Arrays.copyOfRange(column.longs(), from, to);
            case DOUBLE ->
                Arrays.stream(column.doubles(), from, to)
                        .mapToLong(Double::doubleToRawLongBits)
                        .toArray();
            case TEXT -> Arrays.copyOfRange(column.texts(), from, to);
        };
    }

    static boolean equal(RawColumn a, int from, int to, RawColumn b) {
        return a.kind() == b.kind()
                && a.name().equals(b.name())
                && Arrays.deepEquals(
                        new Object[] {bits(a, from, to)},
                        new Object[] {bits(b, 0, java.lang.reflect.Array.getLength(b.values()))});
    }

    /** Asserts that content holds these rows of columns, bit by bit. */
    static void assertRows(ParquetSource.Content content, List<RawColumn> columns, int from, int to) {
        assertThat(content.rows()).isEqualTo(to - from);
        assertThat(content.columns()).hasSameSizeAs(columns);
        for (int i = 0; i < columns.size(); i++) {
            assertThat(equal(columns.get(i), from, to, content.columns().get(i)))
                    .as("column %s, rows %d to %d", columns.get(i).name(), from, to)
                    .isTrue();
        }
    }
}
