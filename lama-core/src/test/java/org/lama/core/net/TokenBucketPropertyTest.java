package org.lama.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.net.kit.ManualClock;

class TokenBucketPropertyTest {
    private static final long MINUTE = 60_000_000_000L;

    private static HttpReply reply(String name, String value) {
        return HttpReply.of(200, Map.of(name, List.of(value)), new byte[0]);
    }

    @Test
    void noMinuteSeesMoreThanTheBudgetWhateverThePattern() throws InterruptedException {
        for (int seed = 0; seed < 200; seed++) {
            Rng rng = Seeds.rng(71, seed);
            int budget = 2 + rng.nextInt(100);
            int burst = 1 + rng.nextInt(budget - 1);
            ManualClock clock = ManualClock.leaping();
            TokenBucket bucket = new TokenBucket(new RateLimit(budget, burst, "", "", ""), clock);
            List<long[]> sent = new ArrayList<>();
            for (int i = 0; i < 120; i++) {
                if (rng.nextInt(4) == 0) {
                    clock.advance(Duration.ofMillis(rng.nextInt(20_000)));
                }
                int weight = 1 + rng.nextInt(burst);
                bucket.acquire(weight);
                sent.add(new long[] {clock.steadyNanos(), weight});
            }
            for (int i = 0; i < sent.size(); i++) {
                long sum = 0;
                for (int j = i; j < sent.size() && sent.get(j)[0] - sent.get(i)[0] < MINUTE; j++) {
                    sum += sent.get(j)[1];
                }
                assertThat(sum).as("seed " + seed + ", from call " + i).isLessThanOrEqualTo(budget);
            }
        }
    }

    @Test
    void theWholeBudgetIsUsedInTheLongRun() throws InterruptedException {
        ManualClock clock = ManualClock.leaping();
        TokenBucket bucket = new TokenBucket(RateLimit.perMinute(1200), clock);
        for (int i = 0; i < 3000; i++) {
            bucket.acquire(10);
        }
        // a quarter at once, then three quarters of the budget per minute
        assertThat(clock.steadyNanos() / (double) MINUTE).isBetween(32.9, 33.1);
        assertThat(bucket.waitedNanos()).isEqualTo(clock.paused().toNanos());
    }

    @Test
    void theVenuesOwnCountIsBelieved() throws InterruptedException {
        ManualClock clock = ManualClock.leaping().advance(Duration.ofSeconds(20));
        RateLimit limit = RateLimit.perMinute(1200).withUsedHeader("X-MBX-USED-WEIGHT-1M");
        TokenBucket bucket = new TokenBucket(limit, clock);
        bucket.acquire(1);
        bucket.observe(reply("x-mbx-used-weight-1m", "1195"));
        bucket.acquire(5);
        assertThat(clock.paused()).isZero();
        bucket.acquire(1);
        assertThat(clock.paused()).as("to the end of the venue's minute").isEqualTo(Duration.ofSeconds(40));
        bucket.observe(reply("x-mbx-used-weight-1m", "nonsense"));
        bucket.acquire(1);
        assertThat(clock.paused()).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void headersThatCountDownStopUntilTheReset() throws InterruptedException {
        ManualClock clock = ManualClock.leaping();
        RateLimit limit = RateLimit.perMinute(600).withRemainingHeader("X-Left", "X-Reset");
        TokenBucket bucket = new TokenBucket(limit, clock);
        bucket.observe(reply("X-Left", "3"));
        bucket.acquire(1);
        assertThat(clock.paused()).isZero();
        long reset = clock.nowNanos() / 1_000_000 + 2500;
        bucket.observe(HttpReply.of(200, Map.of("X-Left", List.of("0"), "X-Reset", List.of("" + reset)), new byte[0]));
        bucket.acquire(1);
        assertThat(clock.paused()).isEqualTo(Duration.ofMillis(2500));
        bucket.observe(reply("X-Left", "0"));
        bucket.acquire(1);
        assertThat(clock.paused()).as("without a time, a second").isEqualTo(Duration.ofMillis(3500));
    }

    @Test
    void limitsAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RateLimit.perMinute(1))
                .withMessage("weightPerMinute must be >= 2, got 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RateLimit(10, 10, "", "", ""))
                .withMessage("burst must be in [1, 9], got 10");
        TokenBucket bucket = new TokenBucket(RateLimit.perMinute(100), ManualClock.leaping());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bucket.acquire(26))
                .withMessageContaining("weight must be <= 25");
    }

    @Test
    void delaysAreDrawnEvenlyBelowAGrowingCeiling() {
        RetryRule rule = RetryRule.defaults();
        Rng rng = Seeds.rng(5, 0);
        for (int failures = 1; failures <= 40; failures++) {
            double ceiling = Math.min(60, 0.5 * Math.pow(2, failures - 1));
            double sum = 0;
            double largest = 0;
            for (int i = 0; i < 2000; i++) {
                double seconds = rule.delayNanos(failures, rng) * 1e-9;
                sum += seconds;
                largest = Math.max(largest, seconds);
            }
            assertThat(largest).isBetween(0.98 * ceiling, ceiling);
            assertThat(sum / 2000).isBetween(0.47 * ceiling, 0.53 * ceiling);
        }
        assertThat(rule.delayNanos(3, Seeds.rng(1, 0))).isEqualTo(rule.delayNanos(3, Seeds.rng(1, 0)));
        assertThatIllegalArgumentException().isThrownBy(() -> rule.delayNanos(0, rng));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryRule(0, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO))
                .withMessage("attempts must be >= 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryRule(1, Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ZERO))
                .withMessageContaining("longestDelay must be >= firstDelay");
    }
}
