package org.lama.core.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InstrumentTest {
    @Test
    void namesBecomeUpperCaseAndMakeTheId() {
        Instrument instrument = Instrument.of("binance", Instrument.Kind.SPOT, "btc", "usdt");
        assertThat(instrument.id()).isEqualTo("BINANCE.SPOT.BTC-USDT");
        assertThat(instrument.priceDecimals()).isEqualTo(8);
        assertThat(instrument.quantityDecimals()).isEqualTo(8);
    }

    @Test
    void twoVenuesAreTwoInstruments() {
        assertThat(Instrument.of("A", Instrument.Kind.PERP, "BTC", "USD"))
                .isNotEqualTo(Instrument.of("B", Instrument.Kind.PERP, "BTC", "USD"))
                .isEqualTo(Instrument.of("a", Instrument.Kind.PERP, "btc", "usd"));
    }

    @Test
    void impossiblePartsAreRefusedByName() {
        assertThatThrownBy(() -> Instrument.of("", Instrument.Kind.SPOT, "BTC", "USD"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("venue must match")
                .hasMessageEndingWith("got ''");
        assertThatThrownBy(() -> Instrument.of("X", Instrument.Kind.SPOT, "BTC-USD", "USD"))
                .hasMessageStartingWith("base must match");
        assertThatThrownBy(() -> new Instrument("X", Instrument.Kind.SPOT, "BTC", "usd", 8, 8))
                .hasMessageStartingWith("quote must match");
        assertThatThrownBy(() -> new Instrument("X", Instrument.Kind.SPOT, "BTC", "USD", 13, 8))
                .hasMessage("priceDecimals must be in [0, 12], got 13");
        assertThatThrownBy(() -> new Instrument("X", Instrument.Kind.SPOT, "BTC", "USD", 8, -1))
                .hasMessageStartingWith("quantityDecimals");
    }

    @Test
    void aBarCarriesItsNumbersAndMayLackVolume() {
        Bar bar = new Bar(60, 1, 3, 0.5, 2, Double.NaN);
        assertThat(bar.openNanos()).isEqualTo(60);
        assertThat(bar.high()).isEqualTo(3);
        assertThat(bar).isEqualTo(new Bar(60, 1, 3, 0.5, 2, Double.NaN));
    }

    @Test
    void buyingAddsAndSellingTakesAway() {
        assertThat(Side.BUY.sign()).isEqualTo(1);
        assertThat(Side.SELL.sign()).isEqualTo(-1);
    }
}
