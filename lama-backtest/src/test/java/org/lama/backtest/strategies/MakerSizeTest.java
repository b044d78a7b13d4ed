package org.lama.backtest.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lama.core.book.BookScale;

class MakerSizeTest {
    private static final BookScale SCALE = new BookScale(0.1, 0.5);

    @Test
    void whatIsNotGivenGoesByTheLotsOfTheFeed() {
        MakerSize none = new MakerSize(0, 0);
        assertThat(none.quantity(SCALE)).isEqualTo(5);
        assertThat(none.mostHeld(SCALE)).isEqualTo(25);
        MakerSize quoted = new MakerSize(2, 0);
        assertThat(quoted.quantity(SCALE)).isEqualTo(2);
        assertThat(quoted.mostHeld(SCALE)).isEqualTo(10);
        MakerSize held = new MakerSize(0, 3);
        assertThat(held.quantity(SCALE)).as("never more than may be held").isEqualTo(3);
        assertThat(held.mostHeld(SCALE)).isEqualTo(3);
        MakerSize both = new MakerSize(1, 7);
        assertThat(both.quantity(SCALE)).isEqualTo(1);
        assertThat(both.mostHeld(SCALE)).isEqualTo(7);
    }
}
