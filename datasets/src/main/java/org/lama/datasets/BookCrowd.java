package org.lama.datasets;

import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookGenerator.Plan;

/** The people of one made-up book: writes what they do as rows. One reading of a feed, single-threaded. */
final class BookCrowd {
    private static final int FIRST_BID = 500_000;
    private static final int LEVELS = 40;
    private static final int DEEPEST = 45;
    private static final int FLOOR_TICKS = 50_000;
    private static final long MOVE_NANOS = 10_000_000_000L;
    private static final int SPARE_ROWS = 512;
    private static final double MEAN_LOTS = 20;
    private static final double ROWS_OF_A_STEP = 0.94;
    private static final int MOOD_STEPS = 64;

    /** Quantiles of the exponential law with mean 1, so that a draw costs no logarithm. */
    private static final float[] EXPONENTIAL = exponential();

    private final Rng rng;
    private final Rng delay;
    private final FeedAnomalies anomaly;
    private final long end;
    private final double stepNanos;
    private final int moveTicks;
    private final BookSide bid = new BookSide(FIRST_BID);
    private final BookSide ask = new BookSide(-FIRST_BID - 1);
    private long now;
    private long local;
    private boolean begun;
    private long steps;

    private double lean;
    private boolean hot;

    private boolean unusual;
    private int push;
    private int pushFrom;
    private long pushUntil;

    BookCrowd(Plan plan) {
        rng = Seeds.rng(plan.seed(), 0);
        delay = Seeds.rng(plan.seed(), 1);
        anomaly = FeedAnomalies.of(plan);
        now = plan.startNanos();
        local = now;
        end = now + plan.length().toNanos();
        // about three times what the price moves in ten seconds by itself
        moveTicks = 10 + (int) (10 * StrictMath.sqrt(plan.rowsPerSecond()));
        stepNanos = ROWS_OF_A_STEP * 1e9 / plan.rowsPerSecond();
    }

    private static float[] exponential() {
        float[] table = new float[1 << 12];
        for (int i = 0; i < table.length; i++) {
            table[i] = (float) -StrictMath.log((i + 0.5) / table.length);
        }
        return table;
    }

    private double exponential(Rng from) {
        return EXPONENTIAL[(int) (from.nextLong() >>> 52)];
    }

    /** Adds rows until there are enough of them or the feed ends. */
    void fill(BookEvents into, int rows) {
        if (!begun) {
            begun = true;
            begin(into);
        }
        while (into.size() < rows - SPARE_ROWS && now < end) {
            step(into);
        }
    }

    private void begin(BookEvents into) {
        arrive();
        into.add(BookEvents.CLEAR, now, local, 0, 0);
        for (int k = 0; k < LEVELS; k++) {
            set(into, bid, bid.best - k, 1 + (long) (1.5 * MEAN_LOTS * exponential(rng)));
        }
        for (int k = 0; k < LEVELS; k++) {
            set(into, ask, ask.best - k, 1 + (long) (1.5 * MEAN_LOTS * exponential(rng)));
        }
        into.add(BookEvents.WHOLE, now, local, 0, 0);
    }

    /** When what happens now comes to us: 0.2 ms and as much again on average later, and never before what came last. */
    private void arrive() {
        local = Math.max(local, now + 200_000 + (long) (200_000 * exponential(delay)));
    }

    private void step(BookEvents into) {
        double speed = push != 0 ? 4 : hot ? 2.5 : 0.7;
        now += 1 + (long) (stepNanos * exponential(rng) / speed);
        if (now >= end) {
            return;
        }
        arrive();
        if (steps++ % MOOD_STEPS == 0) {
            feel();
        }
        if (now >= (unusual ? anomaly.toNanos : anomaly.fromNanos)) {
            turn(into);
        }
        if (push != 0 && (now >= pushUntil || push * (bid.best - pushFrom) >= moveTicks)) {
            push = 0;
        }
        double what = rng.nextDouble();
        double trades = push != 0 ? 0.4 : hot ? 0.10 : 0.07;
        if (what < trades) {
            trade(into);
        } else if (what < trades + 0.5 * (1 - trades) + 0.02) {
            come(into);
        } else {
            go(into);
        }
        trim(into, bid);
        trim(into, ask);
    }

    private void feel() {
        lean = 0.98 * lean + 0.15 * rng.nextGaussian();
        hot = hot ? rng.nextDouble() > 0.02 : rng.nextDouble() < 0.005;
    }

    /** How likely it is that what happens next is for the buyers' side. */
    private double tilt(double strength) {
        if (push != 0) {
            return push > 0 ? 0.97 : 0.03;
        }
        // far below its start the price is held: a made-up book must not reach zero
        return bid.best < FLOOR_TICKS ? 0.9 : 0.5 + strength * lean / (1 + Math.abs(lean));
    }

    private double meanLots(BookSide side) {
        double usual = MEAN_LOTS * (hot ? 0.6 : 1);
        return isThin(side) ? 0.05 * usual : usual;
    }

    private boolean isThin(BookSide side) {
        boolean torn = unusual && anomaly.kind == BookAnomaly.ONE_SIDED && side == unusualSide();
        return torn || (unusual && anomaly.kind == BookAnomaly.VACUUM);
    }

    private BookSide unusualSide() {
        return anomaly.side > 0 ? bid : ask;
    }

    private int spread() {
        return -ask.best - bid.best;
    }

    private int distance() {
        return Math.min(DEEPEST, (int) (6 * exponential(rng)));
    }

    /** A new order. */
    private void come(BookEvents into) {
        BookSide side = rng.nextDouble() < tilt(0.25) ? bid : ask;
        int room = spread() - 1;
        boolean torn = unusual && anomaly.kind == BookAnomaly.TORN;
        // the wider the spread, the surer somebody steps into it; that is what keeps it narrow
        boolean inside = room > 0 && !torn && rng.nextDouble() < Math.min(0.9, 0.3 * room);
        int key = inside ? side.best + 1 + rng.nextInt(Math.min(room, 8)) : side.best - distance();
        set(into, side, key, side.at(key) + 1 + (long) (meanLots(side) * exponential(rng)));
    }

    /** An order is withdrawn, whole or in part; the nearest level from a random distance on. */
    private void go(BookEvents into) {
        BookSide side = rng.nextDouble() < 0.5 ? bid : ask;
        int key = side.best - distance();
        for (int tries = 0; tries < 8 && side.at(key) == 0; tries++) {
            key--;
        }
        long lots = side.at(key);
        if (lots > 0) {
            boolean all = rng.nextDouble() < 0.5;
            long left = all ? 0 : lots - 1 - (long) (rng.nextDouble() * (lots - 1));
            set(into, side, key, left);
        }
    }

    /** A trade takes levels from the best one on, and not the last one. */
    private void trade(BookEvents into) {
        boolean buys = rng.nextDouble() < tilt(0.35);
        BookSide side = buys ? ask : bid;
        long wanted = 1 + (long) (15 * exponential(rng));
        for (int level = 0; level < 5 && wanted > 0; level++) {
            int key = side.best;
            long taken = Math.min(wanted, side.at(key));
            into.add(buys ? BookEvents.BUY : BookEvents.SELL, now, local, Math.abs(key), taken);
            set(into, side, key, side.at(key) - taken);
            wanted -= taken;
        }
    }

    /** A level has a new size; behind the last one of a side another is made first, so that no side is ever empty. */
    private void set(BookEvents into, BookSide side, int key, long lots) {
        if (lots == 0 && side.levels == 1 && side.at(key) > 0) {
            set(into, side, key - 1, 1 + (long) (MEAN_LOTS * exponential(rng)));
        }
        side.set(key, lots);
        into.add(side == bid ? BookEvents.BID : BookEvents.ASK, now, local, Math.abs(key), lots);
    }

    /** Levels that the price has left far behind are withdrawn. */
    private void trim(BookEvents into, BookSide side) {
        while (side.isWide()) {
            int key = side.lowest;
            if (side.at(key) > 0) {
                set(into, side, key, 0);
            }
            side.lowest = key + 1;
        }
    }

    /** An anomaly begins or ends. */
    private void turn(BookEvents into) {
        if (unusual) {
            finish(into);
            return;
        }
        unusual = true;
        switch (anomaly.kind) {
            case VACUUM -> {
                thin(into, bid);
                thin(into, ask);
            }
            case ONE_SIDED -> thin(into, unusualSide());
            case PRETENDED -> pretend(into, unusualSide());
            case TORN -> {
                tear(into, bid);
                tear(into, ask);
            }
        }
    }

    private void finish(BookEvents into) {
        unusual = false;
        if (anomaly.kind == BookAnomaly.PRETENDED) {
            BookSide side = unusualSide();
            for (int key = side.best; key >= side.best - LEVELS; key--) {
                if (side.at(key) > 10 * MEAN_LOTS) {
                    set(into, side, key, 1 + (long) (1.5 * MEAN_LOTS));
                }
            }
        }
        if (anomaly.move != 0) {
            push = anomaly.move;
            pushFrom = bid.best;
            pushUntil = now + MOVE_NANOS;
        }
        anomaly.next();
    }

    private void thin(BookEvents into, BookSide side) {
        int top = side.best;
        for (int key = top; key >= top - DEEPEST; key--) {
            long lots = side.at(key);
            if (lots > 1) {
                set(into, side, key, Math.max(1, lots / 20));
            }
        }
    }

    private void pretend(BookEvents into, BookSide side) {
        for (int key = side.best - 9; key <= side.best - 3; key++) {
            set(into, side, key, side.at(key) + (long) (30 * MEAN_LOTS));
        }
    }

    private void tear(BookEvents into, BookSide side) {
        int top = side.best;
        for (int key = top; key > top - 8; key--) {
            if (side.at(key) > 0) {
                set(into, side, key, 0);
            }
        }
    }
}
