package org.lama.backtest.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;
import org.lama.core.series.Series;
import org.lama.core.signal.ModelSummary;
import org.lama.core.stats.TestResult;
import org.lama.core.store.AtomicFiles;

/**
 * One fitted model as a page and as files: every figure that its summary has numbers for, and its tables. The same summary
 * gives the same bytes. Every text is escaped. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ModelReport {
    /** Name of the page among the files. */
    public static final String PAGE = "model.html";

    private static final int STEPS_SHOWN = 60;
    private static final int NOTES_SHOWN = 6;
    private static final String DISCLAIMER =
            "A model that fits the past may fail tomorrow. Intervals leave out the uncertainty of the coefficients and of"
                    + " the choice of the model.";

    private ModelReport() {}

    /**
     * Every figure that the summary has numbers for, by the name of its file without ending, in reading order.
     *
     * @param model the model
     * @param observed what it was fitted to: gives times, history and fitted values; empty if unknown
     * @return figures by name; empty if the summary has nothing to draw
     */
    public static Map<String, Figure> figures(ModelSummary model, Optional<Series> observed) {
        return ModelFigures.all(model, observed);
    }

    /**
     * A page of one model in one file: no script, no outside resource, light and dark.
     *
     * @param model the model
     * @param observed what it was fitted to: gives times, history and fitted values; empty if unknown
     * @return the page, ready to be written
     */
    public static HtmlReport page(ModelSummary model, Optional<Series> observed) {
        HtmlReport page = HtmlReport.titled(model.title()).subtitle(subtitle(model, observed));
        page.section(fit(model));
        for (ReportSection section : figureSections(model, observed)) {
            page.section(section);
        }
        if (!model.forecast().isEmpty()) {
            page.section(ReportSection.titled("Forecast, step by step")
                    .table(ReportTable.of("Forecast", ModelTables.forecast(model))
                            .first(STEPS_SHOWN)));
        }
        return page.footnote(DISCLAIMER);
    }

    private static String subtitle(ModelSummary model, Optional<Series> observed) {
        String rows = observed.map(series -> series.name() + " · " + Numbers.fixed(series.size(), 0) + " rows · ")
                .orElse("");
        return rows + "fit " + model.status().outcome() + " after "
                + Numbers.fixed(model.status().iterations(), 0) + " iterations";
    }

    private static ReportSection fit(ModelSummary model) {
        ReportSection section = ReportSection.titled("Fit");
        if (!model.status().reason().isEmpty()) {
            section.text(model.status().reason());
        }
        if (!model.coefficients().isEmpty()) {
            section.table(ReportTable.of("Coefficients", ModelTables.coefficients(model)));
        }
        if (!model.values().isEmpty()) {
            section.table(
                    ReportTable.of("Values", ModelTables.values(model)).format(ReportTable.Format.PRECISE, "value"));
        }
        if (model.residuals().length > 0) {
            section.table(ReportTable.of("Tests of the residuals", tests(model))
                    .format(ReportTable.Format.SENTENCE, "null hypothesis", "note"));
        }
        if (model.notes().size() > NOTES_SHOWN) {
            section.table(ReportTable.of("Notes", ModelTables.notes(model))
                    .format(ReportTable.Format.SENTENCE, "note")
                    .folded());
        } else if (!model.notes().isEmpty()) {
            section.bullets(model.notes());
        }
        return section;
    }

    /** The figures in sections, each with what it shows in words. */
    private static List<ReportSection> figureSections(ModelSummary model, Optional<Series> observed) {
        Map<String, ReportSection> sections = new LinkedHashMap<>();
        ModelFigures.overview(model, observed)
                .forEach((name, figure) -> sections.computeIfAbsent(section(name), ReportSection::titled)
                        .figure(figure)
                        .note(figure.description()));
        return List.copyOf(sections.values());
    }

    private static String section(String figure) {
        return switch (figure) {
            case "fitted" -> "Fitted values";
            case "volatility" -> "Volatility";
            case "diagnostics" -> "Residuals";
            case "roots" -> "Roots";
            case "forecast", "volatility-forecast" -> "Forecast";
            default -> "Scores";
        };
    }

    /** Without the column of notes where no test has one: it is wide. */
    private static Tabular tests(ModelSummary model) {
        List<TestResult> tests = ModelTables.residualTests(model);
        boolean plain = tests.stream().allMatch(test -> test.note().isEmpty());
        List<Tabular.Column> columns = ModelTables.tests(tests).columns();
        return plain ? () -> columns.subList(0, columns.size() - 1) : () -> columns;
    }

    /**
     * Writes the page and every figure as an SVG document into a folder.
     *
     * @param folder the folder, made if it is not there; files of the same names are replaced, others stay
     * @param model the model
     * @param observed what it was fitted to: gives times, history and fitted values; empty if unknown
     * @return the files, the page first
     * @throws IOException if a file cannot be written
     */
    public static List<Path> write(Path folder, ModelSummary model, Optional<Series> observed) throws IOException {
        Check.notNull(folder, "folder");
        Files.createDirectories(folder);
        List<Path> files = new ArrayList<>();
        files.add(page(model, observed).write(folder.resolve(PAGE)));
        for (Map.Entry<String, Figure> figure : figures(model, observed).entrySet()) {
            Path file = folder.resolve(figure.getKey() + ".svg");
            AtomicFiles.write(file, figure.getValue().svg().getBytes(StandardCharsets.UTF_8));
            files.add(file);
        }
        return files;
    }
}
