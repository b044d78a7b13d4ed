package org.lama.core.signal;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.series.Frame;

/**
 * A combiner or a regime detector with made-up inputs for its sessions: what {@link HonestyCheck} runs, and what finds the
 * call by which a session knows what it should not. Stateless and thread-safe, as far as what it feeds is; a run is O(rows).
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class SessionFeed {
    private static final String NEXT = "next";

    private final String name;
    private final Class<?> code;
    private final List<String> calls;
    private final List<String> outputs;
    private final BiFunction<Long, Integer, Frame> streams;
    private final Runner runner;

    /** Runs one session. */
    private interface Runner {
        double[][] run(Function<String, Frame> streamOf, int rows);
    }

    private SessionFeed(String name, Object code, List<String> calls, List<String> outputs, Source source) {
        this.name = name;
        this.code = code.getClass();
        this.calls = calls;
        this.outputs = outputs;
        this.streams = source.streams;
        this.runner = source.runner;
    }

    private record Source(BiFunction<Long, Integer, Frame> streams, Runner runner) {}

    /**
     * Feeds a combiner with signals that have a little skill and gaps, outcomes, and training rows every 30 bars.
     *
     * @param combiner the combiner
     * @param members names of the members, at least one
     * @return the feed
     */
    public static SessionFeed of(Combiner combiner, List<String> members) {
        Check.that(!members.isEmpty(), "members must not be empty");
        CombinerSession session = new CombinerSession(combiner, members);
        return new SessionFeed(
                combiner.name(),
                combiner.open(members, 1),
                List.of(CombinerSession.OBSERVE, CombinerSession.TRAIN, CombinerSession.COMBINE),
                session.names(),
                new Source((seed, bars) -> Streams.signals(seed, members, bars), session::run));
    }

    /**
     * Feeds a regime detector with market states that have episodes, gaps and crashes.
     *
     * @param detector the detector
     * @return the feed
     */
    public static SessionFeed of(RegimeDetector detector) {
        return new SessionFeed(
                detector.name(),
                detector.open(1),
                List.of(NEXT),
                List.of("label"),
                new Source(Streams::states, (streamOf, rows) -> Streams.labels(detector, streamOf.apply(NEXT), rows)));
    }

    /**
     * What is fed.
     *
     * @return its name
     */
    public String name() {
        return name;
    }

    /**
     * The calls by which a session gets its inputs.
     *
     * @return names of methods
     */
    public List<String> calls() {
        return calls;
    }

    /**
     * What comes out for each row.
     *
     * @return names, in the order of {@link #run}
     */
    public List<String> outputs() {
        return outputs;
    }

    /**
     * The class of the sessions.
     *
     * @return the user's class, or one of LAMA's
     */
    public Class<?> code() {
        return code;
    }

    /**
     * A made-up stream of inputs, one column for each.
     *
     * @param seed any number
     * @param bars length, at least 22
     * @return the stream; bars are days from 1970 on
     */
    public Frame stream(long seed, int bars) {
        return streams.apply(seed, bars);
    }

    /**
     * Runs one session from its beginning.
     *
     * @param streamOf the stream that a call gets its inputs from; all alike in times and columns
     * @param rows how many rows are run
     * @return [output][row]
     */
    public double[][] run(Function<String, Frame> streamOf, int rows) {
        return runner.run(streamOf, rows);
    }
}
