package org.lama.core.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.lama.core.base.Issue;
import org.lama.core.series.TimeIndex;

/**
 * Compares the series of an import with each other and with those of the store: the same asset under two venues' names,
 * stretches in another time zone, quotes off their peg. Where nothing says which of two series is wrong, neither is
 * believed. One instance compares once.
 */
final class CrossChecks {
    private static final int TRUST_OF_STORED = 1000;

    private final List<SeriesProbe> probes;
    private final Map<SeriesProbe, Suspicion> suspicions = new HashMap<>();

    private CrossChecks(List<SeriesProbe> probes) {
        this.probes = probes;
        probes.forEach(probe -> suspicions.put(probe, new Suspicion()));
    }

    /** What speaks against each probe. */
    static Map<SeriesProbe, Suspicion> run(List<SeriesProbe> probes) {
        CrossChecks checks = new CrossChecks(probes);
        Map<String, List<SeriesProbe>> assets = new TreeMap<>();
        for (SeriesProbe probe : probes) {
            String asset = probe.base() + " " + probe.key().interval();
            assets.computeIfAbsent(asset, key -> new ArrayList<>()).add(probe);
        }
        for (List<SeriesProbe> asset : assets.values()) {
            if (asset.size() > 1) {
                checks.asset(asset);
            }
        }
        checks.pegs();
        return checks.suspicions;
    }

    private Suspicion of(SeriesProbe probe) {
        Suspicion suspicion = suspicions.get(probe);
        if (suspicion == null) {
            throw new IllegalStateException("a probe that is not compared: " + probe.source());
        }
        return suspicion;
    }

    private void asset(List<SeriesProbe> asset) {
        List<List<SeriesProbe>> clusters = clusters(asset);
        clusters.forEach(this::venues);
        new ClockCheck(clusters).run();
    }

    /** Series that are one and the same, put together. */
    private static List<List<SeriesProbe>> clusters(List<SeriesProbe> asset) {
        List<List<SeriesProbe>> clusters = new ArrayList<>();
        for (SeriesProbe probe : asset) {
            List<SeriesProbe> joined = new ArrayList<>();
            List<List<SeriesProbe>> apart = new ArrayList<>();
            for (List<SeriesProbe> cluster : clusters) {
                boolean same = cluster.stream()
                        .anyMatch(member -> Likeness.of(probe, member).isSame());
                if (same) {
                    joined.addAll(cluster);
                } else {
                    apart.add(cluster);
                }
            }
            joined.add(probe);
            apart.add(joined);
            clusters = apart;
        }
        return clusters;
    }

    /** Of the venues that claim one series, the one with the most claims is believed. */
    private void venues(List<SeriesProbe> cluster) {
        Map<String, Integer> claims = new TreeMap<>();
        for (SeriesProbe probe : cluster) {
            if (isClaim(probe)) {
                claims.merge(probe.market(), probe.isStored() ? TRUST_OF_STORED : 1, Integer::sum);
            }
        }
        int most = claims.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        List<String> believed = claims.entrySet().stream()
                .filter(claim -> claim.getValue() == most)
                .map(Map.Entry::getKey)
                .toList();
        for (int i = 0; i < cluster.size(); i++) {
            SeriesProbe probe = cluster.get(i);
            boolean wrong = isClaim(probe) && (believed.size() > 1 || !believed.contains(probe.market()));
            if (wrong) {
                of(probe).ofWrongVenue();
                nearest(
                                probe,
                                cluster.stream()
                                        .filter(p -> isClaim(p) && !p.market().equals(probe.market()))
                                        .toList())
                        .ifPresent(other -> name(probe, other, Issue.Reason.WRONG_VENUE));
            } else {
                List<SeriesProbe> others = cluster.subList(0, i).stream()
                        .filter(other -> !isItself(probe, other))
                        .toList();
                nearest(probe, others).ifPresent(other -> name(probe, other, Issue.Reason.SAME_AS_OTHER));
            }
        }
    }

    private static boolean isClaim(SeriesProbe probe) {
        String venue = probe.key().instrument().venue();
        return !venue.equals(Identity.UNKNOWN) && !Identity.VENDORS.contains(venue);
    }

    /** Whether a series of the store is the one to which a file goes: what it shares with itself is told as duplicates. */
    private static boolean isItself(SeriesProbe probe, SeriesProbe other) {
        return other.isStored() && other.key().equals(probe.key());
    }

    /** The series that shares the most equal closes. */
    private static Optional<SeriesProbe> nearest(SeriesProbe probe, List<SeriesProbe> others) {
        Optional<SeriesProbe> nearest = Optional.empty();
        int most = 0;
        for (SeriesProbe other : others) {
            int equal = Likeness.of(probe, other).equal();
            nearest = equal > most ? Optional.of(other) : nearest;
            most = Math.max(most, equal);
        }
        return nearest;
    }

    private void name(SeriesProbe probe, SeriesProbe other, Issue.Reason reason) {
        Likeness likeness = Likeness.of(probe, other);
        String place = likeness.equal() + " of " + likeness.common() + " common closes equal those of "
                + other.key().instrument() + " (" + other.source() + ")";
        of(probe).tally().add(reason, likeness.equal(), () -> place);
    }

    /** Compares the clocks of the independent sources of one asset. */
    private final class ClockCheck {
        private final List<List<SeriesProbe>> clusters;
        private final List<SeriesProbe> longest = new ArrayList<>();
        private final Map<String, List<TimeShifts.Stretch>> found = new HashMap<>();

        ClockCheck(List<List<SeriesProbe>> clusters) {
            this.clusters = clusters;
            for (List<SeriesProbe> cluster : clusters) {
                SeriesProbe most = cluster.get(0);
                for (SeriesProbe probe : cluster) {
                    most = probe.size() > most.size() ? probe : most;
                }
                longest.add(most);
            }
        }

        void run() {
            for (int i = 0; i < clusters.size(); i++) {
                for (int j = 0; j < clusters.size(); j++) {
                    if (i != j) {
                        judge(i, j);
                    }
                }
            }
        }

        /** Stretches of cluster i against cluster j. */
        private List<TimeShifts.Stretch> stretches(int i, int j) {
            return found.computeIfAbsent(i + " " + j, key -> TimeShifts.find(longest.get(i), longest.get(j)));
        }

        /** Names the stretches of i against j, unless something says that j is the wrong one. */
        private void judge(int i, int j) {
            for (TimeShifts.Stretch stretch : stretches(i, j)) {
                int against = votes(i, j, stretch) - votes(j, i, stretch.mirrored());
                if (against == 0) {
                    against = Boolean.compare(isDisordered(i), isDisordered(j));
                }
                if (against == 0) {
                    against = Boolean.compare(isStored(j), isStored(i));
                }
                if (against >= 0) {
                    blame(i, j, stretch);
                }
            }
        }

        /** Further sources against which the series shows the stretch too. */
        private int votes(int accused, int accuser, TimeShifts.Stretch stretch) {
            int votes = 0;
            for (int third = 0; third < clusters.size(); third++) {
                if (third != accused && third != accuser) {
                    votes += stretches(accused, third).stream().anyMatch(stretch::overlaps) ? 1 : 0;
                }
            }
            return votes;
        }

        private boolean isDisordered(int cluster) {
            return clusters.get(cluster).stream().anyMatch(SeriesProbe::isDisordered);
        }

        private boolean isStored(int cluster) {
            return clusters.get(cluster).stream().anyMatch(SeriesProbe::isStored);
        }

        private void blame(int guilty, int witness, TimeShifts.Stretch stretch) {
            for (SeriesProbe probe : clusters.get(guilty)) {
                int bars = probe.barsWithin(stretch.from(), stretch.to());
                boolean named = of(probe).hours(stretch.from()) != 0;
                if (bars > 0 && !named) {
                    of(probe).shifted(stretch);
                    String place = TimeIndex.instant(stretch.from()) + " to " + TimeIndex.instant(stretch.to()) + ": "
                            + bars + " bars are stamped " + Math.abs(stretch.hours()) + " h too "
                            + (stretch.hours() > 0 ? "early" : "late") + ", told by "
                            + longest.get(witness).key().instrument();
                    of(probe).tally().add(Issue.Reason.TIME_ZONE, bars, () -> place);
                }
            }
        }
    }

    /** Names the bars that are priced in a coin while it is off its peg. */
    private void pegs() {
        for (SeriesProbe mark : probes) {
            if (PegMarks.isPegged(mark.base()) && mark.quote().equals("USD")) {
                List<PegMarks.Stretch> off =
                        PegMarks.offPeg(mark.times(), mark.closes(), mark.key().barNanos(), PegMarks.TOLERANCE);
                for (PegMarks.Stretch stretch : off) {
                    probes.stream()
                            .filter(probe -> probe == mark || probe.quote().equals(mark.base()))
                            .forEach(probe -> offPeg(probe, mark, stretch));
                }
            }
        }
    }

    private void offPeg(SeriesProbe probe, SeriesProbe mark, PegMarks.Stretch stretch) {
        int bars = probe.barsWithin(stretch.fromNanos(), stretch.toNanos());
        if (bars > 0) {
            String place = TimeIndex.instant(stretch.fromNanos()) + " to " + TimeIndex.instant(stretch.toNanos()) + ": "
                    + mark.base() + " was worth " + stretch.furthest() + " USD";
            of(probe).tally().add(Issue.Reason.QUOTE_OFF_PEG, bars, () -> place);
        }
    }
}
