package org.lama.core.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.net.NetException;
import org.lama.core.net.kit.FakeReply;
import org.lama.core.net.kit.FakeVenue;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;

/** Every adapter against a venue that misbehaves: the right rows, or an exception of the right kind and no row. */
class AdapterFaultsTest {
    private static final String SCENES = "org.lama.core.sources.Scenes#all";
    private static final int MUTATIONS = 5;

    @TempDir
    Path folder;

    private List<String> good(Scene scene) throws IOException {
        return scene.play(folder.resolve("good")).rows();
    }

    /** Plays a fault that must end in an exception, and sees that no row came. */
    private <E extends IOException> E failure(Scene scene, Class<E> type, BiFunction<Integer, String, FakeReply> sent)
            throws IOException {
        try (FakeVenue venue = FakeVenue.start()) {
            Scene.Script script = scene.script(folder.resolve("fault"), venue, sent);
            E failure = catchThrowableOfType(type, () -> script.source().fetch(scene.request(), script.batches()::add));
            assertThat(failure).as("the failure of " + scene).isNotNull();
            assertThat(script.outcome().rows()).isEmpty();
            return failure;
        }
    }

    @ParameterizedTest
    @MethodSource(SCENES)
    void aGoodReplyGivesItsRowsAndWhereTheyCameFrom(Scene scene) throws IOException {
        Scene.Outcome outcome = scene.play(folder);

        assertThat(outcome.rows()).hasSize(scene.rows());
        assertThat(outcome.batches()).allSatisfy(batch -> {
            if (batch.rows().rows() > 0) {
                assertThat(batch.provenance().sha256()).hasSize(64);
                assertThat(batch.key().kind()).isEqualTo(scene.request().kind());
                assertThat(batch.provenance().toString()).doesNotContain(Scene.KEY);
            }
        });
    }

    @ParameterizedTest
    @MethodSource(SCENES)
    void tooManyRequestsAreWaitedFor(Scene scene) throws IOException {
        Scene.Outcome outcome = scene.play(
                folder, (call, answer) -> call == 1 ? FakeReply.tooManyRequests("7") : FakeReply.json(answer));

        assertThat(outcome.rows()).hasSize(scene.rows());
        assertThat(outcome.clock().paused()).isGreaterThanOrEqualTo(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @MethodSource(SCENES)
    void aPageOfAProxyAndACutReplyAreAskedAgain(Scene scene) throws IOException {
        Scene.Outcome outcome = scene.play(folder, (call, answer) -> switch (call) {
            case 1 -> FakeReply.html(503);
            case 2 -> FakeReply.json(answer).gzipped().cutAfter(20);
            default -> FakeReply.json(answer);
        });

        assertThat(outcome.rows()).hasSize(scene.rows());
    }

    @ParameterizedTest
    @MethodSource(SCENES)
    void aBanStopsAtOnce(Scene scene) throws IOException {
        NetException banned = failure(scene, NetException.class, (call, answer) -> FakeReply.banned("60"));

        assertThat(banned.reason()).isEqualTo(NetException.Reason.BANNED);
        assertThat(banned.toString()).doesNotContain(Scene.KEY);
    }

    @ParameterizedTest
    @MethodSource(SCENES)
    void aChangedSchemaIsNamedAndGivesNoRow(Scene scene) throws IOException {
        SourceException changed = failure(
                scene,
                SourceException.class,
                (call, answer) -> FakeReply.json(answer).renamed(scene.required(), "renamed"));

        assertThat(changed.reason()).isEqualTo(SourceException.Reason.MISSING_FIELD);
        assertThat(changed.where()).isEqualTo(scene.required());
        assertThat(changed).hasMessageContaining(scene.required());
    }

    @ParameterizedTest
    @MethodSource(SCENES)
    void aPageOfHtmlThatSaysAllIsWellIsRefused(Scene scene) throws IOException {
        NetException content = failure(scene, NetException.class, (call, answer) -> FakeReply.html(200));

        assertThat(content.reason()).isEqualTo(NetException.Reason.CONTENT);
    }

    @ParameterizedTest
    @MethodSource(SCENES)
    void aMutatedReplyGivesOnlyGoodRowsOrATypedException(Scene scene) throws IOException {
        mutate(scene, 71, MUTATIONS);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource(SCENES)
    void manyMutatedRepliesGiveOnlyGoodRowsOrATypedException(Scene scene) throws IOException {
        mutate(scene, 72, 64 * MUTATIONS);
    }

    private void mutate(Scene scene, long seed, int mutations) throws IOException {
        List<String> good = good(scene);
        List<String> problems = new ArrayList<>();
        String[] mutated = {""};
        Rng[] rng = {Seeds.rng(seed, 0)};
        try (FakeVenue venue = FakeVenue.start()) {
            for (int i = 0; i < mutations; i++) {
                mutated[0] = "";
                rng[0] = Seeds.rng(seed, i);
                Scene.Script script = scene.script(folder.resolve("mutated"), venue, (call, answer) -> {
                    if (call > 1) {
                        return FakeReply.json(answer);
                    }
                    mutated[0] = mutate(answer, rng[0]);
                    return FakeReply.json(mutated[0]);
                });
                try {
                    script.source().fetch(scene.request(), script.batches()::add);
                } catch (SourceException | NetException typed) {
                    assertThat(typed.getMessage()).isNotBlank();
                }
                for (String row : script.outcome().rows()) {
                    if (good.stream().noneMatch(one -> isSame(row, one))) {
                        problems.add(mutated[0] + " gave " + row);
                    }
                }
            }
        }
        assertThat(problems).isEmpty();
    }

    /** Equal but for fields that may be missing. */
    private static boolean isSame(String row, String good) {
        String[] a = row.split(" ", -1);
        String[] b = good.split(" ", -1);
        if (a.length != b.length) {
            return false;
        }
        for (int i = 0; i < a.length; i++) {
            // a row's place on its page is no field of the reply
            boolean place = a[i].startsWith("seq=") || a[i].startsWith("level=") || a[i].startsWith("available=");
            if (!a[i].equals(b[i]) && !a[i].endsWith("=NaN") && !place) {
                return false;
            }
        }
        return true;
    }

    /** Removes, empties or retypes one value anywhere, or damages the text. */
    private static String mutate(String answer, Rng rng) {
        try {
            Node root = Documents.parseJson(answer, "answer");
            int[] left = {rng.nextInt(count(root))};
            return Documents.compactJson(change(root, left, rng));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int count(Node node) {
        int count = 1;
        if (node.kind() == Node.Kind.OBJECT) {
            for (String name : node.names()) {
                count += count(node.get(name));
            }
        } else if (node.kind() == Node.Kind.ARRAY) {
            for (Node item : node.items()) {
                count += count(item);
            }
        }
        return count;
    }

    private static Node change(Node node, int[] left, Rng rng) {
        if (left[0]-- == 0) {
            return other(node, rng);
        }
        if (node.kind() == Node.Kind.OBJECT) {
            Node.Fields fields = Node.object();
            for (String name : node.names()) {
                boolean here = left[0] == 0 && rng.nextInt(3) == 0;
                // another name of a coin is another coin, and a trade without the flag is not broken
                boolean free = left[0] == 0 && (name.equals("id") || name.equals("broken"));
                Node changed = change(node.get(name), left, rng);
                if (free && changed.kind() == Node.Kind.STRING) {
                    changed = node.get(name);
                }
                here &= !free;
                if (!here) {
                    fields.put(name, changed);
                }
            }
            return fields.build();
        }
        if (node.kind() == Node.Kind.ARRAY) {
            List<Node> items = new ArrayList<>();
            for (Node item : node.items()) {
                boolean here = left[0] == 0 && rng.nextInt(3) == 0;
                Node changed = change(item, left, rng);
                if (!here) {
                    items.add(changed);
                }
            }
            return Node.array(items);
        }
        return node;
    }

    private static Node other(Node node, Rng rng) {
        return switch (rng.nextInt(8)) {
            case 0 -> Node.nothing();
            case 1 -> Node.of("");
            case 2 -> Node.of("abc");
            case 3 -> Node.array(List.of());
            case 4 -> Node.object().build();
            case 5 -> node.kind() == Node.Kind.BOOLEAN ? Node.of(7) : Node.of(true);
            case 6 -> Node.of("NaN");
            default -> Node.of("1e999");
        };
    }
}
