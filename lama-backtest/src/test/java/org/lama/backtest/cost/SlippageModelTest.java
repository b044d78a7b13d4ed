package org.lama.backtest.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SlippageModelTest {
    @Test
    void aNameGivesItsModelAndItsCosts() {
        assertThat(SlippageModel.of("square-root").cost(0.0010, 0.0005, 1)).isEqualTo(SquareRootCost.DEFAULT);
        assertThat(SlippageModel.of("flat").cost(0.0010, 0.0005, 1)).isEqualTo(FlatCost.DEFAULT);
        for (SlippageModel model : SlippageModel.values()) {
            assertThat(SlippageModel.of(model.text())).isEqualTo(model);
        }
    }

    @Test
    void anUnknownNameIsRefusedWithTheNearest() {
        assertThatThrownBy(() -> SlippageModel.of("squareroot"))
                .hasMessageStartingWith("slippage model must be one of [square-root, flat], got 'squareroot'")
                .hasMessageContaining("square-root");
    }
}
