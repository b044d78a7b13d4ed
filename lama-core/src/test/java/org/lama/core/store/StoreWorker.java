package org.lama.core.store;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes a store in a process of its own, to be killed. */
final class StoreWorker {
    private StoreWorker() {}

    /** Bars of three months: appended, put between, doubled, revised, until files are merged. */
    static final int WRITES = 14;

    private static final long MINUTES = 15 * 60 * MarketStoreContract.SECOND;

    static final SeriesKey KEY = SeriesKey.bars("BINANCE.SPOT.BTC-USDT", MINUTES);

    private static final SeriesKey[] OTHERS = {
        SeriesKey.bars("BINANCE.SPOT.ETH-USDT", MINUTES), SeriesKey.bars("BINANCE.PERP.BTC-USDT", MINUTES)
    };

    static ParquetTable table(int write) {
        int rows = 400;
        long[] opens = new long[rows];
        double[] closes = new double[rows];
        long step = write % 3 == 2 ? 3 : 1;
        for (int i = 0; i < rows; i++) {
            opens[i] = MarketStoreContract.START + (write / 2 * 290L + step * i * 7) * MINUTES;
            closes[i] = 100 + opens[i] / MINUTES % 1_000 + (write % 5 == 4 ? 1 : 0);
        }
        long[] known = Arrays.stream(opens)
                .map(open -> open + MINUTES * (write % 5 == 4 ? 100 : 1))
                .toArray();
        return MarketStoreContract.barsKnown(opens, known, closes);
    }

    /** Some writes alone, some together. */
    static void writeAll(ParquetStore store) throws IOException {
        for (int i = 0; i < WRITES; i += i % 4 == 0 ? 3 : 1) {
            int first = i;
            if (i % 4 == 0) {
                store.together(() -> {
                    for (int j = first; j < Math.min(WRITES, first + 3); j++) {
                        write(store, j);
                    }
                });
            } else {
                write(store, i);
            }
        }
    }

    static void write(ParquetStore store, int i) throws IOException {
        store.write(KEY, table(i), MarketStoreContract.ORIGIN, false);
        if (i % 3 == 0) {
            // series beside it, new ones with two partitions too
            store.write(OTHERS[i / 3 % OTHERS.length], table(i), MarketStoreContract.ORIGIN, false);
        }
    }

    /** Starts this class in another process. */
    static ProcessBuilder process(List<String> before, String... arguments) {
        List<String> command = new ArrayList<>(before);
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        boolean scan = List.of(arguments).contains("scan");
        command.addAll(List.of(
                scan ? "-Xmx40m" : "-Xmx256m",
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp"));
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(StoreWorker.class.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    private static void scan(Path root) throws IOException {
        double sum = 0;
        long rows = 0;
        try (ParquetStore store = ParquetStore.open(root);
                MarketStore.Batches batches = store.scan(MarketStore.Query.all(MarketStoreContract.TRADES))) {
            for (ParquetTable next = batches.next(); next != null; next = batches.next()) {
                rows += next.rows();
                for (double price : next.lendDoubles("price")) {
                    sum += price;
                }
            }
        }
        System.out.println(rows + " " + sum);
    }

    /** Says each step that it takes on the disk. */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        if (List.of(arguments).contains("scan")) {
            scan(root);
            return;
        }
        boolean large = arguments.length > 1;
        StoreDisk.Steps steps = (step, file) -> {
            if (!large) {
                System.out.println(step);
            }
        };
        try (ParquetStore store = ParquetStore.open(root, ParquetStore.Strictness.STRICT, steps)) {
            if (large) {
                store.write(
                        MarketStoreContract.TRADES,
                        MarketStoreContract.trades(MarketStoreContract.START, 1, 600_000, 1),
                        MarketStoreContract.ORIGIN,
                        true);
            } else {
                writeAll(store);
            }
            System.out.println("done");
        } catch (IOException e) {
            System.out.println("failed: " + e.getMessage());
        }
    }
}
