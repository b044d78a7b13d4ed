package org.lama.core.search;

import java.util.List;
import org.lama.core.base.Api;

/**
 * Proposes parameter sets and learns from their values, by ask and tell: the caller evaluates, in its own threads, and
 * tells the value of each trial. Trials are numbered 0, 1, 2, … in the order in which they are handed out;
 * {@code ask(n)} hands out the same sets as n times {@code ask(1)} with nothing told in between.
 *
 * <p>A sampler is a pure function of its settings, its seed and the sequence of asks and tells, to the last bit. A
 * search is therefore resumed by making the sampler anew and repeating that sequence: {@link #replay} for every trial
 * that was handed out, {@code tell} for every value. A caller that evaluates in parallel and wants equal bits for any
 * number of threads tells in the order of trial numbers, batch by batch.
 *
 * <p>Where all parameters can be counted, no set is handed out twice; when none is left, {@link #ask} gives fewer than
 * asked for, and at last none. Mutable, for one thread.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface Sampler {
    /**
     * Where the sampler looks.
     *
     * @return the space
     */
    ParameterSpace space();

    /**
     * What the sampler looks for.
     *
     * @return whether small or large values are good
     */
    Direction direction();

    /**
     * The kind of the sampler with all its settings and its seed: equal texts over equal spaces mean equal samplers.
     *
     * @return such as {@code random seed=7 direction=maximise}
     */
    String canonicalText();

    /**
     * How many sets were handed out.
     *
     * @return the number, which is also the number of the next trial
     */
    long asked();

    /**
     * Hands out the next sets, which become the trials {@code asked()}, {@code asked() + 1}, and so on.
     *
     * @param count how many, at least 1
     * @return as many sets; fewer if no other is left, none if the space is exhausted
     */
    List<ParameterSet> ask(int count);

    /**
     * Repeats one {@code ask(1)} whose answer is on record. The sampler is afterwards as if it had been asked, but may
     * be spared the work of finding the answer.
     *
     * @param recorded the set that was handed out then
     * @throws IllegalArgumentException if the sampler sees that it would not have handed out this set: the record
     *     belongs to other settings or another seed
     */
    void replay(ParameterSet recorded);

    /**
     * Tells the value of a trial that was handed out.
     *
     * @param trial its number
     * @param value its value; NaN for a trial that failed or had no defined value, which counts as worse than every
     *     number
     * @throws IllegalArgumentException if the trial was not handed out or its value is told already
     */
    void tell(long trial, double value);

    /**
     * Tells the value of a set that the sampler did not hand out: a warm start. It takes no number, and on a space that
     * can be counted it will not be handed out later.
     *
     * @param set a set of the space
     * @param value its value; NaN as above
     * @throws IllegalArgumentException if the set is not of the space
     */
    void tell(ParameterSet set, double value);
}
