package org.lama.backtest.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lama.core.data.DataException;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.search.Seal;
import org.lama.core.search.TrialLedger;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;

/**
 * The gate through which all bars come: what a seal closes is cut off, or refused where it was asked for by name, and bars
 * of a window that was unsealed carry the note that it is spent.
 *
 * <p>A seal closes data if it names one of their instruments or one of which something is joined to them, or if one of their bars has a fingerprint of the seal. Then
 * all series end before its start, so that none of them tells what happened in it. If the moves of its days are found at
 * earlier dates, they end before those.
 */
final class SealGate {
    private final DataRequest request;
    private final List<String> notices = new ArrayList<>();
    private MarketData data;

    private SealGate(DataRequest request, MarketData data) {
        this.request = request;
        this.data = data;
    }

    /** Lets through what no seal in the ledger beside the data closes, whether or not that can be written. */
    static Dataset open(DataRequest request, MarketData data) throws IOException {
        return open(request, data, KnownSeals.of(request, List.of()));
    }

    /** The same for seals that are known already. */
    static Dataset open(DataRequest request, MarketData data, KnownSeals seals) throws IOException {
        SealGate gate = new SealGate(request, data);
        gate.passAll(seals);
        return new Dataset(gate.data, gate.notices, Optional.of(request));
    }

    /** The same data through the gate of the ledger in use; that trials cannot be entered there is noted too. */
    static Dataset again(DataRequest request, Dataset dataset, LedgerUse ledger) throws IOException {
        DataRequest source = dataset.source().orElse(request);
        SealGate gate = new SealGate(source, dataset.data());
        gate.notices.addAll(dataset.notices());
        List<Path> named = new ArrayList<>(ledger.folder().stream().toList());
        named.add(LedgerHome.beside(request));
        named.add(LedgerHome.nextTo(request));
        gate.passAll(KnownSeals.of(source, named));
        String lost = ledger.lost();
        if (!lost.isEmpty()) {
            gate.note(Seal.LOST_NOTE + lost);
        }
        ledger.warning().ifPresent(why -> gate.note(Seal.NOT_ENTERED_NOTE + why));
        if (ledger.folder().isPresent() && ledger.warning().isEmpty()) {
            LedgerHome.elsewhere(source, ledger.folder().get()).ifPresent(why -> gate.note(Seal.ELSEWHERE_NOTE + why));
        }
        if (ledger.folder().isPresent()) {
            LedgerHome.unremembered().ifPresent(why -> gate.note(Seal.UNREMEMBERED_NOTE + why));
        }
        return new Dataset(gate.data, gate.notices, dataset.source());
    }

    private void passAll(KnownSeals seals) throws IOException {
        for (KnownSeals.Group group : seals.groups()) {
            pass(group.seals(), group.ledger(), group.byName());
        }
    }

    private void pass(List<Seal.Kept> seals, Path ledger, boolean byName) throws IOException {
        for (Seal.Kept kept : seals) {
            long shifted = shiftedTo(kept.seal());
            boolean isConcerned = concerns(kept.seal(), byName);
            if (isConcerned || shifted != Long.MAX_VALUE) {
                if (kept.holds()) {
                    close(
                            kept,
                            ledger,
                            isConcerned ? Math.min(shifted, kept.seal().fromNanos()) : shifted);
                } else {
                    markSpent(kept);
                }
            }
        }
    }

    private boolean concerns(Seal seal, boolean byName) {
        Set<String> prints = Set.copyOf(seal.fingerprints());
        boolean joined = byName
                && request.joins().stream()
                        .flatMap(join -> StoreJoin.of(join).id().stream())
                        .anyMatch(id -> seal.names(id.toString()));
        for (Frame frame : data.frames()) {
            int from = frame.index().ceiling(seal.fromNanos());
            boolean reaches = frame.size() > 0 && frame.availableAt(frame.size() - 1) > seal.fromNanos();
            if (reaches
                    && (joined
                            || (byName && seal.names(frame.symbol()))
                            || hasFingerprint(frame, from, seal.toNanos(), prints))) {
                return true;
            }
        }
        return false;
    }

    /** Where the moves of sealed days begin, on whatever dates they stand; the largest number if nowhere. */
    private long shiftedTo(Seal seal) {
        Set<String> prints = Set.copyOf(seal.fingerprints());
        // moves have whole days: on their own dates they begin where the seal does, in the middle of one or not
        long firstDay = seal.fromNanos() - Math.floorMod(seal.fromNanos(), MovePrints.DAY_NANOS);
        long earliest = Long.MAX_VALUE;
        for (Frame frame : data.frames()) {
            earliest = MovePrints.undated(frame, 0, frame.size()).stream()
                    .filter(each -> prints.contains(each.print()))
                    .mapToLong(each -> each.fromNanos() == firstDay ? seal.fromNanos() : each.fromNanos())
                    .reduce(earliest, Math::min);
        }
        return earliest;
    }

    private static boolean hasFingerprint(Frame frame, int from, long toNanos, Set<String> prints) {
        int to = Math.max(from, frame.index().ceiling(toNanos));
        if (MovePrints.of(frame, from, to).stream().anyMatch(prints::contains)) {
            return true;
        }
        for (int row = from; row < to; row++) {
            if (prints.contains(fingerprint(frame, row))) {
                return true;
            }
        }
        return false;
    }

    static String fingerprint(Frame frame, int row) {
        return Seal.fingerprint(
                frame.index().at(row),
                frame.column(Columns.OPEN).get(row),
                frame.column(Columns.HIGH).get(row),
                frame.column(Columns.LOW).get(row),
                frame.column(Columns.CLOSE).get(row));
    }

    private void close(Seal.Kept kept, Path ledger, long from) throws IOException {
        Seal seal = kept.seal();
        String name = "seal " + kept.number() + " in " + ledger.resolve(TrialLedger.FILE_NAME) + " keeps "
                + String.join(", ", seal.instruments().keySet()) + " closed from "
                + TimeIndex.instant(seal.fromNanos()) + " on"
                + (from == seal.fromNanos()
                        ? ""
                        : ", and its moves are found here from " + TimeIndex.instant(from) + " on");
        boolean asked = request.from()
                        .map(TimeIndex::nanos)
                        .filter(first -> first >= from)
                        .isPresent()
                || request.to().map(TimeIndex::nanos).filter(to -> to > from).isPresent();
        List<Frame> open = new ArrayList<>();
        for (Frame frame : data.frames()) {
            int rows = frame.index().floor(from - frame.barNanos()) + 1;
            if (rows > 0) {
                open.add(rows == frame.size() ? frame : frame.head(rows));
            }
        }
        if (asked || open.isEmpty()) {
            throw DataException.ofRequest(
                    request.path().map(Path::toString).orElse("the data"),
                    "",
                    name + (asked ? ", and the range that was asked for reaches into it" : ", and no bar lies before"),
                    "end before it with --to, or break the seal for the one final look with 'lama unseal'");
        }
        List<String> symbols = open.stream().map(Frame::symbol).toList();
        data = new MarketData(
                open,
                data.quality().stream()
                        .filter(report -> symbols.contains(report.symbol()))
                        .toList(),
                data.planted().stream()
                        .filter(truth -> symbols.contains(truth.symbol()))
                        .toList());
        note(Seal.SEALED_NOTE + name + "; the bars end there");
    }

    private void markSpent(Seal.Kept kept) {
        note(Seal.SPENT_NOTE + "the window " + TimeIndex.instant(kept.seal().fromNanos()) + " to "
                + TimeIndex.instant(kept.seal().toNanos()) + " was unsealed at "
                + kept.unsealedAt().orElse(kept.sealedAt()) + " (" + kept.reason()
                + "); results on it are no longer out of sample");
    }

    /** The note goes with every series, and so into every report and manifest. */
    private void note(String text) {
        if (notices.contains(text)) {
            return;
        }
        notices.add(text);
        List<Frame> noted = new ArrayList<>();
        for (Frame frame : data.frames()) {
            Provenance provenance = frame.provenance();
            boolean known = provenance.note().contains(text);
            String both = provenance.note().isEmpty() ? text : provenance.note() + Seal.NOTE_SEPARATOR + text;
            noted.add(known ? frame : frame.withProvenance(provenance.withNote(both)));
        }
        data = new MarketData(noted, data.quality(), data.planted());
    }
}
