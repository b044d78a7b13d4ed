package org.lama.backtest.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.market.CostModel.Role;

class FeeScheduleTest {
    private static final FeeSchedule TIERS = FeeSchedule.parse("0:0.0002/0.0005,1e6:0/0.0004,1e8:-0.0001/0.0003");

    @Test
    void aTierStartsAtItsOwnNotional() {
        assertThat(TIERS.rate(Role.TAKER, 0)).isEqualTo(0.0005);
        assertThat(TIERS.rate(Role.TAKER, Math.nextDown(1e6))).isEqualTo(0.0005);
        assertThat(TIERS.rate(Role.TAKER, 1e6)).isEqualTo(0.0004);
        assertThat(TIERS.rate(Role.MAKER, 1e8)).isEqualTo(-0.0001);
        assertThat(TIERS.rate(Role.MAKER, Double.POSITIVE_INFINITY)).isEqualTo(-0.0001);
        assertThat(TIERS.rate(Role.MAKER, Double.NaN)).isEqualTo(0.0002);
        assertThat(TIERS.rate(Role.MAKER, -1)).isEqualTo(0.0002);
    }

    @Test
    void multiplesEnlargeChargesButNeitherEnlargeNorTakeAwayRebates() {
        assertThat(TIERS.scaled(2)).isEqualTo(FeeSchedule.parse("0:0.0004/0.0010,1e6:0/0.0008,1e8:-0.0001/0.0006"));
        assertThat(TIERS.scaled(1)).isEqualTo(TIERS);
        assertThat(TIERS.scaled(0).rate(Role.MAKER, 1e8)).isEqualTo(-0.0001);
        assertThatThrownBy(() -> TIERS.scaled(-1)).hasMessage("multiple must be finite and >= 0, got -1");
    }

    @Test
    void theTextComesBackAsTheSameSchedule() {
        assertThat(FeeSchedule.parse(TIERS.text())).isEqualTo(TIERS);
        assertThat(FeeSchedule.parse("0.001")).isEqualTo(FeeSchedule.DEFAULT);
        assertThat(FeeSchedule.parse(" 0.0002 / 0.0005 ")).isEqualTo(FeeSchedule.makerTaker(0.0002, 0.0005));
    }

    @Test
    void saysWhatItCharges() {
        assertThat(FeeSchedule.DEFAULT.describe()).isEqualTo("commission 0.10 %");
        assertThat(FeeSchedule.makerTaker(0.0002, 0.0005).describe()).isEqualTo("maker 0.02 %, taker 0.05 %");
        assertThat(TIERS.describe()).isEqualTo("maker 0.02 %, taker 0.05 % (best of 3 tiers: -0.01 %, 0.03 %)");
    }

    @Test
    void schedulesThatAreNoneAreRefusedWithTheirFault() {
        assertThatThrownBy(() -> FeeSchedule.parse("0:cheap/0.1"))
                .hasMessage("fees must be notional:maker/taker with numbers as fractions, got '0:cheap/0.1'");
        assertThatThrownBy(() -> FeeSchedule.parse("5:0.1/0.1")).hasMessage("the first tier must start at 0, got 5.0");
        assertThatThrownBy(() -> FeeSchedule.parse("0:0/0,10:0/0,10:0/0"))
                .hasMessage("tiers must rise: tier 2 starts at 10.0 after 10.0");
        assertThatThrownBy(() -> FeeSchedule.flat(1)).hasMessage("maker must be in (-1, 1), got 1.0");
        assertThatThrownBy(() -> FeeSchedule.makerTaker(0, Double.NaN)).hasMessage("taker must be in (-1, 1), got NaN");
        assertThatThrownBy(() -> new FeeSchedule(List.of())).hasMessage("tiers must hold at least one tier");
    }
}
