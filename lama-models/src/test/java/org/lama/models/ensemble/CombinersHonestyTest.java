package org.lama.models.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.signal.Combiner;
import org.lama.core.signal.HonestyCheck;
import org.lama.core.signal.HonestyReport;
import org.lama.core.signal.Providers;

class CombinersHonestyTest {
    @Test
    void noCombinerSeesTheFuture() {
        assertThat(Providers.combiners()).hasSize(4);
        for (Combiner combiner : Providers.combiners()) {
            HonestyReport report =
                    HonestyCheck.of(3).combiner(combiner, List.of("momentum", "liquidity", "anomaly"), 400);
            assertThat(report.orThrow().finding(HonestyReport.Kind.POISON_NAN).runs())
                    .isGreaterThanOrEqualTo(20);
        }
    }
}
