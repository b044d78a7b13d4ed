package org.lama.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.lama.core.net.BaseUrl;
import org.lama.core.net.HttpCall;
import org.lama.core.net.HttpFetcher;
import org.lama.core.net.HttpTransport;
import org.lama.core.net.HttpTransports;
import org.lama.core.net.TransportSettings;
import org.lama.core.net.kit.FakeReply;
import org.lama.core.net.kit.FakeVenue;
import org.lama.core.net.kit.ManualClock;

/** The venue of lama-core's tests is there for the tests of this module too. */
class VenueKitTest {
    @Test
    void theFakeVenueIsWithinReach() throws IOException {
        ManualClock clock = ManualClock.standing();
        try (FakeVenue venue = FakeVenue.start()) {
            venue.on("/time", FakeReply.tooManyRequests("7"), FakeReply.json("{\"serverTime\":1}"));
            HttpTransport transport =
                    HttpTransports.overNetwork(BaseUrl.of(venue.url()), TransportSettings.defaults(), clock);
            HttpFetcher fetcher = HttpFetcher.over(transport, clock).build();
            assertThat(fetcher.fetch(HttpCall.get("/time").build())
                            .json()
                            .get("serverTime")
                            .asLong())
                    .isEqualTo(1);
            assertThat(clock.paused()).hasSeconds(7);
        }
    }
}
