package org.lama.core.net;

import java.util.Optional;
import org.lama.core.base.Check;

/**
 * A bucket of {@code burst} units that refills with the rest of the budget over a minute: whatever the pattern of calls,
 * no window of 60 s sees more than the budget. What the venue itself counts closes it earlier. Thread-safe; callers wait
 * outside of the lock.
 */
final class TokenBucket {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final long SHORT_NANOS = 1_000_000_000L;

    private final RateLimit limit;
    private final NetClock clock;
    private final double unitsPerNano;
    private double units;
    private long filledNanos;
    private long shutUntilNanos;
    private long venueMinute = Long.MIN_VALUE;
    private long venueUsed;
    private long waitedNanos;

    TokenBucket(RateLimit limit, NetClock clock) {
        this.limit = limit;
        this.clock = clock;
        unitsPerNano = (limit.weightPerMinute() - limit.burst()) / (double) MINUTE_NANOS;
        units = limit.burst();
        filledNanos = clock.steadyNanos();
        shutUntilNanos = filledNanos;
    }

    /** Waits until the budget has room and takes it. */
    void acquire(int weight) throws InterruptedException {
        Check.that(
                weight <= limit.burst(),
                "weight must be <= " + limit.burst() + " (the burst of the venue's limit), got " + weight);
        for (long wait = tryTake(weight); wait > 0; wait = tryTake(weight)) {
            clock.pause(wait);
        }
    }

    /** Takes the weight and returns 0, or returns how long to wait before the next try, nanoseconds. */
    private synchronized long tryTake(int weight) {
        long now = clock.steadyNanos();
        long elapsed = now - filledNanos;
        units = Math.min(limit.burst(), units + elapsed * unitsPerNano);
        filledNanos = now;
        long wait = Math.max(0, shutUntilNanos - now);
        if (units < weight) {
            wait = Math.max(wait, (long) Math.ceil((weight - units) / unitsPerNano));
        }
        long wall = clock.nowNanos();
        long minute = Math.floorDiv(wall, MINUTE_NANOS);
        if (minute == venueMinute && venueUsed + weight > limit.weightPerMinute()) {
            wait = Math.max(wait, (minute + 1) * MINUTE_NANOS - wall);
        }
        if (wait == 0) {
            units -= weight;
            venueUsed += weight;
        } else {
            waitedNanos += wait;
        }
        return wait;
    }

    /** Nothing goes out before a time of the steady clock. */
    synchronized void shutUntil(long steadyNanos) {
        shutUntilNanos = Math.max(shutUntilNanos, steadyNanos);
    }

    /** Takes over what the venue counts. */
    synchronized void observe(HttpReply reply) {
        long wall = clock.nowNanos();
        number(reply, limit.usedHeader()).ifPresent(used -> {
            long minute = Math.floorDiv(wall, MINUTE_NANOS);
            venueUsed = minute == venueMinute ? Math.max(venueUsed, used) : used;
            venueMinute = minute;
        });
        if (number(reply, limit.remainingHeader()).filter(left -> left <= 0).isPresent()) {
            long wait = number(reply, limit.resetHeader())
                    .map(millis -> millis * 1_000_000 - wall)
                    .orElse(SHORT_NANOS);
            shutUntil(clock.steadyNanos() + Math.max(0, Math.min(wait, MINUTE_NANOS)));
        }
    }

    private static Optional<Long> number(HttpReply reply, String header) {
        // a header that is no number says nothing; the budget still holds
        return header.isEmpty()
                ? Optional.empty()
                : reply.header(header).filter(text -> text.matches("\\d{1,15}")).map(Long::valueOf);
    }

    /** How long callers were told to wait, all together. */
    synchronized long waitedNanos() {
        return waitedNanos;
    }
}
