package org.lama.datasets;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookFeed;
import org.lama.core.book.BookGenerator;
import org.lama.core.book.BookScale;

/**
 * A made-up book, by the name {@code synthetic}: orders that come, go and trade at random around a price of about 50,000 with
 * ticks of 0.1 and lots of 0.001. New orders and withdrawals lie at geometric distances from the best price; trades take
 * the best levels, a mean of 15 lots; the price moves because levels run empty. A slow lean tilts where orders and trades
 * come, and a hot state brings more of them, more trades and thinner levels. The book is a whole one at every row: it begins
 * with a snapshot, never crosses, never has a hole. It takes 0.2 ms and more until a row comes to us.
 *
 * <p>Anomalies, each of 2 to 8 seconds: {@code VACUUM} (nearly all is withdrawn on both sides and little comes), {@code
 * ONE_SIDED_BID} and {@code _ASK} (the same on one side), {@code PRETENDED_BID} and {@code _ASK} (great orders three to nine
 * levels behind the best one, which are withdrawn at the end), {@code TORN} (nobody stands within eight ticks of the best
 * prices). Where a move follows, trades push the price by 10 + 10·√(rows a second) ticks, about three times
 * what it moves in ten seconds by itself, and for ten seconds at most: down after a vacuum or a torn book,
 * towards the empty side, away from pretended orders.
 *
 * <p>Equal plans give equal rows on every machine. Stateless and thread-safe; about 10 M rows a second, no allocation for a row.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class SyntheticBook implements BookGenerator {
    private static final BookScale SCALE = new BookScale(0.1, 0.001);

    /** Called by the service loader. */
    public SyntheticBook() {}

    @Override
    public String name() {
        return "synthetic";
    }

    @Override
    public BookFeed feed(Plan plan) {
        return new Feed(Check.notNull(plan, "plan"));
    }

    @Override
    public List<Planted> planted(Plan plan) {
        return FeedAnomalies.of(plan).list();
    }

    private record Feed(Plan plan) implements BookFeed {
        @Override
        public BookScale scale() {
            return SCALE;
        }

        @Override
        public Chunks open() {
            BookCrowd crowd = new BookCrowd(plan);
            return new Chunks() {
                @Override
                public boolean next(BookEvents into) {
                    into.clear();
                    crowd.fill(into, USUAL_ROWS);
                    return into.size() > 0;
                }
            };
        }
    }
}
