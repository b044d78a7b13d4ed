package org.lama.core.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.lama.core.base.Check;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;

/**
 * The bookkeeping that all samplers share: numbers of trials, what is handed out and not told, and which points of a
 * space that can be counted have been used. A sampler proposes coordinates and hears of values as losses.
 */
abstract class PointSampler implements Sampler {
    /** A point is proposed anew so often before the next free one is looked for. */
    static final int PROPOSALS = 64;

    private static final int DRAWS = 100_000;

    private final ParameterSpace space;
    private final Direction direction;
    private final String kind;
    private final long seed;
    private final boolean counted;
    private final OptionalLong size;
    private final LongSet used = new LongSet();
    private final TreeMap<Long, double[]> pending = new TreeMap<>();
    private long asked;

    PointSampler(ParameterSpace space, Direction direction, String kind, long seed) {
        this.space = Check.notNull(space, "space");
        this.direction = Check.notNull(direction, "direction");
        this.kind = kind;
        this.seed = seed;
        this.counted = space.dimensions().cells().isPresent();
        this.size = counted ? space.size() : OptionalLong.empty();
    }

    /** The settled coordinates of the next trial, or an empty array if there is none left. */
    abstract double[] propose(long trial);

    /** Learns the loss of a point, +Infinity for a failure; the number is -1 for one that was not handed out. */
    abstract void learn(long trial, double[] coordinates, double loss);

    /** Takes note that a recorded point was handed out, with the same state afterwards as after proposing it. */
    void repeat(long trial, double[] recorded) {
        double[] proposed = propose(trial);
        boolean same = proposed.length > 0
                && dimensions().point(proposed).equals(dimensions().point(recorded));
        Check.that(
                same,
                "trial " + trial + " on record must be what this sampler hands out, got "
                        + dimensions().point(recorded) + " where the sampler (" + canonicalText() + ") hands out "
                        + (proposed.length == 0 ? "nothing more" : dimensions().point(proposed)));
    }

    @Override
    public final ParameterSpace space() {
        return space;
    }

    @Override
    public final Direction direction() {
        return direction;
    }

    @Override
    public final String canonicalText() {
        return kind + " direction=" + direction.name().toLowerCase(Locale.ROOT) + " seed=" + seed;
    }

    @Override
    public final long asked() {
        return asked;
    }

    @Override
    public final List<ParameterSet> ask(int count) {
        Check.atLeast(count, 1, "count");
        List<ParameterSet> sets = new ArrayList<>();
        while (sets.size() < count) {
            double[] coordinates = isExhausted() ? new double[0] : propose(asked);
            if (coordinates.length == 0) {
                break;
            }
            handOut(coordinates);
            sets.add(dimensions().point(coordinates));
        }
        return sets;
    }

    @Override
    public final void replay(ParameterSet recorded) {
        double[] coordinates = space.coordinates(recorded);
        Check.that(
                !isUsed(coordinates),
                "trial " + asked + " on record must not be handed out before, got " + recorded
                        + ": the record belongs to another seed or other settings");
        repeat(asked, coordinates);
        handOut(coordinates);
    }

    @Override
    public final void tell(long trial, double value) {
        double[] coordinates = pending.remove(trial);
        if (coordinates == null) {
            throw new IllegalArgumentException("trial " + trial + " must be handed out and not yet told, but "
                    + (trial >= 0 && trial < asked ? "its value is told already" : asked + " were handed out"));
        }
        learn(trial, coordinates, direction.loss(value));
    }

    @Override
    public final void tell(ParameterSet set, double value) {
        double[] coordinates = space.coordinates(set);
        use(coordinates);
        learn(-1, coordinates, direction.loss(value));
    }

    /** What is handed out and not yet told, by trial number. */
    final TreeMap<Long, double[]> pending() {
        return pending;
    }

    final Dimensions dimensions() {
        return space.dimensions();
    }

    final long seed() {
        return seed;
    }

    /** The generator of one trial, whatever happened before. */
    final Rng rng(long trial) {
        return Seeds.rng(seed, trial);
    }

    /** Whether a point must not be handed out, because it was already. */
    final boolean isUsed(double[] coordinates) {
        return counted && used.contains(dimensions().cell(coordinates));
    }

    /** A random point that conditions and constraints allow and that was not used; empty if none is left. */
    final double[] freshPoint(Rng rng) {
        double[] point = new double[dimensions().count()];
        for (int i = 0; i < PROPOSALS; i++) {
            Check.that(
                    dimensions().draw(rng, point, DRAWS),
                    "constraints " + space.constraints() + " must leave more: none of " + DRAWS
                            + " drawn points fulfils them");
            if (!isUsed(point)) {
                return point;
            }
        }
        return nextFree(point);
    }

    /** The first unused point behind a point, going round; the point itself where not all points can be walked. */
    final double[] nextFree(double[] from) {
        if (size.isEmpty()) {
            return from;
        }
        Odometer odometer = new Odometer(dimensions(), from);
        while (odometer.advance()) {
            if (!isUsed(odometer.coordinates())) {
                return odometer.coordinates().clone();
            }
        }
        odometer = new Odometer(dimensions());
        while (odometer.advance()) {
            if (!isUsed(odometer.coordinates())) {
                return odometer.coordinates().clone();
            }
        }
        return new double[0];
    }

    private boolean isExhausted() {
        return size.isPresent() && used.size() >= size.getAsLong();
    }

    private void handOut(double[] coordinates) {
        use(coordinates);
        pending.put(asked, coordinates);
        asked++;
    }

    private void use(double[] coordinates) {
        if (counted) {
            used.add(dimensions().cell(coordinates));
        }
    }
}
