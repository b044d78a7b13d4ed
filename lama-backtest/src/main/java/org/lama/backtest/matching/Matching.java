package org.lama.backtest.matching;

import org.lama.core.book.BookView;

/**
 * What venues have in common, whatever their feed tells of queues: what comes in takes, rests, is changed and cancelled,
 * and what rests fills by {@link FillRules}. Not thread-safe.
 */
abstract class Matching implements Venue {
    final RestingOrders own = new RestingOrders();
    final FillRules rules;
    final Answers answers;
    private final BookView view;
    private final double lotSize;
    /** What a lot is a part of: sizes are lots / lotsPerUnit where that is exact, as decimals are read. */
    private final double lotsPerUnit;

    private final boolean whole;

    /** Whether the book was valid before the row in hand: what makes it valid again is taken in whole, not row by row. */
    private boolean open;

    /** What is still to be given away of the trade or level in hand, in lots. */
    private double budget;

    Matching(BookView view, FillRules rules, Answers answers) {
        this.view = view;
        this.rules = rules;
        this.answers = answers;
        lotSize = view.scale().lotSize();
        lotsPerUnit = Math.rint(1 / lotSize);
        whole = Math.abs(lotsPerUnit * lotSize - 1) < 1e-12;
    }

    /** A row of the feed comes. */
    final void begin() {
        open = view.isValid();
    }

    /** The row is in the book: if that became valid by it, what the best prices passed meanwhile fills. */
    final void end(long now) {
        if (!open && view.isValid()) {
            open = true;
            sweep(now);
        }
    }

    /** Whether orders at rest may fill: the book has no hole, both sides, and they do not meet. */
    final boolean canFill() {
        return open && view.isValid();
    }

    /** Puts an order behind all that stands at its price. */
    abstract void join(int i);

    @Override
    public final BookView book() {
        return view;
    }

    @Override
    public final int resting() {
        return own.size;
    }

    final double units(long quantity) {
        return whole ? quantity / lotsPerUnit : quantity * lotSize;
    }

    final double lots(double units) {
        return units / lotSize;
    }

    @Override
    public final void place(int who, boolean buy, int price, long lots, Terms terms, long now) {
        int other = buy ? view.askTicks() : view.bidTicks();
        boolean meets = other != 0 && (buy ? price >= other : price <= other);
        boolean atOnce = terms == Terms.AT_ONCE || terms == Terms.ALL_AT_ONCE;
        if (meets && terms == Terms.POST_ONLY) {
            answers.refused(who, now);
        } else if (meets && !view.isValid()) {
            answers.cancelled(who, now); // a book that is not valid fills nothing
        } else if (meets) {
            take(who, buy, price, lots, terms, now);
        } else if (atOnce) {
            answers.cancelled(who, now);
        } else {
            answers.accepted(who, now);
            rest(who, buy, price, lots, lots, terms == Terms.POST_ONLY);
        }
    }

    private void rest(int who, boolean buy, int price, long lots, long left, boolean postOnly) {
        int i = own.insert(who, buy, price);
        own.lots[i] = lots;
        own.left[i] = left;
        own.postOnly[i] = postOnly;
        own.allowed[i] = 0;
        join(i);
    }

    private void take(int who, boolean buy, int price, long lots, Terms terms, long now) {
        if (!rules.partial()) {
            answers.filled(who, now, buy ? view.askTicks() : view.bidTicks(), lots, 0, false);
            return;
        }
        long reach = walk(who, buy, price, lots, false, now);
        boolean isShort = reach < lots;
        if (isShort && terms == Terms.ALL_AT_ONCE) {
            answers.cancelled(who, now);
            return;
        }
        if (isShort && terms == Terms.REST) {
            answers.accepted(who, now);
        }
        walk(who, buy, price, lots, true, now);
        if (isShort && terms == Terms.REST) {
            rest(who, buy, price, lots, lots - reach, false);
        } else if (isShort) {
            answers.cancelled(who, now);
        }
    }

    /** What the levels up to a price give, at most what is wanted. */
    private long walk(int who, boolean buy, int price, long wanted, boolean fills, long now) {
        long got = 0;
        int level = buy ? view.askTicks() : view.bidTicks();
        while (got < wanted && level != 0 && (buy ? level <= price : level >= price)) {
            long here = Math.min(rules.ofLevel(buy ? view.askLots(level) : view.bidLots(level)), wanted - got);
            got += here;
            if (fills && here > 0) {
                answers.filled(who, now, level, here, wanted - got, false);
            }
            level = buy ? view.nextAsk(level) : view.nextBid(level);
        }
        return got;
    }

    @Override
    public final void cancel(int who, long now) {
        int i = own.find(who);
        if (i == RestingOrders.NONE) {
            answers.notCancelled(who, now);
        } else {
            own.remove(i);
            answers.cancelled(who, now);
        }
    }

    @Override
    public final void amend(int who, int price, long lots, long now) {
        int i = own.find(who);
        if (i == RestingOrders.NONE) {
            answers.notAmended(who, now);
            return;
        }
        long filled = own.lots[i] - own.left[i];
        boolean keeps = price == own.ticks[i] && lots <= own.lots[i];
        boolean buy = own.buys[i];
        boolean postOnly = own.postOnly[i];
        if (lots > filled && keeps) {
            own.lots[i] = lots;
            own.left[i] = lots - filled;
            answers.amended(who, now, price, lots);
            return;
        }
        own.remove(i);
        if (lots <= filled) {
            answers.cancelled(who, now);
        } else {
            again(who, buy, price, lots, filled, postOnly, now);
        }
    }

    /** A changed order comes as a new one with what is left of it. */
    private void again(int who, boolean buy, int price, long lots, long filled, boolean postOnly, long now) {
        int other = buy ? view.askTicks() : view.bidTicks();
        boolean meets = other != 0 && (buy ? price >= other : price <= other);
        if (meets && postOnly) {
            answers.refused(who, now);
            return;
        }
        if (meets && !view.isValid()) {
            answers.cancelled(who, now);
            return;
        }
        answers.amended(who, now, price, lots);
        long left = lots - filled;
        if (meets && !rules.partial()) {
            answers.filled(who, now, other, left, 0, false);
            return;
        }
        if (meets) {
            left -= walk(who, buy, price, left, true, now);
        }
        if (left > 0) {
            rest(who, buy, price, lots, left, postOnly);
        }
    }

    /** What comes next is at most this much of what others trade or show. */
    final void offer(long lots) {
        budget = rules.isLimited() ? rules.participation() * lots : lots;
    }

    /** Gives an order of what is offered: this much of it reaches its place. True if the order is gone. */
    final boolean reached(int i, double lots, long now) {
        if (!rules.partial()) {
            return fill(i, own.left[i], now);
        }
        if (!rules.isLimited()) {
            long part = Math.min(Math.min(Math.round(lots), own.left[i]), (long) budget);
            budget -= part;
            return fill(i, part, now);
        }
        double share = Math.min(Math.min(rules.participation() * lots, budget), own.left[i] - own.allowed[i]);
        budget -= share;
        own.allowed[i] += share;
        long part = (long) (own.allowed[i] + FillRules.ROUNDING);
        own.allowed[i] -= part;
        return fill(i, part, now);
    }

    /** The price went through an order while this much was offered. True if the order is gone. */
    final boolean passed(int i, long lots, long now) {
        return rules.isLimited() ? reached(i, (double) lots, now) : fill(i, own.left[i], now);
    }

    private boolean fill(int i, long lots, long now) {
        if (lots <= 0) {
            return false;
        }
        long left = own.left[i] - lots;
        int who = own.slot[i];
        int price = own.ticks[i];
        own.left[i] = left;
        if (left == 0) {
            own.remove(i);
        }
        answers.filled(who, now, price, lots, left, true);
        return left == 0;
    }

    /**
     * A level of one side came or grew. If it is the new best, own orders of the other side at it or beyond were passed;
     * else it may be one that an order which could not take all of its level still meets.
     */
    final void opposed(boolean bids, int price, long grown, boolean isNewBest, long now) {
        if (!canFill()) {
            return;
        }
        offer(grown);
        int i = 0;
        while (i < own.size) {
            boolean meets = own.buys[i] != bids && (bids ? own.ticks[i] <= price : own.ticks[i] >= price);
            boolean gone = meets && (isNewBest ? passed(i, grown, now) : reached(i, (double) grown, now));
            i += gone ? 0 : 1;
        }
    }

    /** The book is whole again: what it has passed fills, the rest stands behind all others. */
    final void rejoin(long now) {
        end(now);
        for (int i = 0; i < own.size; i++) {
            join(i);
        }
    }

    /** Fills what the best prices have passed unseen. */
    private void sweep(long now) {
        int bid = view.bidTicks();
        int ask = view.askTicks();
        if (bid != 0) {
            opposed(true, bid, view.bidLots(bid), true, now);
        }
        if (ask != 0) {
            opposed(false, ask, view.askLots(ask), true, now);
        }
    }
}
