package org.lama.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

class LongSetTest {
    @Test
    void itHoldsWhatASetHolds() {
        LongSet set = new LongSet();
        Set<Long> plain = new HashSet<>();
        Rng rng = Seeds.rng(4, 4);
        for (int i = 0; i < 20_000; i++) {
            long number = rng.nextInt(9_000) * (i % 2 == 0 ? 1L : 1L << 40);
            assertThat(set.contains(number)).isEqualTo(plain.contains(number));
            assertThat(set.add(number)).isEqualTo(plain.add(number));
        }
        assertThat(set.size()).isEqualTo(plain.size());
        assertThat(set.contains(9_000)).isFalse();
    }
}
