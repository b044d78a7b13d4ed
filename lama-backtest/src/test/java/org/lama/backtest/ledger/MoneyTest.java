package org.lama.backtest.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MoneyTest {
    @Test
    void oneCurrencyAddsUp() {
        assertThat(Money.of(1.5, "USD").plus(Money.of(2, "USD")).amount()).isEqualTo(3.5);
        assertThat(Money.of(1.5, "USD").negated().units()).isEqualTo(-150_000_000);
    }

    @Test
    void twoCurrenciesDoNotAddAndBothAreNamed() {
        assertThatThrownBy(() -> Money.of(1, "USD").plus(Money.of(1, "USDT")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot add USDT to USD: convert at an explicit rate first");
    }

    @Test
    void hugeAmountsThrow() {
        assertThatThrownBy(() -> Money.of(1e11, "USD")).isInstanceOf(ArithmeticException.class);
        Money most = new Money(Long.MAX_VALUE, "USD");
        assertThatThrownBy(() -> most.plus(new Money(1, "USD"))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Money(Long.MIN_VALUE, "USD").negated()).isInstanceOf(ArithmeticException.class);
    }
}
