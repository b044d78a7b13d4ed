package org.lama.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.ServiceLoader;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.Test;
import org.lama.backtest.report.Figure;
import org.lama.backtest.report.Figures;
import org.lama.core.base.Tabular;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class LamaExtensionTest {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";

    private static DisplayData render(Object value) {
        Renderer renderer = new Renderer();
        LamaExtension.register(renderer);
        return renderer.render(value);
    }

    private static String html(DisplayData data) {
        return String.valueOf(data.getData(MIMEType.TEXT_HTML));
    }

    @Test
    void theKernelFindsTheExtensionByItsServiceFile() {
        assertThat(ServiceLoader.load(Extension.class)).hasAtLeastOneElementOfType(LamaExtension.class);
    }

    @Test
    void figuresBecomeImagesWithAText() {
        Figure figure = Figures.bars("Bars", List.of("a"), new double[] {1});
        DisplayData data = render(figure);
        assertThat(html(data)).isEqualTo(figure.html()).startsWith("<img ");
        assertThat(String.valueOf(data.getData(MIMEType.TEXT_PLAIN))).startsWith("Bars. ");
    }

    @Test
    void tablesawTablesBecomeEscapedHtml() {
        Table table = Table.create("t", StringColumn.create("name", HOSTILE), DoubleColumn.create("value", 1.25));
        assertThat(html(render(table)))
                .contains("<table", "&lt;img src=x", "1.25")
                .doesNotContain("<img");
    }

    @Test
    void everyTabularBecomesATable() {
        Tabular result = () -> List.of(new Tabular.Column("name", List.of(HOSTILE)));
        DisplayData data = render(result);
        assertThat(html(data)).contains("<table", "&lt;img").doesNotContain("<img");
        assertThat(String.valueOf(data.getData(MIMEType.TEXT_PLAIN))).startsWith("name");
    }
}
