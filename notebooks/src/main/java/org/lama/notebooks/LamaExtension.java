package org.lama.notebooks;

import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.RenderContext;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.lama.backtest.report.Figure;
import org.lama.backtest.report.Tables;
import org.lama.core.base.Api;
import org.lama.core.base.Tabular;
import tech.tablesaw.api.Table;

/**
 * Teaches the Java kernel to show LAMA's values: a {@link Figure} as an image, a Tablesaw {@link Table} and every
 * {@link Tabular} as an HTML table of its first rows. The kernel finds it through its service file on the class path. All
 * texts are escaped. Stateless.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class LamaExtension implements Extension {
    private static final int ROWS_SHOWN = 20;
    private static final String HTML = "text/html";
    private static final String TEXT = "text/plain";

    /** For the service loader. */
    public LamaExtension() {}

    @Override
    public void install(BaseKernel kernel) {
        register(kernel.getRenderer());
    }

    static void register(Renderer renderer) {
        renderer.createRegistration(Figure.class)
                .preferring(HTML, TEXT)
                .register((figure, context) ->
                        show(context, figure.html(), figure.title() + ". " + figure.description()));
        renderer.createRegistration(Table.class)
                .preferring(HTML, TEXT)
                .register((table, context) -> show(context, Tables.html(table, ROWS_SHOWN), table.print(ROWS_SHOWN)));
        renderer.createRegistration(Tabular.class)
                .preferring(HTML, TEXT)
                .register((result, context) -> show(context, Tables.html(result, ROWS_SHOWN), result.asText()));
    }

    private static void show(RenderContext context, String html, String text) {
        DisplayData out = context.getOutputContainer();
        out.putHTML(html);
        out.putText(text);
    }
}
