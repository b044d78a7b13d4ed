package org.lama.core.data;

import java.util.ArrayList;
import java.util.List;

/** What comparisons say against one series. Filled by the comparisons, then only read. */
final class Suspicion {
    private final Tally tally = new Tally();
    private final List<TimeShifts.Stretch> shifts = new ArrayList<>();
    private boolean wrongVenue;

    Tally tally() {
        return tally;
    }

    void shifted(TimeShifts.Stretch stretch) {
        shifts.add(stretch);
    }

    void ofWrongVenue() {
        wrongVenue = true;
    }

    boolean isWrongVenue() {
        return wrongVenue;
    }

    /** Hours to be added to a time; 0 if nothing is known against it. */
    int hours(long time) {
        for (TimeShifts.Stretch stretch : shifts) {
            if (time >= stretch.from() && time < stretch.to()) {
                return stretch.hours();
            }
        }
        return 0;
    }
}
