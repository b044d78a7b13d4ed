package org.lama.core.net.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

/** Rows with a time, given out page by page as venues do: a JSON list, from a time to a time, so many at once. */
public final class FakePages implements FakeReply.Handler {
    private final NavigableMap<Long, String> rows;
    private final String from;
    private final String to;
    private final String limit;
    private final int defaultLimit;
    private boolean newestFirst;
    private boolean shuffled;
    private long seed;
    private int repeatEvery = Integer.MAX_VALUE;
    private int pages;
    private String last = "[]";

    private FakePages(Map<Long, String> rows, String from, String to, String limit, int defaultLimit) {
        this.rows = new TreeMap<>(rows);
        this.from = from;
        this.to = to;
        this.limit = limit;
        this.defaultLimit = defaultLimit;
    }

    /** Rows by their time, and the names of the query parameters; both ends of the range are included. */
    public static FakePages of(Map<Long, String> rows, String from, String to, String limit, int defaultLimit) {
        return new FakePages(rows, from, to, limit, defaultLimit);
    }

    /** Of the range, the newest rows come, and the newest one first. */
    public FakePages newestFirst() {
        newestFirst = true;
        return this;
    }

    /** Rows within a page are in no order. */
    public FakePages shuffled(long newSeed) {
        shuffled = true;
        seed = newSeed;
        return this;
    }

    /** Every so many pages the page before comes once more, whatever was asked. */
    public FakePages repeating(int every) {
        repeatEvery = every;
        return this;
    }

    @Override
    public synchronized FakeReply reply(FakeRequest request) {
        pages++;
        if (pages % repeatEvery == 0) {
            return FakeReply.json(last);
        }
        int most = (int) Math.min(defaultLimit, request.number(limit, defaultLimit));
        long first = request.number(from, Long.MIN_VALUE);
        long end = request.number(to, Long.MAX_VALUE);
        List<String> page = new ArrayList<>();
        if (first <= end) {
            NavigableMap<Long, String> range = rows.subMap(first, true, end, true);
            (newestFirst ? range.descendingMap() : range)
                    .values().stream().limit(most).forEach(page::add);
        }
        if (shuffled) {
            shuffle(page);
        }
        last = "[" + String.join(",", page) + "]";
        return FakeReply.json(last);
    }

    private void shuffle(List<String> page) {
        Rng rng = Seeds.rng(seed, pages);
        for (int i = page.size() - 1; i > 0; i--) {
            int other = rng.nextInt(i + 1);
            String row = page.get(i);
            page.set(i, page.get(other));
            page.set(other, row);
        }
    }
}
