package org.lama.core.net.kit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import org.lama.core.net.NetClock;

/** A clock that moves by {@link #advance} and by pauses, which take no time. Begins at 2024-01-01T00:00:00Z. */
public final class ManualClock implements NetClock {
    private static final long LOOK_AGAIN_MILLIS = 1;

    private final AtomicLong steady = new AtomicLong();
    private final AtomicLong wall =
            new AtomicLong(Instant.parse("2024-01-01T00:00:00Z").getEpochSecond() * 1_000_000_000L);
    private final List<Duration> pauses = new ArrayList<>();
    private final boolean leaping;

    private ManualClock(boolean leaping) {
        this.leaping = leaping;
    }

    /** Waits for signals go on until the signal comes or somebody advances the clock: for real connections. */
    public static ManualClock standing() {
        return new ManualClock(false);
    }

    /** A wait for a signal ends at once and all of its time is over: where nothing else runs that could signal. */
    public static ManualClock leaping() {
        return new ManualClock(true);
    }

    public ManualClock advance(Duration time) {
        steady.addAndGet(time.toNanos());
        return this;
    }

    /** The machine's clock is corrected; the steady clock does not notice. */
    public ManualClock jumpWall(Duration time) {
        wall.addAndGet(time.toNanos());
        return this;
    }

    public synchronized List<Duration> pauses() {
        return List.copyOf(pauses);
    }

    public synchronized Duration paused() {
        return pauses.stream().reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public long nowNanos() {
        return wall.get() + steady.get();
    }

    @Override
    public long steadyNanos() {
        return steady.get();
    }

    @Override
    public synchronized void pause(long nanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before a pause");
        }
        pauses.add(Duration.ofNanos(nanos));
        steady.addAndGet(Math.max(0, nanos));
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // the callers stand in loops
    public void await(Condition condition, long nanos) throws InterruptedException {
        if (leaping) {
            steady.addAndGet(nanos);
        } else if (condition.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
            return;
        }
    }
}
