package org.lama.core.net.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.lama.core.net.BaseUrl;
import org.lama.core.net.HttpCall;
import org.lama.core.net.HttpFetcher;
import org.lama.core.net.HttpTransports;
import org.lama.core.net.NetException;
import org.lama.core.net.RateLimit;
import org.lama.core.net.TransportSettings;
import org.lama.core.store.Node;

class FakeVenueTest {
    private static Map<Long, String> rows(int rows) {
        Map<Long, String> byTime = new TreeMap<>();
        for (long i = 0; i < rows; i++) {
            byTime.put(i * 60, "[" + i * 60 + "]");
        }
        return byTime;
    }

    private static HttpFetcher fetcher(FakeVenue venue) {
        ManualClock clock = ManualClock.standing();
        return HttpFetcher.over(
                        HttpTransports.overNetwork(BaseUrl.of(venue.url()), TransportSettings.defaults(), clock), clock)
                .rate(RateLimit.perMinute(10_000))
                .build();
    }

    private static List<Long> page(HttpFetcher fetcher, long from, long to) throws NetException {
        HttpCall call = HttpCall.get("/rows")
                .query("from", from)
                .query("to", to)
                .query("most", 3)
                .build();
        List<Long> times = new ArrayList<>();
        for (Node row : fetcher.fetch(call).json().items()) {
            times.add(row.at(0).asLong());
        }
        return times;
    }

    @Test
    void pagesComeAsAskedOrSpoiled() throws IOException {
        try (FakeVenue venue = FakeVenue.start()) {
            HttpFetcher fetcher = fetcher(venue);
            venue.on("/rows", FakePages.of(rows(10), "from", "to", "most", 5));
            assertThat(page(fetcher, 60, 1000)).containsExactly(60L, 120L, 180L);
            assertThat(page(fetcher, 540, 1000)).containsExactly(540L);
            assertThat(page(fetcher, 541, 1000)).isEmpty();
            assertThat(page(fetcher, 5, 1)).isEmpty();
            venue.on("/rows", FakePages.of(rows(10), "from", "to", "most", 5).newestFirst());
            assertThat(page(fetcher, 60, 1000)).containsExactly(540L, 480L, 420L);
            venue.on("/rows", FakePages.of(rows(10), "from", "to", "most", 5).repeating(2));
            assertThat(page(fetcher, 0, 1000)).containsExactly(0L, 60L, 120L);
            assertThat(page(fetcher, 180, 1000)).as("once more").containsExactly(0L, 60L, 120L);
            assertThat(page(fetcher, 180, 1000)).containsExactly(180L, 240L, 300L);
            venue.on("/rows", FakePages.of(rows(10), "from", "to", "most", 5).shuffled(3));
            List<Long> shuffled = new ArrayList<>();
            boolean disordered = false;
            for (long from = 0; from < 540; from += 180) {
                List<Long> page = page(fetcher, from, from + 179);
                disordered |= !page.equals(page.stream().sorted().toList());
                shuffled.addAll(page);
            }
            assertThat(disordered).isTrue();
            assertThat(shuffled).hasSize(9).doesNotHaveDuplicates();
            assertThat(venue.count("/rows")).isEqualTo(11);
        }
    }

    @Test
    void chaosIsTheSameForTheSameSeed() throws IOException {
        List<List<Integer>> histories = new ArrayList<>();
        for (long seed : new long[] {1, 2, 1}) {
            try (FakeVenue venue = FakeVenue.start()) {
                List<Integer> calls = new ArrayList<>();
                venue.chaos(seed, 0.5, FakeVenue.Fault.HTML, FakeVenue.Fault.LIMITED);
                HttpFetcher fetcher = fetcher(venue);
                for (int i = 0; i < 12; i++) {
                    venue.on("/" + i, FakeReply.json("{}"));
                    fetcher.fetch(HttpCall.get("/" + i).build());
                    calls.add(venue.count("/" + i));
                }
                histories.add(calls);
            }
        }
        assertThat(histories.get(0)).isEqualTo(histories.get(2)).isNotEqualTo(histories.get(1));
    }
}
