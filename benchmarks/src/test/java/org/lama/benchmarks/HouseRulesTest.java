package org.lama.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Api;
import org.lama.core.base.TimeSource;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.State;

/** The walls of this module; every rule is shown an offender as well. */
class HouseRulesTest {
    private static final String HERE = "org.lama.benchmarks";
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.lama");
    private static final JavaClasses OURS = HOUSE.that(com.tngtech.archunit.base.DescribedPredicate.describe(
            "are written in " + HERE, type -> type.getPackageName().equals(HERE)));
    private static final JavaClasses OFFENDER = new ClassFileImporter().importClasses(Offender.class);

    private static final ArchRule NO_CLOCK = noClasses()
            .that()
            .haveNameNotMatching(".*\\.PeerTask(\\$.*)?")
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(TimeSource.class, "system");
    private static final ArchRule NO_STREAMS = noClasses()
            .that()
            .haveNameNotMatching(".*\\.(PeerTask|ResultsFile|AnomalyEffect)(\\$.*)?")
            .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);
    private static final ArchRule NO_RANDOM = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Random.class)
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(ThreadLocalRandom.class, "current");
    private static final ArchRule LABELLED =
            classes().that().arePublic().and().areTopLevelClasses().should().beAnnotatedWith(Api.class);
    private static final ArchRule THREE_FORKS =
            classes().that().areAnnotatedWith(State.class).should().beAnnotatedWith(Fork.class);

    /** Breaks the rules on purpose. */
    static final class Offender {
        private Offender() {}

        static long breakRules() {
            System.out.flush();
            return System.nanoTime() + new Random(1).nextLong();
        }
    }

    @Test
    void nothingImportsTheBenchmarks() {
        assertThat(OURS.size()).isGreaterThan(10);
        noClasses()
                .that()
                .resideOutsideOfPackage(HERE + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(HERE + "..")
                .check(HOUSE);
    }

    @Test
    void onlyPeerTaskReadsAClock() {
        NO_CLOCK.check(OURS);
        assertThat(NO_CLOCK.evaluate(OFFENDER).hasViolation()).isTrue();
    }

    @Test
    void onlyTheCommandsPrint() {
        NO_STREAMS.check(OURS);
        assertThat(NO_STREAMS.evaluate(OFFENDER).hasViolation()).isTrue();
    }

    @Test
    void inputsComeFromSeeds() {
        NO_RANDOM.check(OURS);
        assertThat(NO_RANDOM.evaluate(OFFENDER).hasViolation()).isTrue();
    }

    @Test
    void publicTypesCarryTheirStatusAndBenchmarksThreeForks() {
        LABELLED.check(OURS);
        THREE_FORKS.check(OURS);
        for (JavaClass type : OURS) {
            if (type.isAnnotatedWith(Fork.class)) {
                assertThat(type.getAnnotationOfType(Fork.class).value())
                        .as(type.getName())
                        .isEqualTo(3);
            }
        }
    }
}
