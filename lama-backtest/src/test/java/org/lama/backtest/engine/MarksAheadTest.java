package org.lama.backtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.backtest.engine.EngineSettings.MarginMode;
import org.lama.backtest.ledger.AccountMode;
import org.lama.backtest.ledger.Ledger;
import org.lama.backtest.ledger.LedgerSettings;
import org.lama.backtest.ledger.Money;
import org.lama.core.market.Contract;
import org.lama.core.market.Instrument;
import org.lama.core.market.Instrument.Kind;

class MarksAheadTest {
    private static final long E8 = 100_000_000L;

    private static Ledger onCredit(String... bases) {
        List<Contract> contracts = Arrays.stream(bases)
                .map(base -> EngineSettings.plain(Instrument.of("x", Kind.PERP, base, "USD"), MarginMode.CREDIT))
                .toList();
        return Ledger.of(contracts, new LedgerSettings(AccountMode.CREDIT, "USD", List.of(), 1, 0));
    }

    private static Ledger ledger(long first, long second) {
        Ledger ledger = onCredit("BTC", "ETH");
        ledger.deposit(0, Money.of(1000, "USD"));
        ledger.fill(1, 0, first, 100 * E8, 100 * E8, 0);
        ledger.fill(1, 1, second, 10 * E8, 10 * E8, 0);
        return ledger;
    }

    @Test
    void figuresAreThoseOfTheLedgerAtEachMark() {
        Ledger ledger = ledger(3 * E8 + 1, -2 * E8 - 7);
        long[][] ticks = {{1, 90 * E8 + 3, 101 * E8 + 1, 7 * E8}, {1, 11 * E8 + 13, 9 * E8 + 5, 1}};
        MarksAhead ahead = new MarksAhead(2);
        assertThat(ahead.look(ledger, ticks, 1, 3)).isTrue();
        assertThat(ahead.held).isTrue();
        assertThat(ahead.isShort).isTrue();
        assertThat(ledger.markTicks(0)).isEqualTo(100 * E8);
        for (int row = 0; row < 3; row++) {
            ledger.mark(0, ticks[0][1 + row]);
            ledger.mark(1, ticks[1][1 + row]);
            assertThat(ahead.equity[row]).isEqualTo(ledger.equityUnits());
            double first = Math.abs((double) ledger.valueUnits(0));
            double second = Math.abs((double) ledger.valueUnits(1));
            assertThat(ahead.gross[row]).isEqualTo(first + second);
            assertThat(ahead.net[row]).isEqualTo(first - second);
        }
    }

    @Test
    void withoutPositionsEquityStaysAndWhatDoesNotFitIsRefused() {
        MarksAhead ahead = new MarksAhead(2);
        Ledger flat = onCredit("BTC");
        flat.deposit(0, Money.of(5, "USD"));
        MarksAhead one = new MarksAhead(1);
        assertThat(one.look(flat, new long[][] {{1, 2}}, 0, 2)).isTrue();
        assertThat(one.held).isFalse();
        assertThat(one.equity).startsWith(5 * E8, 5 * E8);
        long[][] ticks = {{100 * E8, Long.MAX_VALUE}, {E8, E8}};
        assertThat(ahead.look(ledger(5 * E8, -E8), ticks, 0, 1)).isTrue();
        assertThat(ahead.look(ledger(5 * E8, -E8), ticks, 0, 2)).isFalse();
    }
}
