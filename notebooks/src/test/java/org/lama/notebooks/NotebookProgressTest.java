package org.lama.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.Test;

class NotebookProgressTest {
    private final List<String> drawn = new ArrayList<>();
    private final List<Boolean> first = new ArrayList<>();
    private final NotebookProgress progress = new NotebookProgress("Study <1>", (html, text, isFirst) -> {
        drawn.add(html + "|" + text);
        first.add(isFirst);
    });

    @Test
    void oneDisplayIsShownOnceAndThenUpdated() {
        progress.progress("fits", 0, 10);
        progress.progress("fits", 5, 10);
        progress.progress("backtest", 1, 1);
        assertThat(first).containsExactly(true, false, false);
        assertThat(drawn.get(2)).contains("fits: 5 of 10", "backtest: 1 of 1", "<strong>Study &lt;1&gt;</strong>");
        assertThat(drawn.get(2)).endsWith("|Study <1>; fits 50%; backtest 100%");
    }

    @Test
    void aRedrawNeedsAWholePerCent() {
        for (int i = 0; i <= 10_000; i++) {
            progress.progress("fits", i, 10_000);
        }
        assertThat(drawn).hasSize(101);
    }

    @Test
    void outsideANotebookNothingHappens() {
        NotebookProgress silent = NotebookProgress.of("Study");
        silent.progress("fits", 1, 0);
        assertThat(silent.cancelled()).isFalse();
    }

    @Test
    void theKernelShowsTheBarOnceAndReplacesItInPlace() {
        List<DisplayData> shown = new ArrayList<>();
        List<DisplayData> replaced = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        NotebookProgress bar = new NotebookProgress("Study", NotebookProgress.on(shown::add, (id, data) -> {
            ids.add(id);
            replaced.add(data);
        }));
        bar.progress("fits", 0, 4);
        bar.progress("fits", 2, 4);
        bar.progress("fits", 4, 4);
        assertThat(shown).hasSize(1);
        assertThat(replaced).hasSize(2);
        assertThat(ids).hasSize(2).containsOnly(ids.get(0));
        assertThat(ids.get(0)).startsWith("lama-");
        assertThat(replaced.get(1).getData(MIMEType.TEXT_HTML).toString()).contains("fits: 4 of 4");
    }
}
