package org.lama.backtest.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;

class FundingColumnTest {
    private static Frame frame(String... names) {
        Frame frame = Frame.of(
                        "A",
                        TimeIndex.of(new long[] {0, 1}),
                        1,
                        new Provenance(Provenance.Kind.SYNTHETIC, "test", "", ""))
                .with("close", new double[] {1, 2});
        for (String name : names) {
            frame = frame.with(name, new double[] {0, 0});
        }
        return frame;
    }

    @Test
    void theNamesOfExportsAreKnown() {
        for (String name :
                List.of("funding.rate", "funding_rate", "fundingRate", "lastFundingRate", "Funding Rate", "funding")) {
            assertThat(FundingColumn.of(frame(name))).as(name).contains(name);
        }
        assertThat(FundingColumn.of(frame("rate", "fundings"))).isEmpty();
    }

    @Test
    void theOwnNameGoesFirst() {
        assertThat(FundingColumn.of(frame("funding", "funding_rate", "funding.rate")))
                .contains("funding.rate");
        assertThat(FundingColumn.of(frame("funding", "funding_rate"))).contains("funding_rate");
    }
}
