package org.lama.backtest.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.lama.core.base.Check;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** Lists the commands of the root by what they are for. */
final class CommandGroups implements CommandLine.IHelpSectionRenderer {
    private static final Map<String, List<String>> GROUPS = groups();
    private static final int INDENT = 12;

    private static Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        groups.put("Studies:", List.of("study", "data", "seal", "unseal", "calibrate"));
        groups.put("Strategies:", List.of("backtest", "sweep", "check", "new", "book"));
        groups.put("Results:", List.of("compare", "diff", "rerun"));
        groups.put("Statistics of any CSV file:", List.of("arima", "garch", "anomaly", "test", "metrics"));
        groups.put("Around:", List.of("models", "doctor", "notebook"));
        return groups;
    }

    @Override
    public String render(Help help) {
        StringBuilder out = new StringBuilder();
        Set<String> rest = new TreeSet<>(help.subcommands().keySet());
        GROUPS.forEach((title, names) -> {
            out.append(title).append('\n');
            names.stream().filter(rest::remove).forEach(name -> line(help, name, out));
        });
        rest.forEach(name -> line(help, name, out));
        return out.toString();
    }

    private static void line(Help help, String name, StringBuilder out) {
        Help command = Check.notNull(help.subcommands().get(name), name);
        String[] words = command.commandSpec().usageMessage().description();
        out.append("  ").append(name).append(" ".repeat(INDENT - 2 - name.length()));
        out.append(words[0]).append('\n');
    }
}
