package org.lama.models.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookScale;
import org.lama.core.features.BookFrames;
import org.lama.core.features.BookSampler;
import org.lama.core.features.BookSampling;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.signal.FitContext;
import org.lama.core.signal.Scorer;
import org.lama.core.signal.Signal;
import org.lama.models.anomaly.IsolationForestOptions.Missing;

/** Generated books, calm but for ten seconds in which bids vanish and sellers come. */
class BookAnomalyTest {
    private static final long MILLI = 1_000_000;
    private static final long START = 1_700_000_000_000L * MILLI;
    private static final Provenance MADE = new Provenance(Provenance.Kind.SYNTHETIC, "generated", "", "");
    private static final BookSampling SAMPLING = BookSampling.DEFAULT
            .withStep(Duration.ofMillis(500))
            .withSpans(Duration.ofSeconds(10), Duration.ofSeconds(30));
    /** Rows of the ten seconds: seconds 450 to 460. */
    private static final int SHOCK = 900;

    private static BookEvents events() {
        Rng rng = Seeds.rng(8, 0);
        BookEvents events = new BookEvents(new BookScale(0.5, 0.01), 60_000);
        int mid = 20_000;
        for (int i = 1; i <= 100; i++) {
            events.add(BookEvents.BID, START, START, mid - i, 100 + rng.nextInt(100));
            events.add(BookEvents.ASK, START, START, mid + i, 100 + rng.nextInt(100));
        }
        events.add(BookEvents.WHOLE, START, START, 0, 0);
        for (int t = 1; t < 50_000; t++) {
            long now = START + 10L * t * MILLI;
            boolean shock = t >= 45_000 && t < 46_000;
            if (t % 20 == 0) {
                boolean buy = !shock && rng.nextInt(2) == 0;
                events.add(buy ? BookEvents.BUY : BookEvents.SELL, now, now, mid + (buy ? 1 : -1), 1 + rng.nextInt(50));
            }
            boolean bid = rng.nextInt(2) == 0;
            int ticks = bid ? mid - 1 - rng.nextInt(100) : mid + 1 + rng.nextInt(100);
            long lots = shock && bid ? rng.nextInt(3) : 100 + rng.nextInt(100);
            events.add(bid ? BookEvents.BID : BookEvents.ASK, now, now, ticks, lots);
        }
        return events;
    }

    @Test
    void theModelReadsTheBookProfileAndItsAlarmsLieWhereTheBookBreaks() {
        Frame frame = BookFrames.of("X", events(), SAMPLING, MADE);
        Scorer scorer = AnomalyModel.of(AnomalySettings.defaults()).fit(frame.head(600), FitContext.backtest(42));
        assertThat(scorer.status().converged()).as(scorer.status().toString()).isTrue();
        assertThat(scorer.summary().notes().get(0)).contains("profile = BOOK");
        assertThat(scorer.summary().notes().get(2)).contains(BookSampler.ORDER_FLOW, BookSampler.KYLE_IMPACT);
        int inside = 0;
        int before = 0;
        for (int row = 600; row < SHOCK + 40; row++) {
            Signal signal = scorer.score(frame.head(row + 1));
            assertThat(signal.valid()).isTrue();
            assertThat(signal.availableAt()).isEqualTo(frame.availableAt(row));
            inside += row >= SHOCK && signal.alarm() ? 1 : 0;
            before += row < SHOCK && signal.alarm() ? 1 : 0;
        }
        assertThat(inside).as("alarms among the 40 rows of the shock and after").isGreaterThan(15);
        assertThat(before).as("alarms among 300 calm rows").isLessThan(15);
    }

    @Test
    void anomaliesOfTheStreamEqualThoseOfTheFrameInEveryBit() {
        BookEvents events = events();
        AnomalyStreamSettings settings = new AnomalyStreamSettings(
                300, 100, 150, 60, 10, 0.001, 0.02, new IsolationForestOptions(25, 64, 9, Missing.SKIP));
        List<String> live = new ArrayList<>();
        BookAnomalyStream stream = BookAnomalyStream.of(settings, (close, update) -> live.add(close + " " + update));
        BookSampler sampler = BookSampler.of(events.scale(), SAMPLING, stream);
        for (int row = 0; row < events.size(); row++) {
            sampler.accept(events, row);
        }
        Frame frame = BookFrames.of("X", events, SAMPLING, MADE);
        List<String> batch = new ArrayList<>();
        BookAnomalyStream twin = BookAnomalyStream.of(settings, (close, update) -> batch.add(close + " " + update));
        for (int row = 0; row < frame.size(); row++) {
            twin.accept(frame, row);
        }
        assertThat(live).isEqualTo(batch).hasSize(999);
        assertThat(live).anyMatch(line -> line.contains("anomaly=true")).anyMatch(line -> line.contains("FIRST"));
        assertThat(stream.features()).isEqualTo(AnomalyProfile.BOOK.candidates());
    }

    @Test
    void aForestThatRefusesGapsIsRefused() {
        AnomalyStreamSettings settings = new AnomalyStreamSettings(
                300, 100, 150, 60, 10, 0.001, 0.02, new IsolationForestOptions(25, 64, 9, Missing.REFUSE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BookAnomalyStream.of(settings, (close, update) -> {}))
                .withMessageContaining("forest must skip or fill in missing values, got REFUSE");
    }
}
