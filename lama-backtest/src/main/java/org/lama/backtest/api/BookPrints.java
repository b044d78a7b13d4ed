package org.lama.backtest.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lama.backtest.replay.MidPath;
import org.lama.core.search.DataMark;
import org.lama.core.search.Seal;
import org.lama.core.store.Checksums;

/**
 * What the feed of a book is, for the trial ledger: its name, and fingerprints of what its mid did minute by minute. They are
 * the same for a feed that begins or ends elsewhere, lies in a file or a store, or has another name. Each stands for two
 * minutes of the calendar, whose log returns are rounded to 1e-5; quiet minutes that tell feeds apart badly have none.
 *
 * <p>A book is no bar: trials of one do not count as trials of the other.
 */
final class BookPrints {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final double STEP = 1e-5;
    private static final int A_MOVE = 5;

    private BookPrints() {}

    /** Generated feeds share a name and nothing else; those of one seed are one market, however long they are. */
    static DataMark mark(Book book, MidPath mids) {
        BookRequest request = book.request();
        if (book.isSynthetic()) {
            String seed = "generated book of seed " + request.seed();
            return DataMark.of(Checksums.sha256(seed.getBytes(StandardCharsets.UTF_8)));
        }
        return new DataMark(book.checksum(), Map.of(Seal.instrument(request.symbol() + " book"), of(mids)));
    }

    /** In the order of time. */
    static List<String> of(MidPath mids) {
        List<String> prints = new ArrayList<>();
        double lastMid = Double.NaN;
        double lastMove = Double.NaN;
        long first = -Math.floorDiv(-mids.firstNanos(), MINUTE_NANOS);
        for (long minute = first; minute * MINUTE_NANOS <= mids.lastNanos(); minute++) {
            long halfTicks = mids.before(minute * MINUTE_NANOS);
            double mid = halfTicks == MidPath.NONE ? Double.NaN : halfTicks;
            // 0 has one sign
            double move = Math.rint(Math.log(mid / lastMid) / STEP) + 0.0;
            if (Math.abs(move) >= A_MOVE && Math.abs(lastMove) >= A_MOVE) {
                prints.add(Seal.fingerprint(minute, lastMove, move));
            }
            lastMid = mid;
            lastMove = move;
        }
        return prints;
    }
}
