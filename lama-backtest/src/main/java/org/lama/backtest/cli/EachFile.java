package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import picocli.CommandLine.Model.CommandSpec;

/** Asks the same of every file. One file gives one document; several give a line each, and a bad one stops no other. */
final class EachFile {
    private final CommandSpec spec;
    private final boolean json;

    EachFile(CommandSpec spec, boolean json) {
        this.spec = spec;
        this.json = json;
    }

    /** The question. */
    interface Work {
        Answer on(String file) throws IOException;
    }

    int ask(List<String> files, Work work) {
        PrintWriter out = spec.commandLine().getOut();
        boolean several = files.size() > 1;
        int code = ExitCode.DONE;
        for (String file : files) {
            try {
                Answer answer = work.on(file);
                if (!file.equals(TableOptions.STANDARD_INPUT)) {
                    PrintWriter err = spec.commandLine().getErr();
                    err.print(SealLines.beside(Path.of(file)));
                    err.flush();
                }
                out.print(json ? document(file, answer, several) : page(file, answer, several));
            } catch (IllegalArgumentException | IOException failure) {
                String message = Wording.of(failure, spec);
                code = Errors.input(failure, message, spec.commandLine(), several ? file : "");
                if (json && several) {
                    Node.Fields fields = Node.object().put("file", file).put("error", message);
                    out.println(Documents.compactJson(fields.build()));
                }
            }
            out.flush();
        }
        return code;
    }

    private static String document(String file, Answer answer, boolean several) {
        Node.Fields fields = Node.object().put("file", file);
        answer.addTo(fields);
        Node node = fields.build();
        return several ? Documents.compactJson(node) + "\n" : Documents.json(node);
    }

    private static String page(String file, Answer answer, boolean several) {
        return several ? "== " + Errors.printable(file) + "\n" + answer.text() + "\n" : answer.text();
    }
}
