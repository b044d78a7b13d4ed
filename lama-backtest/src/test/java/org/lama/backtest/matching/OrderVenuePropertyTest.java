package org.lama.backtest.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lama.backtest.matching.Venue.Terms;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.book.BookEvents;
import org.lama.core.book.OrderQueueBook;

/** Random feeds by order and random requests: a venue says what one says that is written down without any care for speed. */
class OrderVenuePropertyTest {
    private static final int MID = 1_000;
    private static final Terms[] TERMS = Terms.values();

    @Test
    void aVenueByOrderSaysWhatItsNaiveTwinSays() {
        for (long seed = 0; seed < 12; seed++) {
            new Walk(seed, seed % 2 == 0).run(1_500);
        }
    }

    @Test
    @Tag("slow")
    void aVenueByOrderSaysWhatItsNaiveTwinSaysForLong() {
        for (long seed = 100; seed < 160; seed++) {
            new Walk(seed, seed % 2 == 0).run(20_000);
        }
    }

    private static final class Walk {
        private final Rng rng;
        private final boolean parts;
        private final VenueScript script;
        private final NaiveQueues twin;
        private final List<Long> live = new ArrayList<>();
        private long next = 1;
        private int slots;
        private int fills;

        Walk(long seed, boolean parts) {
            rng = Seeds.rng(2026, seed);
            this.parts = parts;
            script = new VenueScript(new QueueModel.Fifo(), parts ? FillRules.parts() : FillRules.whole());
            twin = new NaiveQueues(parts);
        }

        void run(int steps) {
            snapshot();
            for (int i = 0; i < steps; i++) {
                if (rng.nextInt(300) == 0) {
                    script.row(BookEvents.CLEAR, 0, 0);
                    twin.clear();
                    live.clear();
                    if (rng.nextInt(2) == 0) {
                        ours();
                    }
                    snapshot();
                } else if (rng.nextInt(4) == 0) {
                    ours();
                } else {
                    theirs();
                }
                assertThat(script.said).as("step %d", i).isEqualTo(twin.said);
                fills += (int) script.said.stream()
                        .filter(line -> line.contains("made"))
                        .count();
                script.said.clear();
                twin.said.clear();
                int slot = rng.nextInt(slots + 1);
                assertThat(Double.compare(script.venue.sizeAhead(slot), twin.ahead(slot)))
                        .isZero();
            }
            assertThat(fills).isGreaterThan(steps / 100);
        }

        private void snapshot() {
            for (int i = 0; i < 10; i++) {
                add(true, MID - 1 - rng.nextInt(6));
                add(false, MID + 1 + rng.nextInt(6));
            }
            script.row(BookEvents.WHOLE, 0, 0);
            twin.complete();
        }

        private void add(boolean buys, int price) {
            long lots = 1L + rng.nextInt(9);
            live.add(next);
            script.order(buys ? BookEvents.ADD_BID : BookEvents.ADD_ASK, price, lots, next);
            twin.add(next, buys, price, lots);
            next++;
        }

        /** A price that does not meet the other side. */
        private int price(boolean buys) {
            int other = twin.best(!buys);
            int near = other == 0 ? MID : other + (buys ? -1 : 1);
            return buys ? near - rng.nextInt(5) : near + rng.nextInt(5);
        }

        private void theirs() {
            int what = rng.nextInt(10);
            if (live.size() < 8 || what < 4) {
                boolean buys = rng.nextInt(2) == 0;
                add(buys, price(buys));
                return;
            }
            int at = rng.nextInt(live.size());
            long id = live.get(at);
            OrderQueueBook book = (OrderQueueBook) script.venue.book();
            boolean buys = book.isBid(id);
            long left = book.lotsOf(id);
            if (what < 6) {
                int old = book.ticksOf(id);
                int price = rng.nextInt(2) == 0 ? old : price(buys);
                long lots = 1L + rng.nextInt(9);
                script.order(BookEvents.CHANGE, price, lots, id);
                twin.change(id, price, lots);
            } else if (what < 7) {
                script.order(BookEvents.CANCEL, 0, 0, id);
                twin.cancelOther(id);
                live.remove(at);
            } else {
                long lots = 1L + rng.nextInt((int) left);
                script.order(BookEvents.EXECUTE, 0, lots, id);
                twin.execute(id, lots);
                if (lots == left) {
                    live.remove(at);
                }
            }
        }

        private void ours() {
            int what = rng.nextInt(6);
            int price = MID - 8 + rng.nextInt(17);
            long lots = 1L + rng.nextInt(12);
            int slot = Math.max(0, slots - rng.nextInt(30)); // those that may still stand
            if (what < 3) {
                boolean buys = rng.nextInt(2) == 0;
                Terms terms = TERMS[rng.nextInt(TERMS.length)];
                script.place(slots, buys, price, lots, terms);
                twin.place(slots, buys, price, lots, terms);
                slots++;
            } else if (what < 4) {
                script.cancel(slot);
                twin.cancel(slot);
            } else {
                int limit = rng.nextInt(3) == 0 ? price : twin.priceOf(slot, price);
                long size = rng.nextInt(3) == 0 ? twin.lotsOf(slot, lots) : lots;
                script.amend(slot, limit, size);
                twin.amend(slot, limit, size);
            }
        }

        @Override
        public String toString() {
            return "parts " + parts;
        }
    }
}
