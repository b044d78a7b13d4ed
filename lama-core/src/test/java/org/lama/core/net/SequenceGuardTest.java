package org.lama.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.net.SequenceGuard.Linking;
import org.lama.core.net.SequenceGuard.Splice;
import org.lama.core.net.SequenceGuard.State;

class SequenceGuardTest {
    private final List<String> log = new ArrayList<>();
    private final SequenceGuard.Target<String> target = new SequenceGuard.Target<>() {
        @Override
        public void reset(String snapshot) {
            log.add("reset " + snapshot);
        }

        @Override
        public void apply(String change) {
            log.add(change);
        }

        @Override
        public void valid() {
            log.add("valid");
        }

        @Override
        public void invalid(String reason) {
            log.add("invalid: " + reason);
        }
    };

    private SequenceGuard<String> guard(Linking linking) {
        return new SequenceGuard<>(linking, 5, target);
    }

    @Test
    void snapshotAndChangesAreJoinedByTheirNumbers() {
        SequenceGuard<String> guard = guard(Linking.CONTIGUOUS);
        assertThat(guard.needsSnapshot())
                .as("first a change, so that the snapshot can be newer")
                .isFalse();
        guard.change(100, 101, "a");
        assertThat(guard.needsSnapshot()).isTrue();
        guard.change(102, 105, "b");
        guard.change(106, 110, "c");
        assertThat(guard.snapshot(103, "S")).isEqualTo(Splice.JOINED);
        assertThat(guard.state()).isEqualTo(State.VALID);
        guard.change(111, 111, "d");
        assertThat(log).containsExactly("reset S", "b", "c", "valid", "d");
        assertThat(guard.lastNumber()).isEqualTo(111);
        assertThat(guard.staleChanges()).isEqualTo(1);
        assertThat(guard.snapshot(200, "unasked")).isEqualTo(Splice.IGNORED);
    }

    @Test
    void aHoleMakesItInvalidAtOnce() {
        SequenceGuard<String> guard = guard(Linking.CONTIGUOUS);
        guard.change(1, 2, "a");
        guard.snapshot(1, "S");
        guard.change(4, 5, "late");
        assertThat(log).containsExactly("reset S", "a", "valid", "invalid: update 4..5 does not follow 2");
        assertThat(guard.state()).isEqualTo(State.EMPTY);
        assertThat(guard.needsSnapshot()).isTrue();
        assertThat(guard.gaps()).isEqualTo(1);
        guard.change(6, 6, "next");
        assertThat(guard.snapshot(2, "too old")).isEqualTo(Splice.TOO_OLD);
        assertThat(guard.snapshot(3, "S2")).isEqualTo(Splice.JOINED);
        assertThat(log.subList(4, log.size())).containsExactly("reset S2", "late", "next", "valid");
    }

    @Test
    void aSnapshotOlderThanTheFirstChangeIsNotJoined() {
        SequenceGuard<String> guard = guard(Linking.CONTIGUOUS);
        guard.change(100, 101, "a");
        assertThat(guard.snapshot(98, "S")).isEqualTo(Splice.TOO_OLD);
        assertThat(log).isEmpty();
        assertThat(guard.snapshot(99, "S")).isEqualTo(Splice.JOINED);
    }

    @Test
    void aSnapshotNewerThanAllChangesWaitsForTheNext() {
        SequenceGuard<String> guard = guard(Linking.CONTIGUOUS);
        guard.change(100, 101, "a");
        assertThat(guard.snapshot(105, "S")).isEqualTo(Splice.WAITING);
        assertThat(guard.state()).isEqualTo(State.JOINING);
        guard.change(102, 104, "b");
        assertThat(guard.state()).isEqualTo(State.JOINING);
        guard.change(105, 107, "c");
        assertThat(log).containsExactly("reset S", "c", "valid");
        guard.lost("connection");
        guard.change(200, 201, "d");
        assertThat(guard.snapshot(205, "S2")).isEqualTo(Splice.WAITING);
        guard.change(210, 211, "hole");
        assertThat(guard.state()).isEqualTo(State.EMPTY);
        assertThat(log).containsExactly("reset S", "c", "valid", "invalid: connection", "reset S2");
        assertThat(guard.needsSnapshot()).isTrue();
    }

    @Test
    void aHoleAmongTheChangesPutAsideMakesThoseBeforeItUseless() {
        SequenceGuard<String> guard = guard(Linking.CONTIGUOUS);
        guard.change(1, 2, "a");
        guard.change(4, 5, "c");
        guard.change(4, 5, "c again");
        assertThat(guard.gaps()).isEqualTo(1);
        assertThat(guard.snapshot(1, "S")).isEqualTo(Splice.TOO_OLD);
        assertThat(guard.snapshot(4, "S")).isEqualTo(Splice.JOINED);
        assertThat(log).containsExactly("reset S", "c", "valid");
    }

    @Test
    void tooManyChangesPutAsideLoseTheOldest() {
        SequenceGuard<String> guard = guard(Linking.CONTIGUOUS);
        for (int i = 1; i <= 8; i++) {
            guard.change(i, i, "c" + i);
        }
        assertThat(guard.overflowedChanges()).isEqualTo(3);
        assertThat(guard.snapshot(2, "S")).isEqualTo(Splice.TOO_OLD);
        assertThat(guard.snapshot(3, "S")).isEqualTo(Splice.JOINED);
    }

    @Test
    void chainedChangesFollowByTheNumberTheyName() {
        SequenceGuard<String> guard = guard(Linking.CHAINED);
        guard.change(100, 110, 95, "a");
        guard.change(115, 120, 110, "b");
        assertThat(guard.snapshot(105, "S")).isEqualTo(Splice.JOINED);
        guard.change(130, 140, 120, "c");
        assertThat(log).containsExactly("reset S", "a", "b", "valid", "c");
        guard.change(150, 160, 145, "hole");
        assertThat(guard.state()).isEqualTo(State.EMPTY);
        assertThat(guard.snapshot(144, "S")).isEqualTo(Splice.TOO_OLD);
        assertThat(guard.snapshot(145, "S")).isEqualTo(Splice.JOINED);
    }

    @Test
    void aSnapshotWithinTheStreamIsValidByItself() {
        SequenceGuard<String> guard = guard(Linking.IN_STREAM);
        assertThat(guard.needsSnapshot()).isTrue();
        guard.change(5, 5, 4, "early");
        assertThat(guard.snapshot(10, "S")).isEqualTo(Splice.JOINED);
        guard.change(12, 12, 10, "a");
        guard.change(20, 20, 15, "hole");
        assertThat(guard.needsSnapshot()).isTrue();
        guard.snapshot(25, "S2");
        guard.snapshot(26, "S3");
        assertThat(log)
                .containsExactly(
                        "reset S",
                        "valid",
                        "a",
                        "invalid: update 20..20 does not follow 12",
                        "reset S2",
                        "valid",
                        "reset S3");
    }

    @Test
    void numbersThatBeginAnewDoNotFreezeTheState() {
        SequenceGuard<String> guard = guard(Linking.CONTIGUOUS);
        guard.change(1000, 1000, "a");
        guard.snapshot(999, "S");
        for (int i = 1; i <= 100; i++) {
            guard.change(i, i, "x");
            assertThat(guard.state()).isEqualTo(State.VALID);
        }
        guard.change(101, 101, "x");
        assertThat(guard.state()).isEqualTo(State.EMPTY);
        assertThat(guard.snapshot(100, "S2")).isEqualTo(Splice.JOINED);
    }

    @Test
    void callsMustFitTheKind() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> guard(Linking.CHAINED).change(1, 1, "a"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> guard(Linking.CONTIGUOUS).change(1, 1, 0, "a"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> guard(Linking.CONTIGUOUS).change(2, 1, "a"))
                .withMessage("last must be >= first 2, got 1");
        assertThatIllegalArgumentException().isThrownBy(() -> new SequenceGuard<>(Linking.CHAINED, 0, target));
        guard(Linking.CHAINED).lost("nothing to lose");
        assertThat(log).isEmpty();
    }
}
