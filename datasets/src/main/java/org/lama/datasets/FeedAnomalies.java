package org.lama.datasets;

import java.util.ArrayList;
import java.util.List;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.book.BookGenerator.Plan;
import org.lama.core.book.BookGenerator.Planted;
import org.lama.core.series.TimeIndex;

/** The anomalies of one feed in the order of time, each a function of seed and number alone. */
final class FeedAnomalies {
    private static final int STREAM = 2;
    private static final long MOVE_NANOS = 10_000_000_000L;

    private final Plan plan;
    private final long end;
    private final long seed;
    private long number;
    private long free;

    long fromNanos;
    long toNanos;
    BookAnomaly kind = BookAnomaly.VACUUM;

    /** 1 for the bid, -1 for the ask. */
    int side;

    /** Direction of the move that follows, 0 for none. */
    int move;

    private FeedAnomalies(Plan plan) {
        this.plan = plan;
        seed = Seeds.derive(plan.seed(), STREAM);
        free = plan.startNanos() + 1_000_000_000L;
        end = plan.startNanos() + plan.length().toNanos();
    }

    static FeedAnomalies of(Plan plan) {
        FeedAnomalies anomalies = new FeedAnomalies(plan);
        anomalies.next();
        return anomalies;
    }

    /** Goes on to the next one; one that does not end within the feed does not begin. */
    void next() {
        Rng rng = Seeds.rng(seed, number++);
        double hours = -StrictMath.log(1 - rng.nextDouble()) / plan.anomaliesPerHour();
        double wait = Math.min(hours * 3.6e12, 1e18);
        fromNanos = wait < end - free ? free + (long) wait : Long.MAX_VALUE;
        kind = BookAnomaly.of(rng.nextInt(BookAnomaly.count()));
        side = rng.nextDouble() < 0.5 ? 1 : -1;
        long length = 2_000_000_000L + (long) (6e9 * rng.nextDouble());
        move = rng.nextDouble() < plan.adverseShare() ? kind.direction(side) : 0;
        if (fromNanos == Long.MAX_VALUE || fromNanos + length > end) {
            fromNanos = Long.MAX_VALUE;
            toNanos = Long.MAX_VALUE;
        } else {
            toNanos = fromNanos + length;
            free = toNanos + MOVE_NANOS;
        }
    }

    boolean isOver() {
        return fromNanos == Long.MAX_VALUE;
    }

    List<Planted> list() {
        List<Planted> all = new ArrayList<>();
        for (; !isOver(); next()) {
            all.add(new Planted(TimeIndex.instant(fromNanos), TimeIndex.instant(toNanos), kind.shown(side), move));
        }
        return all;
    }
}
