package org.lama.backtest.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.market.Instrument;
import org.lama.core.market.Instrument.Kind;

class LedgerPropertyTest {
    private static final int EVENTS = 3_000;

    /** Every event of a random run keeps the books: recomputed from the journal, from positions and from profits. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomRunsConserveMoney(long seed) {
        Rng rng = Seeds.rng(seed, 0);
        int decimals = rng.nextInt(3) * 4;
        List<Instrument> instruments = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            instruments.add(new Instrument("X", Kind.PERP, "A" + i, "USD", 4 + decimals, rng.nextInt(9)));
        }
        Ledger ledger = Ledger.onMargin(instruments, 0);
        ledger.deposit(0, Money.of(1_000_000, "USD"));
        long[] price = new long[4];
        for (int i = 0; i < EVENTS; i++) {
            int k = rng.nextInt(4);
            price[k] = Math.max(1, price[k] == 0 ? 1_000_000 : price[k] + rng.nextInt(20_001) - 10_000);
            long before = ledger.equityUnits();
            if (rng.nextInt(2) == 0) {
                ledger.mark(k, price[k]);
            } else {
                long lots = rng.nextInt(1 << (1 + rng.nextInt(20))) + 1L;
                long fee = rng.nextInt(1000);
                ledger.fill(i, k, rng.nextInt(2) == 0 ? lots : -lots, price[k], price[k] + 1, fee);
            }
            if (i % 100 == 0) {
                assertThat(ledger.audit()).as("seed %d event %d", seed, i).isEmpty();
            }
            assertThat(ledger.equityUnits())
                    .as("seed %d event %d, before %d", seed, i, before)
                    .isEqualTo(fromPositions(ledger))
                    .isEqualTo(fromProfits(ledger));
        }
        long sum = 0;
        for (int account = 0; account < ledger.accounts(); account++) {
            sum += ledger.balanceUnits(account);
        }
        assertThat(sum).isZero();
    }

    private static long fromPositions(Ledger ledger) {
        long equity = ledger.cashUnits(0);
        for (int i = 0; i < 4; i++) {
            equity += ledger.valueUnits(i);
        }
        return equity;
    }

    private static long fromProfits(Ledger ledger) {
        long equity = 1_000_000L * 100_000_000L - ledger.feeUnits();
        for (int i = 0; i < 4; i++) {
            equity += ledger.realisedUnits(i) + ledger.unrealisedUnits(i);
        }
        return equity;
    }
}
