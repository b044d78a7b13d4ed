package org.lama.backtest.report;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.lama.core.search.Seal;
import org.lama.core.series.Provenance;

/** Says at the top of a report what a seal did to its data, and whether its trials were entered; the words stand in the notes of the series. */
final class SealBanner {
    private SealBanner() {}

    static void add(HtmlReport report, List<Provenance> series) {
        Set<String> spent = new TreeSet<>();
        Set<String> closed = new TreeSet<>();
        Set<String> unentered = new TreeSet<>();
        Set<String> lost = new TreeSet<>();
        Set<String> once = new TreeSet<>();
        for (Provenance provenance : series) {
            for (String part : provenance.note().split(java.util.regex.Pattern.quote(Seal.NOTE_SEPARATOR), -1)) {
                if (part.startsWith(Seal.SPENT_NOTE)) {
                    spent.add(part.substring(Seal.SPENT_NOTE.length()));
                } else if (part.startsWith(Seal.SEALED_NOTE)) {
                    closed.add(part.substring(Seal.SEALED_NOTE.length()));
                } else if (part.startsWith(Seal.NOT_ENTERED_NOTE)) {
                    unentered.add(part.substring(Seal.NOT_ENTERED_NOTE.length()));
                } else if (part.startsWith(Seal.LOST_NOTE)) {
                    lost.add(part.substring(Seal.LOST_NOTE.length()));
                } else if (part.startsWith(Seal.UNREMEMBERED_NOTE)) {
                    once.add(part.substring(Seal.UNREMEMBERED_NOTE.length()));
                }
            }
        }
        lost.forEach(text -> report.banner("TRIAL LEDGER CUT", text));
        unentered.forEach(text -> report.banner("TRIALS NOT ENTERED", text));
        once.forEach(text -> report.banner("LEDGER KEPT ONCE", text));
        spent.forEach(text -> report.banner("SPENT HOLD-OUT", text));
        closed.forEach(text -> report.banner("SEALED", text));
    }
}
