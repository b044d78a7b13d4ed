package org.lama.backtest.cli;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

/** A feed as a recorder of Binance USD-M writes it: a snapshot, changes and trades, with a hole if asked for. */
final class RecordedBook {
    private static final long START_MILLIS = 1_700_000_000_000L;

    private RecordedBook() {}

    static Path write(Path file, int seconds, boolean hole) throws IOException {
        Rng rng = Seeds.rng(5, 0);
        try (Writer out =
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
            long update = 100;
            line(
                    out,
                    0,
                    "{\"lastUpdateId\":" + update + ",\"E\":" + START_MILLIS + ",\"T\":" + START_MILLIS
                            + ",\"bids\":[[\"100.0\",\"5\"],[\"99.9\",\"7\"]],\"asks\":[[\"100.1\",\"5\"],[\"100.2\",\"7\"]]}");
            for (int step = 1; step < seconds * 10; step++) {
                long previous = update;
                long first = update + (hole && step == seconds * 5 ? 10 : 1);
                update = first + 1;
                long time = START_MILLIS + step * 100L;
                String size = String.format(Locale.ROOT, "%.3f", 1 + rng.nextInt(5000) / 1000.0);
                boolean bid = rng.nextInt(2) == 0;
                String level = "[[\"" + (bid ? "100.0" : "100.1") + "\",\"" + size + "\"]]";
                line(
                        out,
                        step,
                        "{\"stream\":\"btcusdt@depth@0ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":" + time
                                + ",\"T\":" + time + ",\"U\":" + first + ",\"u\":" + update + ",\"pu\":"
                                + (hole && step == seconds * 5 ? previous + 9 : previous) + ",\"b\":"
                                + (bid ? level : "[]")
                                + ",\"a\":" + (bid ? "[]" : level) + "}}");
                boolean sold = rng.nextInt(2) == 0;
                line(
                        out,
                        step,
                        "{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":" + time + ",\"T\":"
                                + time + ",\"t\":" + step + ",\"p\":\"" + (sold ? "100.0" : "100.1")
                                + "\",\"q\":\"1.500\",\"m\":"
                                + sold + "}}");
            }
        }
        return file;
    }

    private static void line(Writer out, int step, String message) throws IOException {
        out.write((START_MILLIS + step * 100L + 5) * 1_000_000L + " " + message + "\n");
    }
}
