package org.lama.backtest.walkforward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.lama.core.base.Seeds;
import org.lama.core.series.Frame;
import org.lama.core.signal.SignalModel;
import org.lama.core.split.Fold;
import org.lama.core.split.WalkForward;

/** All folds of a study, fitted and scored; the order of the work is the order of the retrain dates. */
final class StudyFits {
    /** Stands for the number of the retrain date in the seed of fits on all rows. */
    private static final int ALL_ROWS = -1;

    /** Decision times at which new fits take over; cut short if the study was interrupted. */
    final long[] retrainTimes;

    /** [retrain] fits of that date, by listing. */
    final List<List<FoldFit>> byRetrain;

    /** [listing][member] signals out of sample. */
    final SignalPanel[][] panels;

    /** Whether some folds were left out because the study was interrupted. */
    final boolean partial;

    private StudyFits(long[] retrainTimes, List<List<FoldFit>> byRetrain, SignalPanel[][] panels, boolean partial) {
        this.retrainTimes = retrainTimes;
        this.byRetrain = byRetrain;
        this.panels = panels;
        this.partial = partial;
    }

    static StudyFits run(
            List<Listing> listings, TimeGrid grid, StudySettings settings, List<SignalModel> models, StudyTools tools) {
        WalkForward plan = plan(settings);
        long[] retrains = plan.retrainTimes(grid.opens[0], grid.close(grid.size() - 1));
        SignalPanel[][] panels = new SignalPanel[listings.size()][models.size()];
        for (int l = 0; l < panels.length; l++) {
            int rows = listings.get(l).bars().size();
            Arrays.setAll(panels[l], m -> new SignalPanel(rows));
        }
        List<FoldFit.Job> jobs = jobs(listings, retrains, plan, panels, settings.seed());
        List<Optional<FoldFit>> fits = tools.executor()
                .map(
                        jobs.size(),
                        index -> tools.monitor().cancelled()
                                ? Optional.empty()
                                : Optional.of(FoldFit.run(jobs.get(index), models)),
                        (done, total) -> {
                            if (!tools.monitor().cancelled()) {
                                tools.monitor().progress("fits", done, total);
                            }
                        });
        int finished = finished(jobs, fits, retrains.length);
        List<List<FoldFit>> byRetrain = new ArrayList<>();
        for (int k = 0; k < finished; k++) {
            byRetrain.add(new ArrayList<>());
        }
        fits.forEach(fit -> fit.filter(f -> f.retrain < finished)
                .ifPresent(f -> byRetrain.get(f.retrain).add(f)));
        return new StudyFits(Arrays.copyOf(retrains, finished), byRetrain, panels, finished < retrains.length);
    }

    /** The same folds with every member fitted once on all rows of its listing: a cheat, to be measured. */
    StudyFits onAllRows(List<Listing> listings, List<SignalModel> models, StudySettings settings, StudyTools tools) {
        SignalPanel[][] leaking = new SignalPanel[listings.size()][models.size()];
        List<Integer> active = new ArrayList<>();
        for (int l = 0; l < leaking.length; l++) {
            int rows = listings.get(l).bars().size();
            Arrays.setAll(leaking[l], m -> new SignalPanel(rows));
            int listing = l;
            if (byRetrain.stream().anyMatch(date -> date.stream().anyMatch(fit -> fit.listing == listing))) {
                active.add(l);
            }
        }
        List<FoldFit> whole = tools.executor()
                .map(
                        active.size(),
                        i -> {
                            int l = active.get(i);
                            Frame bars = listings.get(l).bars();
                            long seed = Seeds.derive(Seeds.derive(settings.seed(), l), ALL_ROWS);
                            Fold all = new Fold(0, bars.size(), bars.size(), bars.size() + 1, false);
                            return FoldFit.onAllRows(
                                    new FoldFit.Job(l, 0, all, bars, leaking[l], seed, false), models, panels[l]);
                        },
                        (done, total) -> tools.monitor().progress("full-sample fits", done, total));
        FoldFit[] byListing = new FoldFit[listings.size()];
        whole.forEach(fit -> byListing[fit.listing] = fit);
        List<List<FoldFit>> dates = new ArrayList<>();
        for (List<FoldFit> date : byRetrain) {
            dates.add(date.stream().map(fit -> byListing[fit.listing]).toList());
        }
        return new StudyFits(retrainTimes, dates, leaking, partial);
    }

    static WalkForward plan(StudySettings settings) {
        return WalkForward.ofHorizon(1).withTrainDays(settings.trainDays()).withStepDays(settings.stepDays());
    }

    /** Retrain dates before the first fold that is missing: what holds for all assets alike. */
    private static int finished(List<FoldFit.Job> jobs, List<Optional<FoldFit>> fits, int retrains) {
        for (int i = 0; i < jobs.size(); i++) {
            if (fits.get(i).isEmpty()) {
                return jobs.get(i).retrain();
            }
        }
        return retrains;
    }

    private static List<FoldFit.Job> jobs(
            List<Listing> listings, long[] retrains, WalkForward plan, SignalPanel[][] panels, long seed) {
        List<long[]> times = new ArrayList<>();
        for (Listing listing : listings) {
            times.add(listing.bars().index().copyRange(0, listing.bars().size()));
        }
        List<FoldFit.Job> jobs = new ArrayList<>();
        boolean[] later = new boolean[listings.size()];
        for (int k = retrains.length - 1; k >= 0; k--) {
            for (int l = listings.size() - 1; l >= 0; l--) {
                Frame bars = listings.get(l).bars();
                Optional<Fold> fold = plan.fold(times.get(l), bars.barNanos(), retrains[k]);
                if (fold.isPresent()) {
                    long foldSeed = Seeds.derive(Seeds.derive(seed, l), k);
                    jobs.add(new FoldFit.Job(l, k, fold.get(), bars, panels[l], foldSeed, !later[l]));
                    later[l] = true;
                }
            }
        }
        // Made from the end, so that the last fold of each listing is known; done from the beginning.
        Collections.reverse(jobs);
        return jobs;
    }

    /** How many folds a study has, without fitting any. */
    static int count(List<Listing> listings, TimeGrid grid, StudySettings settings) {
        WalkForward plan = plan(settings);
        int count = 0;
        for (Listing listing : listings) {
            long[] times = listing.bars().index().copyRange(0, listing.bars().size());
            for (long retrain : plan.retrainTimes(grid.opens[0], grid.close(grid.size() - 1))) {
                count += plan.fold(times, listing.bars().barNanos(), retrain).isPresent() ? 1 : 0;
            }
        }
        return count;
    }
}
