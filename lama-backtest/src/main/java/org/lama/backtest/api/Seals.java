package org.lama.backtest.api;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.TimeSource;
import org.lama.core.data.BarFiles;
import org.lama.core.data.LoadOptions;
import org.lama.core.search.DataMark;
import org.lama.core.search.Seal;
import org.lama.core.search.TrialLedger;
import org.lama.core.series.Frame;
import org.lama.core.series.TimeIndex;

/**
 * Seals the last part of some data, so that no study, backtest, sweep, check or notebook sees it until it is unsealed once.
 * A finished idea is tried there a single time; after that the window is spent, and every report on it says so. The seal
 * lies in the trial ledger, chained by hashes; deleting the ledger removes it, and shows as a ledger that started later.
 * Stateless.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Seals {
    private static final int FIRST_UNDATED = 128;

    private Seals() {}

    /**
     * What was sealed.
     *
     * @param kept the seal
     * @param openRows bars per series that stay open, of the series that keeps most
     * @param earlierTrials trials in the ledger whose test window reached into the sealed one: it is not unseen to them
     * @param warning why the seal is remembered in the ledger's folder only; empty if it is kept a second time, or nobody
     *     wants that
     */
    public record Set(Seal.Kept kept, int openRows, int earlierTrials, Optional<String> warning) {}

    /**
     * Seals everything in the last so many days of the data.
     *
     * @param request the data; from, to and interval must be left out
     * @param last length of the window, above 0
     * @param ledger folder of the trial ledger
     * @param clock dates the seal
     * @return the seal
     * @throws IOException if the data or the ledger cannot be used
     * @throws IllegalArgumentException if nothing would stay open, or the window is sealed or spent
     */
    public static Set seal(DataRequest request, Duration last, Path ledger, TimeSource clock) throws IOException {
        Check.that(!last.isNegative() && !last.isZero(), "last must be longer than zero, got " + last);
        Whole data = Whole.of(request);
        return seal(data, data.endNanos() - last.toNanos(), ledger, clock);
    }

    /**
     * Seals everything from a time on.
     *
     * @param request the data; from, to and interval must be left out
     * @param from first sealed time
     * @param ledger folder of the trial ledger
     * @param clock dates the seal
     * @return the seal
     * @throws IOException if the data or the ledger cannot be used
     * @throws IllegalArgumentException if nothing would stay open or be sealed, or the window is sealed or spent
     */
    public static Set seal(DataRequest request, Instant from, Path ledger, TimeSource clock) throws IOException {
        return seal(Whole.of(request), TimeIndex.nanos(from), ledger, clock);
    }

    /**
     * All that a request names: bars in every length that is there, and the last time of what else is told of instruments.
     */
    private record Whole(List<Frame> frames, Map<String, Long> others) {
        static Whole of(DataRequest request) throws IOException {
            Check.that(
                    !request.isSynthetic(),
                    "a seal needs data: name them with --data; the synthetic market is made anew");
            Check.that(
                    request.from().isEmpty()
                            && request.to().isEmpty()
                            && request.interval().isEmpty(),
                    "a seal is set on the bars as they are: leave range and interval out");
            return StoreData.isStore(request)
                    ? new Whole(StoreData.everyLength(request), StoreData.lastTimes(request))
                    : new Whole(
                            BarFiles.everyLength(
                                    request.path().orElseThrow(),
                                    LoadOptions.defaults().withSymbols(request.symbols())),
                            Map.of());
        }

        long endNanos() {
            return frames.stream()
                    .filter(frame -> frame.size() > 0)
                    .mapToLong(frame -> frame.availableAt(frame.size() - 1))
                    .max()
                    .orElse(0);
        }

        long startNanos() {
            return frames.stream().mapToLong(frame -> frame.index().at(0)).min().orElse(0);
        }
    }

    private static Set seal(Whole data, long from, Path ledger, TimeSource clock) throws IOException {
        long to = data.endNanos();
        int open = 0;
        Map<String, List<String>> instruments = new TreeMap<>();
        for (Frame frame : data.frames()) {
            int first = frame.index().floor(from - frame.barNanos()) + 1;
            open = Math.max(open, first);
            if (first < frame.size()) {
                instruments
                        .computeIfAbsent(Seal.instrument(frame.symbol()), name -> new ArrayList<>())
                        .addAll(prints(frame, first));
            }
        }
        Check.that(
                open > 0,
                "a seal over the whole history leaves nothing to study: it would start at " + TimeIndex.instant(from)
                        + ", and the data start at " + TimeIndex.instant(data.startNanos()) + "; seal less");
        Check.that(
                !instruments.isEmpty(),
                "there is nothing to seal: the data end at " + TimeIndex.instant(to) + ", before "
                        + TimeIndex.instant(from));
        // of what has no bars only the name can be told
        data.others().forEach((name, last) -> {
            if (last >= from) {
                instruments.putIfAbsent(name, List.of());
            }
        });
        TrialLedger book = LedgerHome.ledger(ledger, TimeSource.fixed(clock.nowNanos()));
        String checksum = DataBits.of(data.frames());
        Seal.Kept kept = book.seal(new Seal(checksum, instruments, from, to));
        DataMark mark = MovePrints.mark(checksum, data.frames());
        TrialLedger.Contents contents = book.contents();
        java.util.Set<String> same = new HashSet<>(java.util.Set.of(checksum));
        contents.marks().stream().filter(mark::isLike).forEach(each -> same.add(each.dataChecksum()));
        int earlier = (int) contents.trials().stream()
                .filter(trial -> same.contains(trial.dataChecksum()) && trial.testToNanos() > from)
                .count();
        return new Set(kept, open, earlier, LedgerHome.unremembered());
    }

    private static List<String> prints(Frame frame, int first) {
        List<String> prints = new ArrayList<>();
        for (int row : Seal.fingerprintRows(first, frame.size())) {
            prints.add(SealGate.fingerprint(frame, row));
        }
        prints.addAll(MovePrints.of(frame, first, frame.size()));
        List<String> undated = MovePrints.undated(frame, first, frame.size()).stream()
                .map(MovePrints.Undated::print)
                .toList();
        // the first ones say where sealed days begin, the smallest ones are kept by any part of them
        Stream.concat(
                        undated.stream().limit(FIRST_UNDATED),
                        undated.stream().sorted().limit(FIRST_UNDATED))
                .distinct()
                .forEach(prints::add);
        return prints;
    }

    /**
     * The seals of a ledger.
     *
     * @param ledger folder of the trial ledger
     * @return in the order in which they were set, broken ones included
     * @throws IOException if the ledger is damaged
     */
    public static List<Seal.Kept> all(Path ledger) throws IOException {
        return LedgerHome.ledger(ledger, TimeSource.fixed(0)).contents().seals();
    }

    /**
     * The seals that hold over instruments by their names, in the ledgers beside some data, each of which is read once.
     *
     * @param request the data
     * @param symbols any spellings, or ids
     * @return the earliest of them; empty if none holds
     * @throws IOException if a ledger is damaged
     */
    public static Optional<Seal.Kept> closing(DataRequest request, Collection<String> symbols) throws IOException {
        return KnownSeals.of(request, List.of()).closing(symbols);
    }

    /**
     * Breaks a seal, once and for good.
     *
     * @param number number of the seal; empty for the only one that holds
     * @param reason why, in the user's words
     * @param ledger folder of the trial ledger
     * @param clock dates the unsealing
     * @return the broken seal, whose window is spent
     * @throws IOException if the ledger cannot be used
     * @throws IllegalArgumentException if no seal holds, or several do and none was named
     */
    public static Seal.Kept unseal(Optional<Integer> number, String reason, Path ledger, TimeSource clock)
            throws IOException {
        List<Integer> holding = all(ledger).stream()
                .filter(Seal.Kept::holds)
                .map(Seal.Kept::number)
                .toList();
        Check.that(!holding.isEmpty(), "no seal holds in " + ledger.resolve(TrialLedger.FILE_NAME));
        Check.that(
                number.isPresent() || holding.size() == 1,
                "seals " + holding + " hold in " + ledger.resolve(TrialLedger.FILE_NAME) + "; say which with --seal");
        return LedgerHome.ledger(ledger, TimeSource.fixed(clock.nowNanos()))
                .unseal(number.orElse(holding.get(0)), reason);
    }
}
