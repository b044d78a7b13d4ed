package org.lama.notebooks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.lama.backtest.walkforward.StudyMonitor;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * A progress bar that stays in one place of the notebook and moves while a study runs: one line per stage, redrawn when a
 * whole per cent is done. Outside a notebook it does nothing. Thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class NotebookProgress implements StudyMonitor {
    private final String title;
    private final Screen screen;
    private final Map<String, int[]> stages = new LinkedHashMap<>();
    private boolean shown;

    /** Where the bar is drawn. */
    interface Screen {
        void draw(String html, String text, boolean first);
    }

    NotebookProgress(String title, Screen screen) {
        this.title = Check.notBlank(title, "title");
        this.screen = screen;
    }

    /**
     * A bar in the running notebook.
     *
     * @param title what is going on
     * @return the bar; it appears with the first progress
     */
    public static NotebookProgress of(String title) {
        return new NotebookProgress(title, screen());
    }

    private static Screen screen() {
        BaseKernel kernel;
        try {
            kernel = BaseKernel.notebookKernel();
        } catch (NullPointerException noKernel) {
            // The only way in which the kernel's library says that there is none.
            return (html, text, first) -> {};
        }
        return on(
                data -> kernel.getIO().display.display(data),
                (id, data) -> kernel.getIO().display.updateDisplay(id, data));
    }

    /** Draws by a kernel's two ways to show: something new, and something in the place of an earlier one. */
    static Screen on(Consumer<DisplayData> show, BiConsumer<String, DisplayData> replace) {
        String id = "lama-" + UUID.randomUUID();
        return (html, text, first) -> {
            DisplayData data = new DisplayData(text);
            data.putHTML(html);
            // Not setDisplayId: its return type differs between the library on Maven Central and the kernel's own copy.
            data.putTransientData("display_id", id);
            if (first) {
                show.accept(data);
            } else {
                replace.accept(id, data);
            }
        };
    }

    @Override
    public synchronized void progress(String stage, int done, int total) {
        int[] now = {Math.min(done, total), Math.max(total, 1)};
        int[] before = stages.put(stage, now);
        if (before == null || percent(before) != percent(now) || now[0] == now[1]) {
            screen.draw(html(), text(), !shown);
            shown = true;
        }
    }

    private static int percent(int[] stage) {
        return (int) (100L * stage[0] / stage[1]);
    }

    private String text() {
        StringBuilder out = new StringBuilder(title);
        stages.forEach((name, stage) ->
                out.append("; ").append(name).append(' ').append(percent(stage)).append('%'));
        return out.toString();
    }

    private String html() {
        StringBuilder out =
                new StringBuilder("<div style=\"font-family:system-ui,sans-serif;max-width:640px\"><strong>");
        out.append(escape(title)).append("</strong>");
        stages.forEach((name, stage) -> out.append("<div style=\"margin:4px 0\"><progress max=\"")
                .append(stage[1])
                .append("\" value=\"")
                .append(stage[0])
                .append("\" style=\"width:60%;vertical-align:middle\"></progress> ")
                .append(escape(name))
                .append(": ")
                .append(stage[0])
                .append(" of ")
                .append(stage[1])
                .append("</div>"));
        return out.append("</div>").toString();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
