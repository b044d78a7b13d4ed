package org.lama.backtest.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.market.Contract;
import org.lama.core.market.Instrument;
import org.lama.core.market.Instrument.Kind;
import org.lama.core.market.MarginTiers;

class TripPriceTest {
    private static final Instrument FINE = new Instrument("X", Kind.PERP, "BTC", "USD", 12, 9);

    private static RoundTrip only(Ledger ledger) {
        assertThat(ledger.audit()).isEmpty();
        return ledger.roundTrips(List.of("BTC")).get(0);
    }

    @Test
    void fillsAtOnePriceAverageToThatPrice() {
        for (double price : new double[] {104.052, 0.1, 97_123.45, 3e-5, 1.000000000001}) {
            Ledger ledger = Ledger.onMargin(List.of(FINE), 0);
            ledger.deposit(0, Money.of(1e9, "USD"));
            long ticks = Math.round(price * 1e12);
            long held = 0;
            for (int k = 1; k <= 7; k++) {
                ledger.fill(k, 0, 123_456_789L * k, ticks, ticks, 0);
                held += 123_456_789L * k;
            }
            ledger.fill(8, 0, -7, ticks + 1, ticks + 1, 0);
            ledger.fill(9, 0, -(held - 7), ticks + 1, ticks + 1, 0);
            RoundTrip trip = only(ledger);
            assertThat(trip.entryPrice())
                    .isEqualTo(BigDecimal.valueOf(ticks, 12).doubleValue());
            assertThat(trip.exitPrice())
                    .isEqualTo(BigDecimal.valueOf(ticks + 1, 12).doubleValue());
        }
    }

    @Test
    void theAverageOfManyPricesIsTheNearestNumber() {
        Rng rng = Seeds.rng(3, 1);
        for (int k = 0; k < 300; k++) {
            int sign = k % 2 == 0 ? 1 : -1;
            Ledger ledger = Ledger.onMargin(List.of(FINE), 0);
            ledger.deposit(0, Money.of(1e10, "USD"));
            BigDecimal sum = BigDecimal.ZERO;
            long held = 0;
            for (int i = 0; i < 5; i++) {
                long lots = 1 + rng.nextInt(Integer.MAX_VALUE) * 1000L; // products beyond 64 bits
                long ticks = 1 + rng.nextInt(Integer.MAX_VALUE) * 10_000L;
                ledger.fill(i, 0, sign * lots, ticks, ticks, 0);
                sum = sum.add(BigDecimal.valueOf(lots).multiply(BigDecimal.valueOf(ticks)));
                held += lots;
            }
            ledger.fill(9, 0, -sign * held, 5_000_000_000_000L, 5_000_000_000_000L, 0);
            RoundTrip trip = only(ledger);
            assertThat(trip.entryPrice())
                    .isEqualTo(sum.divide(BigDecimal.valueOf(held), MathContext.DECIMAL128)
                            .movePointLeft(12)
                            .doubleValue());
            assertThat(trip.exitPrice()).isEqualTo(5);
        }
    }

    @Test
    void inverseTripsAverageHarmonicallyButKeepASinglePrice() {
        Contract inverse = Contracts.inverse("BTC", MarginTiers.DEFAULT);
        Ledger ledger = Contracts.ledger(AccountMode.CROSS, 5, inverse);
        ledger.deposit(0, Money.of(100, "BTC"));
        ledger.fill(1, 0, 300, 6_123_457, 6_123_457, 0);
        ledger.fill(2, 0, -100, 5_000_000, 5_000_000, 0);
        ledger.fill(3, 0, -200, 4_000_000, 4_000_000, 0);
        RoundTrip trip = only(ledger);
        assertThat(trip.entryPrice()).isEqualTo(61_234.57);
        // values are rounded to 1e-8 BTC of about 0.7
        assertThat(trip.exitPrice()).isCloseTo(300 / (100 / 50_000.0 + 200 / 40_000.0), within(1e-3));
    }
}
