package org.lama.backtest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.backtest.api.BacktestConfig;
import org.lama.backtest.api.BacktestRequest;
import org.lama.backtest.api.StudyConfig;
import org.lama.backtest.api.StudyRequest;
import org.lama.core.sources.BookTape;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import picocli.CommandLine;

/** The page of the command line and what the programs take are the same: no option without a word, no word without an option. */
class CommandLinePageTest {
    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z0-9-]*");
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern KEYS = Pattern.compile("known keys: \\[([^]]*)]");
    /** Of jq, of the launcher's Maven, and what picocli gives every command. */
    private static final Set<String> OTHERS = Set.of("--help", "--version", "--no-build");

    @Test
    void everyFlawOfAFeedIsExplainedOnThePageOfOrderBooks() throws IOException {
        String page = Files.readString(root().resolve("docs/models/order-book.md"));
        for (BookTape.Flaw flaw : BookTape.Flaw.values()) {
            assertThat(page).contains("`" + flaw.name().toLowerCase(Locale.ROOT).replace('_', ' ') + "`");
            assertThat(flaw.words()).isNotBlank();
        }
    }

    private static String page() throws IOException {
        return Files.readString(root().resolve("docs/command-line.md"));
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        return Files.exists(folder.resolve("docs")) ? folder : folder.resolveSibling("");
    }

    private static void collect(CommandLine command, Set<String> into) {
        command.getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .flatMap(option -> List.of(option.names()).stream())
                .filter(name -> name.startsWith("--"))
                .forEach(into::add);
        command.getSubcommands().values().forEach(each -> collect(each, into));
    }

    private static Set<String> options() {
        Set<String> all = new TreeSet<>();
        collect(new CommandLine(new RootCommand()), all);
        all.removeAll(OTHERS);
        return all;
    }

    private static Set<String> words(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group());
        }
        found.removeAll(OTHERS);
        return found;
    }

    @Test
    void everyOptionStandsOnThePageAndNoOther() throws IOException {
        assertThat(words(OPTION, page())).containsExactlyElementsOf(options());
    }

    @Test
    void everyOptionOfABacktestStandsInItsSynopsis() throws IOException {
        String page = page();
        String synopsis = page.substring(page.indexOf("\nlama backtest "), page.indexOf("\nlama compare "));
        Set<String> own = new TreeSet<>();
        new CommandLine(new RootCommand())
                .getSubcommands().values().stream()
                        .filter(command -> command.getCommandName().equals("backtest"))
                        .forEach(command -> collect(command, own));
        own.removeAll(OTHERS);
        own.remove("--debug");
        assertThat(words(OPTION, synopsis)).containsExactlyElementsOf(own);
    }

    /** Keys that a group of a settings document knows, as its own error tells them. */
    private static List<String> keys(String document, boolean study) throws IOException {
        Node wrong = Documents.parseYaml(document, "test");
        Throwable refused = catchThrowable(() -> {
            if (study) {
                StudyConfig.apply(StudyRequest.of(Path.of("x.csv")), wrong);
            } else {
                BacktestConfig.apply(BacktestRequest.of("buy-and-hold"), wrong);
            }
        });
        Matcher matcher = KEYS.matcher(String.valueOf(refused.getMessage()));
        assertThat(matcher.find()).as(refused.getMessage()).isTrue();
        return List.of(matcher.group(1).split(", "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xyz: 1",
                "data: {xyz: 1}",
                "strategy: {xyz: 1}",
                "backtest: {xyz: 1}",
                "costs: {xyz: 1}",
                "costs: {fees: {xyz: 1}}",
                "execution: {xyz: 1}",
                "limits: {xyz: 1}",
                "drawdown: {xyz: 1}",
                "delisting: {xyz: 1}",
                "sizing: {xyz: 1}",
                "rebalancing: {xyz: 1}",
                "account: {xyz: 1}",
                "contracts: {X: {xyz: 1}}",
                "contracts: {X: {kind: linear, margin: {xyz: 1}}}",
                "contracts: {X: {kind: option, base: BTC, quote: USD, option: {xyz: 1}}}",
                "events: [{xyz: 1}]",
                "strategies: [{xyz: 1}]"
            })
    void everyKeyOfABacktestStandsOnThePage(String document) throws IOException {
        assertThat(missing(keys(document, false))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xyz: 1", "data: {xyz: 1}", "study: {xyz: 1}", "verdict: {xyz: 1}"})
    void everyKeyOfAStudyStandsOnThePage(String document) throws IOException {
        assertThat(missing(keys(document, true))).isEmpty();
    }

    private static List<String> missing(List<String> keys) throws IOException {
        String page = page();
        List<String> missing = new ArrayList<>();
        for (String key : keys) {
            boolean stands = Pattern.compile("\\b" + Pattern.quote(key) + "\\b(:|`)")
                    .matcher(page)
                    .find();
            if (!stands) {
                missing.add(key);
            }
        }
        return missing;
    }

    @Test
    void everySettingsDocumentOfThePageIsUnderstood() throws IOException {
        Matcher block = YAML.matcher(page());
        int count = 0;
        while (block.find()) {
            Node document = Documents.parseYaml(block.group(1), "page");
            if (document.has("study")) {
                StudyConfig.apply(StudyRequest.of(Path.of("x.csv")), document);
            } else {
                BacktestConfig.apply(BacktestRequest.of("buy-and-hold"), document);
            }
            count++;
        }
        assertThat(count).isGreaterThanOrEqualTo(3);
    }
}
