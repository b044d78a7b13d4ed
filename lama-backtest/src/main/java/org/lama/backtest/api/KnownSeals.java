package org.lama.backtest.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lama.core.base.TimeSource;
import org.lama.core.search.Seal;

/**
 * The seals that could close some data, whether or not they hold: each ledger is read once, however many series there are.
 *
 * @param groups those of one ledger each, in the order in which they are asked
 */
record KnownSeals(List<Group> groups) {
    /**
     * The seals of a ledger.
     *
     * @param ledger its folder
     * @param byName whether the names of its seals count; else only their fingerprints do
     * @param seals in their order
     */
    record Group(Path ledger, boolean byName, List<Seal.Kept> seals) {}

    /** Those of the ledgers beside the data, of those that were named, and all that the user's own memory knows. */
    static KnownSeals of(DataRequest source, List<Path> named) throws IOException {
        Set<Path> ledgers = new LinkedHashSet<>(List.of(LedgerHome.beside(source), LedgerHome.nextTo(source)));
        ledgers.addAll(named);
        List<Group> groups = new ArrayList<>();
        Set<String> read = new LinkedHashSet<>();
        for (Path ledger : ledgers) {
            if (Files.isDirectory(ledger) && read.add(ledger.toRealPath().toString())) {
                groups.add(new Group(ledger, true, seals(ledger)));
            }
        }
        for (Map.Entry<String, List<Seal.Kept>> other :
                LedgerHome.rememberedSeals().entrySet()) {
            if (!read.contains(other.getKey())) {
                // another folder's name of an instrument is no claim on ours: only the bars themselves are
                groups.add(new Group(Path.of(other.getKey()), false, other.getValue()));
            }
        }
        groups.removeIf(group -> group.seals().isEmpty());
        return new KnownSeals(groups);
    }

    private static List<Seal.Kept> seals(Path ledger) throws IOException {
        try {
            return LedgerHome.ledger(ledger, TimeSource.fixed(0)).contents().seals();
        } catch (IOException unusable) {
            throw LedgerHome.unusable(ledger, unusable);
        }
    }

    /** Whether nothing is sealed anywhere, so that no bar need be looked at. */
    boolean isEmpty() {
        return groups.isEmpty();
    }

    /** The earliest seal that holds over one of some instruments by its name; empty if none does. */
    Optional<Seal.Kept> closing(Collection<String> symbols) {
        Optional<Seal.Kept> first = Optional.empty();
        for (Group group : groups) {
            for (Seal.Kept kept : group.byName() ? group.seals() : List.<Seal.Kept>of()) {
                boolean earlier = first.isEmpty()
                        || kept.seal().fromNanos() < first.get().seal().fromNanos();
                if (kept.holds() && earlier && symbols.stream().anyMatch(kept.seal()::names)) {
                    first = Optional.of(kept);
                }
            }
        }
        return first;
    }
}
