package org.lama.core.search;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * A part of the data that nobody may look at until one logged unsealing: the hold-out on which a finished idea is tried
 * once. Kept in the {@link TrialLedger}.
 *
 * <p>A seal names instruments and holds fingerprints of some of their bars, so that neither the same instrument in another
 * file nor the same bars under another name get around it. While it holds, everything from its start on is closed, also
 * bars that come later. Immutable and thread-safe.
 *
 * @param dataChecksum SHA-256 of the data that were sealed
 * @param instruments fingerprints of sealed bars by instrument, see {@link #instrument(String)}; at least one instrument
 * @param fromNanos first sealed time, UTC epoch nanoseconds
 * @param toNanos end of the data when they were sealed, exclusive
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record Seal(String dataChecksum, Map<String, List<String>> instruments, long fromNanos, long toNanos) {
    /** How many bars of an instrument are fingerprinted at most. */
    public static final int FINGERPRINTS = 64;

    /** How the note of a series begins whose sealed part was cut off. */
    public static final String SEALED_NOTE = "Sealed: ";

    /** How the note of a series begins that reaches into a window that was unsealed. */
    public static final String SPENT_NOTE = "SPENT hold-out: ";

    /** How the note of a series begins whose trials were counted, but could not be entered into the ledger. */
    public static final String NOT_ENTERED_NOTE = "NOT COUNTED LATER: ";

    /** How the note of a series begins whose trial ledger lacks lines that it had. */
    public static final String LOST_NOTE = "LEDGER CUT: ";

    /** How the note of a series begins whose trial ledger is remembered beside the ledger only. */
    public static final String UNREMEMBERED_NOTE = "LEDGER KEPT ONCE: ";

    /** How the note of a series begins whose trial ledger lies away from the data, which cannot be written beside. */
    public static final String ELSEWHERE_NOTE = "LEDGER ELSEWHERE: ";

    /** What stands between the notes of a series. */
    public static final String NOTE_SEPARATOR = " | ";

    private static final int FINGERPRINT_DIGITS = 16;

    /**
     * Checks the parts and copies the map.
     *
     * @param dataChecksum SHA-256 of the data that were sealed
     * @param instruments fingerprints of sealed bars by instrument, see {@link #instrument(String)}; at least one instrument
     * @param fromNanos first sealed time, UTC epoch nanoseconds
     * @param toNanos end of the data when they were sealed, exclusive
     */
    public Seal {
        Check.notBlank(dataChecksum, "dataChecksum");
        Check.that(fromNanos < toNanos, "toNanos must be after fromNanos=" + fromNanos + ", got " + toNanos);
        Check.that(!instruments.isEmpty(), "instruments must name at least one");
        SortedMap<String, List<String>> copy = new TreeMap<>();
        instruments.forEach((name, prints) -> {
            Check.that(name.equals(instrument(name)), "instrument must be " + instrument(name) + ", got " + name);
            copy.put(name, List.copyOf(prints));
        });
        instruments = Collections.unmodifiableSortedMap(copy);
    }

    /**
     * The name under which an instrument is sealed: letters and digits in upper case, so that {@code btc-usd}, {@code
     * BTC/USD}, {@code BTCUSD} and {@code KRAKEN.SPOT.BTC-USD} are one. The venue is no part of it: what one venue shows of
     * the sealed time gives away the others. Nor is the number of an asset of a ticker, as in {@code LUNA-USDT%232}: trades,
     * books and funding have only the ticker.
     *
     * @param symbol any spelling, or the id of an instrument
     * @return its letters and digits; the symbol itself if it has none
     */
    public static String instrument(String symbol) {
        String name = symbol.toUpperCase(Locale.ROOT)
                .replaceFirst("^[A-Z0-9_%]+\\.(SPOT|PERP|FUTURE|OPTION)\\.", "")
                .replaceFirst("(#|%23)[1-9][0-9]{0,3}$", "");
        String plain = name.replaceAll("[^\\p{L}\\p{N}]", "");
        return plain.isEmpty() ? symbol : plain;
    }

    /**
     * The fingerprint of one bar: the first 16 digits of the SHA-256 of its time and prices.
     *
     * @param timeNanos open of the bar
     * @param prices its prices in a fixed order
     * @return 16 hexadecimal digits
     */
    public static String fingerprint(long timeNanos, double... prices) {
        ByteBuffer bytes = ByteBuffer.allocate(8 + 8 * prices.length).putLong(timeNanos);
        for (double price : prices) {
            bytes.putLong(Double.doubleToLongBits(price));
        }
        // A text of the bytes, because the ledger hashes texts: one hash for all of it.
        return LedgerText.sha256(new String(bytes.array(), StandardCharsets.ISO_8859_1))
                .substring(0, FINGERPRINT_DIGITS);
    }

    /**
     * Which rows of a sealed window are fingerprinted: evenly spaced, the first and the last among them.
     *
     * @param from first row
     * @param to row after the last
     * @return at most {@value #FINGERPRINTS} rows, ascending
     */
    public static int[] fingerprintRows(int from, int to) {
        int count = Math.min(FINGERPRINTS, Math.max(0, to - from));
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) {
            rows[i] = count == 1 ? from : from + (int) ((long) i * (to - from - 1) / (count - 1));
        }
        return rows;
    }

    /**
     * Whether this seal names an instrument.
     *
     * @param symbol any spelling
     * @return true if it does
     */
    public boolean names(String symbol) {
        return instruments.containsKey(instrument(symbol));
    }

    /**
     * All fingerprints.
     *
     * @return of all instruments, in order
     */
    public List<String> fingerprints() {
        List<String> all = new ArrayList<>();
        instruments.values().forEach(all::addAll);
        return List.copyOf(all);
    }

    /**
     * Whether two seals close some instrument at the same time; a seal that holds closes everything after its start.
     *
     * @param other another seal
     * @return true if they share an instrument and their windows touch
     */
    boolean meets(Seal other) {
        boolean shared = instruments.keySet().stream().anyMatch(other.instruments::containsKey);
        return shared && fromNanos < other.toNanos && other.fromNanos < toNanos;
    }

    /**
     * A seal as the ledger keeps it.
     *
     * @param number its number in the ledger, from 1
     * @param seal the seal
     * @param sealedAt when it was set
     * @param unsealedAt when it was broken, empty while it holds
     * @param reason why it was broken, empty while it holds
     */
    public record Kept(int number, Seal seal, Instant sealedAt, Optional<Instant> unsealedAt, String reason) {
        /**
         * Whether the window is closed.
         *
         * @return false once it was unsealed: then it is spent
         */
        public boolean holds() {
            return unsealedAt.isEmpty();
        }
    }
}
