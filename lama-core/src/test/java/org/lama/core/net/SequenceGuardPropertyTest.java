package org.lama.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.net.SequenceGuard.Linking;
import org.lama.core.net.SequenceGuard.State;

/** Whatever is lost, repeated or swapped on the way: a valid state is the venue's state at that number. */
class SequenceGuardPropertyTest {
    private static final int KEYS = 6;
    private static final int CHANGES = 300;

    private static final class Update {
        private final long first;
        private final long last;
        private final long previous;
        private final int[] keys;
        private final int[] values;

        Update(long first, long previous, int[] keys, int[] values) {
            this.first = first;
            this.last = first + keys.length - 1;
            this.previous = previous;
            this.keys = keys;
            this.values = values;
        }
    }

    /** A venue with a memory of all its states. */
    private static final class Venue {
        private final List<Update> updates = new ArrayList<>();
        private final Map<Long, int[]> byNumber = new HashMap<>();

        Venue(Rng rng, boolean skipping) {
            long number = rng.nextInt(1000);
            int[] state = new int[KEYS];
            byNumber.put(number, state.clone());
            for (int i = 0; i < CHANGES; i++) {
                long first = number + 1 + (skipping ? rng.nextInt(3) : 0);
                int size = 1 + rng.nextInt(4);
                int[] keys = new int[size];
                int[] values = new int[size];
                for (int k = 0; k < size; k++) {
                    keys[k] = rng.nextInt(KEYS);
                    values[k] = rng.nextInt(1000);
                    state[keys[k]] = values[k];
                    byNumber.put(first + k, state.clone());
                }
                updates.add(new Update(first, number, keys, values));
                number = first + size - 1;
            }
        }

        int[] at(long number) {
            return Objects.requireNonNull(byNumber.get(number));
        }
    }

    private static final class Copy implements SequenceGuard.Target<Object> {
        private int[] state = new int[KEYS];
        private boolean shown;

        @Override
        public void reset(Object snapshot) {
            if (shown) {
                fail("nothing is replaced while it is shown");
            }
            state = ((int[]) snapshot).clone();
        }

        @Override
        public void apply(Object change) {
            Update update = (Update) change;
            for (int k = 0; k < update.keys.length; k++) {
                state[update.keys[k]] = update.values[k];
            }
        }

        @Override
        public void valid() {
            assertThat(shown).isFalse();
            shown = true;
        }

        @Override
        public void invalid(String reason) {
            assertThat(shown).isTrue();
            shown = false;
        }
    }

    @Test
    void aValidStateIsTheVenuesStateWhateverHappensOnTheWay() {
        long joins = 0;
        long gaps = 0;
        for (int seed = 0; seed < 400; seed++) {
            Rng rng = Seeds.rng(33, seed);
            boolean chained = seed % 2 == 1;
            Venue venue = new Venue(rng, chained);
            Copy copy = new Copy();
            SequenceGuard<Object> guard = new SequenceGuard<>(chained ? Linking.CHAINED : Linking.CONTIGUOUS, 40, copy);
            double faults = rng.nextDouble() * 0.2;
            for (int i = 0; i < CHANGES; i++) {
                boolean calm = i > CHANGES - 60;
                double dice = calm ? 1 : rng.nextDouble() / faults;
                int sent = i;
                if (dice < 0.3) {
                    continue;
                } else if (dice < 0.6) {
                    sent = rng.nextInt(i + 1);
                } else if (dice < 0.9 && i + 1 < CHANGES) {
                    deliver(guard, venue.updates.get(i + 1), chained);
                } else if (dice < 1) {
                    guard.lost("connection");
                }
                deliver(guard, venue.updates.get(sent), chained);
                if (guard.needsSnapshot() && rng.nextInt(3) == 0) {
                    // a snapshot may be older or newer than what came over the stream
                    int age = Math.max(0, Math.min(CHANGES - 1, i + rng.nextInt(9) - 6));
                    long number = venue.updates.get(age).last;
                    joins += guard.snapshot(number, venue.at(number)) == SequenceGuard.Splice.JOINED ? 1 : 0;
                }
                boolean agree = copy.shown == (guard.state() == State.VALID)
                        && (!copy.shown || Arrays.equals(copy.state, venue.at(guard.lastNumber())));
                if (!agree) {
                    fail("seed " + seed + ", change " + i + ": " + Arrays.toString(copy.state));
                }
            }
            assertThat(guard.state()).as("seed " + seed + ": it heals").isEqualTo(State.VALID);
            assertThat(guard.lastNumber()).isEqualTo(venue.updates.get(CHANGES - 1).last);
            gaps += guard.gaps();
        }
        assertThat(joins).isGreaterThan(400);
        assertThat(gaps).isGreaterThan(400);
    }

    private static void deliver(SequenceGuard<Object> guard, Update update, boolean chained) {
        if (chained) {
            guard.change(update.first, update.last, update.previous, update);
        } else {
            guard.change(update.first, update.last, update);
        }
    }
}
