package org.lama.backtest.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.lama.core.base.Check;

/** The style sheet of a report: layout from a file beside this class, colours of figures from {@link Tone}. */
final class ReportStyle {
    private static final String FILE = "report.css";

    private ReportStyle() {}

    static String css() {
        try (InputStream in = Check.notNull(ReportStyle.class.getResourceAsStream(FILE), FILE)) {
            String layout = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return layout + Tone.css(":root") + "@media print{:root{" + Tone.variables(false) + "}}\n";
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the style sheet " + FILE, e);
        }
    }
}
