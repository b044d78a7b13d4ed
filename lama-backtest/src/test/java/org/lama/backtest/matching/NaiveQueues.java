package org.lama.backtest.matching;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.matching.Venue.Terms;

/**
 * A venue by order as one would write it down: each level a list in which own orders stand among those of others. Knows no
 * crossed book and no shares.
 */
final class NaiveQueues {
    final List<String> said = new ArrayList<>();
    private final boolean parts;
    private final NavigableMap<Integer, List<Entry>> bids = new TreeMap<>(Collections.reverseOrder());
    private final NavigableMap<Integer, List<Entry>> asks = new TreeMap<>();
    private boolean whole;

    private static final class Entry {
        final long id;
        final boolean own;
        final boolean buys;
        final boolean postOnly;
        int price;
        long lots;
        long left;

        Entry(long id, boolean own, boolean buys, boolean postOnly, int price, long lots, long left) {
            this.id = id;
            this.own = own;
            this.buys = buys;
            this.postOnly = postOnly;
            this.price = price;
            this.lots = lots;
            this.left = left;
        }
    }

    NaiveQueues(boolean parts) {
        this.parts = parts;
    }

    private NavigableMap<Integer, List<Entry>> side(boolean buys) {
        return buys ? bids : asks;
    }

    private List<Entry> all() {
        List<Entry> out = new ArrayList<>();
        bids.values().forEach(out::addAll);
        asks.values().forEach(out::addAll);
        return out;
    }

    private @Nullable Entry find(long id, boolean own) {
        return all().stream()
                .filter(e -> e.own == own && e.id == id)
                .findFirst()
                .orElse(null);
    }

    private Entry other(long id) {
        return all().stream().filter(e -> !e.own && e.id == id).findFirst().orElseThrow();
    }

    private List<Entry> level(Entry e) {
        return side(e.buys).getOrDefault(e.price, List.of());
    }

    private void append(Entry e) {
        side(e.buys).computeIfAbsent(e.price, p -> new ArrayList<>()).add(e);
    }

    private void remove(Entry e) {
        level(e).remove(e);
    }

    private long lots(boolean buys, int price) {
        return side(buys).getOrDefault(price, List.of()).stream()
                .filter(e -> !e.own)
                .mapToLong(e -> e.left)
                .sum();
    }

    int best(boolean buys) {
        return side(buys).keySet().stream()
                .filter(p -> lots(buys, p) > 0)
                .findFirst()
                .orElse(0);
    }

    private static boolean reaches(boolean buys, int limit, int price) {
        return price != 0 && (buys ? limit >= price : limit <= price);
    }

    double ahead(long id) {
        Entry e = find(id, true);
        if (e == null) {
            return Double.NaN;
        }
        long sum = 0;
        for (Entry other : level(e)) {
            if (other == e) {
                break;
            }
            sum += other.own ? 0 : other.left;
        }
        return sum / 1000.0;
    }

    /** Limit of an own order, what is given if it is gone. */
    int priceOf(long id, int otherwise) {
        Entry e = find(id, true);
        return e == null ? otherwise : e.price;
    }

    /** Size of an own order, what is given if it is gone. */
    long lotsOf(long id, long otherwise) {
        Entry e = find(id, true);
        return e == null ? otherwise : e.lots;
    }

    void clear() {
        all().stream().filter(e -> !e.own).forEach(this::remove);
        whole = false;
    }

    void complete() {
        whole = true;
        for (boolean buys : new boolean[] {true, false}) {
            if (best(buys) != 0) {
                passed(buys, best(buys));
            }
        }
        for (Entry e : all().stream().filter(e -> e.own).toList()) {
            remove(e);
            append(e);
        }
    }

    /** Own orders of the other side that a new best price has passed fill whole. */
    private void passed(boolean buys, int best) {
        for (Entry e : all()) {
            if (e.own && e.buys != buys && reaches(e.buys, e.price, best)) {
                fill(e, e.left);
            }
        }
    }

    private void fill(Entry e, long lots) {
        if (lots > 0) {
            e.left -= lots;
            said.add(e.id + " made " + lots + " at " + e.price + ", " + e.left + " left");
            if (e.left == 0) {
                remove(e);
            }
        }
    }

    void add(long id, boolean buys, int price, long lots) {
        grow(buys, price, () -> append(new Entry(id, false, buys, false, price, lots, lots)));
    }

    void change(long id, int price, long lots) {
        Entry e = other(id);
        grow(e.buys, price, () -> {
            if (price == e.price && lots <= e.left) {
                e.left = lots;
            } else {
                remove(e);
                e.price = price;
                e.left = lots;
                append(e);
            }
        });
    }

    private void grow(boolean buys, int price, Runnable change) {
        int bestBefore = best(buys);
        long before = lots(buys, price);
        change.run();
        int best = best(buys);
        long grown = lots(buys, price) - before;
        if (!whole) {
            return;
        }
        if (bestBefore == 0 ? best != 0 : best != bestBefore && reaches(buys, best, bestBefore)) {
            passed(buys, best);
        } else if (parts) {
            long budget = grown;
            for (Entry e : all()) {
                if (e.own && e.buys != buys && reaches(e.buys, e.price, price) && budget > 0) {
                    long lots = Math.min(budget, e.left);
                    budget -= lots;
                    fill(e, lots);
                }
            }
        }
    }

    void cancelOther(long id) {
        remove(other(id));
    }

    void execute(long id, long lots) {
        Entry taken = other(id);
        List<Entry> before = new ArrayList<>();
        for (Entry e : all()) {
            if (e.own && e.buys == taken.buys && e.price != taken.price && reaches(e.buys, e.price, taken.price)) {
                before.add(e);
            }
        }
        int beyond = before.size();
        List<Entry> level = level(taken);
        level.subList(0, level.indexOf(taken)).stream().filter(e -> e.own).forEach(before::add);
        long budget = lots;
        for (int i = 0; whole && i < before.size(); i++) {
            Entry e = before.get(i);
            long part = i < beyond || !parts ? e.left : Math.min(budget, e.left);
            budget -= i < beyond || !parts ? 0 : part;
            fill(e, part);
        }
        taken.left -= lots;
        if (taken.left == 0) {
            remove(taken);
        }
    }

    void place(long id, boolean buys, int price, long lots, Terms terms) {
        boolean meets = reaches(buys, price, best(!buys));
        if (meets && terms == Terms.POST_ONLY) {
            said.add(id + " refused");
        } else if (!meets && (terms == Terms.AT_ONCE || terms == Terms.ALL_AT_ONCE)) {
            said.add(id + " cancelled");
        } else if (!meets) {
            said.add(id + " accepted");
            append(new Entry(id, true, buys, terms == Terms.POST_ONLY, price, lots, lots));
        } else if (!whole || best(buys) == 0) {
            said.add(id + " cancelled");
        } else {
            take(new Entry(id, true, buys, false, price, lots, lots), terms);
        }
    }

    private void take(Entry e, Terms terms) {
        long reach = side(!e.buys).keySet().stream()
                .filter(p -> reaches(e.buys, e.price, p))
                .mapToLong(p -> lots(!e.buys, p))
                .sum();
        if (parts && reach < e.left && terms == Terms.ALL_AT_ONCE) {
            said.add(e.id + " cancelled");
            return;
        }
        if (parts && reach < e.left && terms == Terms.REST) {
            said.add(e.id + " accepted");
        }
        walk(e);
        if (e.left > 0 && terms == Terms.REST) {
            append(e);
        } else if (e.left > 0) {
            said.add(e.id + " cancelled");
        }
    }

    private void walk(Entry e) {
        for (int price : List.copyOf(side(!e.buys).keySet())) {
            long here = parts ? Math.min(lots(!e.buys, price), e.left) : e.left;
            if (reaches(e.buys, e.price, price) && lots(!e.buys, price) > 0 && here > 0) {
                e.left -= here;
                said.add(e.id + " took " + here + " at " + price + ", " + e.left + " left");
            }
        }
    }

    void cancel(long id) {
        Entry e = find(id, true);
        said.add(id + (e == null ? " not cancelled" : " cancelled"));
        if (e != null) {
            remove(e);
        }
    }

    void amend(long id, int price, long lots) {
        Entry e = find(id, true);
        if (e == null) {
            said.add(id + " not amended");
            return;
        }
        long filled = e.lots - e.left;
        boolean keeps = price == e.price && lots <= e.lots;
        if (lots > filled && keeps) {
            e.lots = lots;
            e.left = lots - filled;
            said.add(id + " amended to " + lots + " at " + price);
            return;
        }
        remove(e);
        boolean meets = reaches(e.buys, price, best(!e.buys));
        if (lots <= filled) {
            said.add(id + " cancelled");
        } else if (meets && e.postOnly) {
            said.add(id + " refused");
        } else if (meets && (!whole || best(e.buys) == 0)) {
            said.add(id + " cancelled");
        } else {
            said.add(id + " amended to " + lots + " at " + price);
            e.price = price;
            e.lots = lots;
            e.left = lots - filled;
            if (meets) {
                walk(e);
            }
            if (e.left > 0) {
                append(e);
            }
        }
    }
}
