package org.lama.backtest.matching;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * When orders were sent, handled by the venue and answered, as measured with real orders; the times may still be those of
 * two clocks. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class LatencySamples {
    private static final List<String> COLUMNS = List.of("req_ts", "exch_ts", "resp_ts");

    private final long[] sent;
    private final long[] matched;
    private final long[] heard;

    private LatencySamples(long[] sent, long[] matched, long[] heard) {
        this.sent = sent;
        this.matched = matched;
        this.heard = heard;
    }

    /**
     * Takes the times of orders.
     *
     * @param sent when each request left us, UTC epoch nanoseconds
     * @param matched when the venue handled it; 0 if it failed
     * @param heard when its answer came
     * @return the samples, which hold copies
     */
    public static LatencySamples of(long[] sent, long[] matched, long[] heard) {
        Check.that(
                sent.length >= 1 && sent.length == matched.length && sent.length == heard.length,
                "sent, matched and heard must have one length of at least 1, got " + sent.length + ", " + matched.length
                        + " and " + heard.length);
        return new LatencySamples(sent.clone(), matched.clone(), heard.clone());
    }

    /**
     * Reads a table of comma-separated values whose first line names {@code req_ts}, {@code exch_ts} and {@code resp_ts}
     * among its columns: nanoseconds, {@code exch_ts} 0 where the request failed. Other columns are passed over.
     *
     * @param file the table, UTF-8
     * @return the samples in their order
     * @throws IOException if the file cannot be read or a line is not understood, naming file and line
     */
    public static LatencySamples read(Path file) throws IOException {
        long[][] columns = new long[COLUMNS.size()][16];
        int rows = 0;
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String header = reader.readLine();
            int[] places = places(header == null ? "" : header, file);
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.isBlank()) {
                    continue;
                }
                String[] cells = line.split(",", -1);
                for (int k = 0; k < places.length; k++) {
                    if (rows == columns[k].length) {
                        columns[k] = Arrays.copyOf(columns[k], 2 * rows);
                    }
                    columns[k][rows] = number(cells, places[k], k, file, line);
                }
                rows++;
            }
        }
        if (rows == 0) {
            throw new IOException(file + " holds no sample");
        }
        return new LatencySamples(
                Arrays.copyOf(columns[0], rows), Arrays.copyOf(columns[1], rows), Arrays.copyOf(columns[2], rows));
    }

    private static int[] places(String header, Path file) throws IOException {
        List<String> names =
                Arrays.stream(header.split(",", -1)).map(String::strip).toList();
        int[] places = COLUMNS.stream().mapToInt(names::indexOf).toArray();
        for (int place : places) {
            if (place < 0) {
                throw new IOException(
                        "the first line of " + file + " must name the columns " + COLUMNS + ", got '" + header + "'");
            }
        }
        return places;
    }

    private static long number(String[] cells, int place, int column, Path file, String line) throws IOException {
        try {
            return Long.parseLong(place < cells.length ? cells[place].strip() : "");
        } catch (NumberFormatException problem) {
            throw new IOException(
                    COLUMNS.get(column) + " must be whole nanoseconds, got '" + line + "' in " + file, problem);
        }
    }

    /**
     * Number of orders.
     *
     * @return at least 1
     */
    public int size() {
        return sent.length;
    }

    /**
     * Requests that failed on their way.
     *
     * @return at least 0
     */
    public int failed() {
        return (int) Arrays.stream(matched).filter(time -> time == 0).count();
    }

    /**
     * When a request left us.
     *
     * @param sample below {@link #size()}
     * @return UTC epoch nanoseconds
     */
    public long sentNanos(int sample) {
        return sent[sample];
    }

    /**
     * When the venue handled a request.
     *
     * @param sample below {@link #size()}
     * @return UTC epoch nanoseconds, 0 if it failed
     */
    public long matchedNanos(int sample) {
        return matched[sample];
    }

    /**
     * When the answer came.
     *
     * @param sample below {@link #size()}
     * @return UTC epoch nanoseconds
     */
    public long heardNanos(int sample) {
        return heard[sample];
    }

    /**
     * The quickest request. Below 0 the venue's clock is behind ours and must be moved by more than that.
     *
     * @return nanoseconds from us to the venue; 0 if all failed
     */
    public long leastRequestNanos() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < sent.length; i++) {
            least = matched[i] == 0 ? least : Math.min(least, matched[i] - sent[i]);
        }
        return least == Long.MAX_VALUE ? 0 : least;
    }

    /**
     * The same samples with the venue's clock moved. Failed requests stay failed.
     *
     * @param nanos added to the times at the venue
     * @return a copy
     */
    public LatencySamples withVenueShifted(long nanos) {
        long[] moved =
                Arrays.stream(matched).map(time -> time == 0 ? 0 : time + nanos).toArray();
        return new LatencySamples(sent, moved, heard);
    }
}
