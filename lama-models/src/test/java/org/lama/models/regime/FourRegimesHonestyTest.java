package org.lama.models.regime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lama.core.signal.HonestyCheck;
import org.lama.core.signal.HonestyReport;
import org.lama.core.signal.Providers;
import org.lama.core.signal.RegimeDetector;

class FourRegimesHonestyTest {
    @Test
    void noDetectorSeesTheFuture() {
        assertThat(Providers.regimes()).isNotEmpty();
        for (RegimeDetector detector : Providers.regimes()) {
            HonestyReport report = HonestyCheck.of(5).regimes(detector, 900);
            assertThat(report.orThrow().finding(HonestyReport.Kind.DELAY).outcome())
                    .isEqualTo(HonestyReport.Outcome.PASSED);
        }
    }
}
