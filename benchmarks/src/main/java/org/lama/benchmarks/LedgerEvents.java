package org.lama.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.lama.backtest.ledger.Ledger;
import org.lama.backtest.ledger.Money;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.market.Instrument;
import org.lama.core.market.Instrument.Kind;

/** A seeded stream of fills and marks, and the two ledgers that apply it. Every fourth event is a fill. */
final class LedgerEvents {
    static final int INSTRUMENTS = 20;
    static final double CASH = 1_000_000;
    static final double UNIT = 1e-8;

    private final List<Instrument> instruments = new ArrayList<>();
    private final int[] instrument;
    /** 0 means a mark. */
    private final long[] lots;

    private final long[] ticks;
    private final long[] feeUnits;

    private LedgerEvents(int count) {
        instrument = new int[count];
        lots = new long[count];
        ticks = new long[count];
        feeUnits = new long[count];
        for (int i = 0; i < INSTRUMENTS; i++) {
            instruments.add(Instrument.of("BENCH", Kind.PERP, "C" + i, "USDT"));
        }
    }

    /** Prices walk around 100 with steps of 0.1 %, quantities are up to 5 either way, fees are 0.1 %. */
    static LedgerEvents of(int count) {
        LedgerEvents events = new LedgerEvents(count);
        Rng rng = Seeds.rng(BenchmarkData.SEED, count);
        double[] price = new double[INSTRUMENTS];
        java.util.Arrays.fill(price, 100);
        for (int k = 0; k < count; k++) {
            int i = rng.nextInt(INSTRUMENTS);
            price[i] *= 1 + 0.001 * rng.nextGaussian();
            events.instrument[k] = i;
            events.ticks[k] = Math.round(price[i] / UNIT);
            if (k % 4 == 0) {
                double quantity = 0.001 * (1 + rng.nextInt(5_000)) * (rng.nextInt(2) == 0 ? 1 : -1);
                events.lots[k] = Math.round(quantity / UNIT);
                events.feeUnits[k] = Math.round(Math.abs(quantity) * price[i] * 0.001 / UNIT);
            }
        }
        return events;
    }

    /** A ledger with capital; a fill writes up to seven rows, and one event in four is one. */
    Ledger openLedger(int events) {
        Ledger ledger = Ledger.onMargin(instruments, events + 16);
        ledger.deposit(0, Money.of(CASH, "USDT"));
        return ledger;
    }

    /** Marks the first instrument at all prices and sums the equities. */
    long mark(Ledger ledger) {
        long sum = 0;
        for (long price : ticks) {
            ledger.mark(0, price);
            sum += ledger.equityUnits();
        }
        return sum;
    }

    /** Applies all events to the fixed-point ledger and returns its equity in quote currency. */
    double applyToLedger() {
        Ledger ledger = openLedger(lots.length);
        for (int k = 0; k < lots.length; k++) {
            if (lots[k] == 0) {
                ledger.mark(instrument[k], ticks[k]);
            } else {
                ledger.fill(k, instrument[k], lots[k], ticks[k], ticks[k], feeUnits[k]);
            }
        }
        return ledger.equityUnits() * UNIT;
    }

    /** Applies all events to the ledger of decimals and returns its equity in quote currency. */
    double applyToDecimals() {
        DecimalLedger ledger = new DecimalLedger(INSTRUMENTS, CASH);
        for (int k = 0; k < lots.length; k++) {
            if (lots[k] == 0) {
                ledger.mark(instrument[k], ticks[k]);
            } else {
                ledger.fill(k, instrument[k], lots[k], ticks[k], feeUnits[k]);
            }
        }
        return ledger.equity();
    }
}
