package org.lama.backtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Secrets come from the environment or a file of their owner, never from a command line, and no file of them into git. */
final class SecretOptionsTest {
    private static final Pattern SECRET =
            Pattern.compile("pass(word|phrase)?|secret|api-?key|private-?key|(auth|access)-?token|credential");

    private static void names(CommandLine command, List<String> names) {
        command.getCommandSpec().options().forEach(option -> {
            for (String name : option.names()) {
                names.add(command.getCommandName() + " " + name + " " + option.paramLabel());
            }
        });
        command.getCommandSpec()
                .positionalParameters()
                .forEach(given -> names.add(command.getCommandName() + " " + given.paramLabel()));
        command.getSubcommands().values().forEach(each -> names(each, names));
    }

    private static boolean isSecret(String name) {
        return SECRET.matcher(name.toLowerCase(Locale.ROOT)).find();
    }

    @Test
    void noCommandTakesASecretAsAnArgument() {
        List<String> names = new ArrayList<>();
        names(new CommandLine(new RootCommand()), names);
        assertThat(names).hasSizeGreaterThan(200).noneMatch(SecretOptionsTest::isSecret);
        assertThat(List.of("fetch --api-key KEY", "init-db --password P", "x --access-token T"))
                .allMatch(SecretOptionsTest::isSecret);
    }

    @Test
    void filesOfSecretsAreNotTakenIntoTheRepository() throws IOException {
        assertThat(Files.readAllLines(Path.of("../.gitignore"))).contains(".env");
    }
}
