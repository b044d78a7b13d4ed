package org.lama.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.core.base.Issue.Reason;
import org.lama.core.data.Universe.Event;
import org.lama.core.data.Universe.What;
import org.lama.core.market.InstrumentId;

/** A listing of instruments tells of ends that it states, and of no others. */
class InstrumentTermsTest {
    private static final String HEADER =
            "time_ms,symbol,tick_size,kind,settlement_period,expiration_timestamp,creation_timestamp\n";
    private static final long LISTED = 1_534_242_287_000L;

    @TempDir
    private Path folder;

    private ImportReport take(String rows) throws IOException {
        Path file = Files.writeString(folder.resolve("deribit_instruments.csv"), HEADER + rows);
        return FileImport.run(file, new MemoryStore(), ImportOptions.defaults());
    }

    private static List<String> events(ImportReport report) {
        return report.universe().events().stream()
                .map(event -> event.what() + " " + event.instrument() + " " + event.timeNanos() / 1_000_000)
                .toList();
    }

    @Test
    void whatNeverEndsOrDoesNotSayWhenHasNoEnd() throws IOException {
        assertThat(events(take("1626993723131,BTC_USDC,0.5,spot,perpetual,32503708800000," + LISTED + "\n")))
                .containsExactly("LISTED DERIBIT.SPOT.BTC-USDC " + LISTED);
        assertThat(events(take("1626993723131,ETH-25JUN27,0.5,future,month,," + LISTED + "\n")))
                .containsExactly("LISTED DERIBIT.FUTURE.ETH-25JUN27 " + LISTED);
        assertThat(events(take("1626993723131,ETH-25JUN27,0.5,future,month,1814054400000,\n")))
                .containsExactly("DELISTED DERIBIT.FUTURE.ETH-25JUN27 1814054400000");
        assertThat(events(take("1626993723131,BTC-PERPETUAL,0.5,future,perpetual,32503708800000," + LISTED + "\n")))
                .containsExactly("LISTED DERIBIT.PERP.BTC-PERPETUAL " + LISTED);
    }

    @Test
    void anEndBeforeTheListingIsNamedAndNotBelieved() throws IOException {
        ImportReport report = take("1626993723131,ETH-25JUN27,0.5,future,month," + (LISTED - 1) + "," + LISTED + "\n");
        assertThat(events(report)).containsExactly("LISTED DERIBIT.FUTURE.ETH-25JUN27 " + LISTED);
        assertThat(report.files().get(0).count(Reason.BROKEN_RECORD)).isEqualTo(1);
    }

    @Test
    void anEndAtTheMomentOfTheListingLeavesTheInstrumentAlive() {
        InstrumentId future = InstrumentId.parse("DERIBIT.FUTURE.ETH-25JUN27");
        Universe universe = Universe.of(List.of(Event.of(What.DELISTED, future, 5), Event.of(What.LISTED, future, 5)));
        assertThat(universe.lives(future)).containsExactly(new Universe.Life(future, 1, 5, Long.MAX_VALUE));
        assertThat(universe.at(future, 7)).isPresent();
    }
}
