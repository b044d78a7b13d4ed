package org.lama.backtest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lama.backtest.order.PlantedOffender;
import org.lama.core.base.Api;
import org.lama.core.base.TimeSource;

/** The walls of the house. Every rule is also shown an offender, so that none can pass by accident. */
class HouseTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("org.lama");
    private static final JavaClasses OFFENDERS =
            new ClassFileImporter().importPackages("org.lama.backtest.order").that(planted());
    private static final Set<String> CLOCK_OWNERS = Set.of(
            "java.time.Instant",
            "java.time.LocalDate",
            "java.time.LocalDateTime",
            "java.time.ZonedDateTime",
            "java.time.OffsetDateTime",
            "java.time.LocalTime",
            "java.time.Year",
            "java.time.YearMonth");

    private static final Set<String> TRUST = Set.of(
            "javax.net.ssl.TrustManager",
            "javax.net.ssl.X509TrustManager",
            "javax.net.ssl.X509ExtendedTrustManager",
            "javax.net.ssl.TrustManagerFactory",
            "javax.net.ssl.HostnameVerifier",
            "javax.net.ssl.SSLContext",
            "javax.net.ssl.SSLParameters");
    private static final Set<String> CONNECTIONS = Set.of(
            "java.net.Socket",
            "java.net.DatagramSocket",
            "java.net.URLConnection",
            "java.net.HttpURLConnection",
            "java.net.http.HttpClient",
            "java.net.http.WebSocket",
            "java.nio.channels.SocketChannel",
            "javax.net.SocketFactory");

    /** Carries bytes to the processes of a cluster, which knows no other way. */
    private static final String PARCEL = "org.lama.backtest.sweep.internal.SparkParcel";

    /** A rule as a function from classes to what breaks it. */
    private record Wall(String name, Function<JavaClasses, List<String>> breaches) {
        static Wall of(String name, ArchRule rule) {
            return new Wall(
                    name,
                    classes -> rule.allowEmptyShould(true)
                            .evaluate(classes)
                            .getFailureReport()
                            .getDetails());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Wall> walls() {
        return Stream.of(
                new Wall("imports run down only", House::upwardImports),
                new Wall("third-party types stay in their rooms", House::strayGuests),
                new Wall("files form no circle", House::fileKnots),
                new Wall("public types promise something", HouseTest::withoutPromise),
                new Wall("no java.io.Serializable", HouseTest::serializable),
                Wall.of(
                        "no wall clock outside of TimeSource",
                        noClasses()
                                .that()
                                .doNotHaveFullyQualifiedName(TimeSource.class.getName())
                                .should()
                                .accessTargetWhere(access("read a clock", HouseTest::readsClock))),
                Wall.of(
                        "only commands, sources, live adapters and notebooks ask for the time",
                        noClasses()
                                .that()
                                .resideOutsideOfPackages(
                                        "org.lama.backtest.cli..",
                                        "org.lama.backtest.live..",
                                        "org.lama.core.data..",
                                        "org.lama.core.net..",
                                        "org.lama.notebooks..")
                                .and()
                                // dates the lines of the trial ledger, and no figure
                                .doNotHaveFullyQualifiedName("org.lama.backtest.api.LedgerUse")
                                .should()
                                .callMethod(TimeSource.class, "system")
                                .orShould()
                                .callMethod(TimeSource.class, "steady")),
                Wall.of(
                        "no System.out and System.err outside of the command line",
                        noClasses()
                                .that()
                                .resideOutsideOfPackages("org.lama.backtest.cli..", "org.lama.notebooks..")
                                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)),
                Wall.of(
                        "no random numbers but ours",
                        noClasses().should().accessTargetWhere(access("draw random numbers", HouseTest::drawsRandom))),
                Wall.of(
                        "no parallel streams",
                        noClasses()
                                .should()
                                .accessTargetWhere(access(
                                        "go parallel",
                                        a -> Set.of(
                                                        "parallelStream",
                                                        "parallel",
                                                        "parallelSort",
                                                        "parallelPrefix",
                                                        "parallelSetAll")
                                                .contains(a.getTarget().getName())))),
                Wall.of(
                        "certificates and host names are checked as the JDK does it",
                        noClasses().should().dependOnClassesThat(named("decide whom to trust", TRUST))),
                Wall.of(
                        "only core.net opens connections",
                        noClasses()
                                .that()
                                .resideOutsideOfPackage("org.lama.core.net")
                                .should()
                                .dependOnClassesThat(named("open connections", CONNECTIONS))),
                Wall.of(
                        "no objects out of bytes",
                        noClasses()
                                .should()
                                .dependOnClassesThat(named("read objects", Set.of("java.io.ObjectInputStream")))),
                Wall.of("no generic exceptions", GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS),
                Wall.of(
                        "no generic throws clauses",
                        methods()
                                .that()
                                .areDeclaredInClassesThat()
                                .resideOutsideOfPackage("org.lama.backtest.cli..")
                                .should()
                                .notDeclareThrowableOfType(Exception.class)));
    }

    @ParameterizedTest
    @MethodSource("walls")
    void theHouseStands(Wall wall) {
        assertThat(wall.breaches().apply(HOUSE)).as(wall.name()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("walls")
    void everyWallStopsTheOffender(Wall wall) {
        assertThat(wall.breaches().apply(OFFENDERS)).as(wall.name()).isNotEmpty();
    }

    @Test
    void thereIsAHouse() {
        assertThat(HOUSE.stream()
                        .map(JavaClass::getPackageName)
                        .filter(House.FLOORS::containsKey)
                        .distinct())
                .contains("org.lama.core.base", "org.lama.backtest.ledger", "org.lama.backtest.engine");
        assertThat(HOUSE).noneMatch(type -> type.getSimpleName().endsWith("Test"));
        assertThat(OFFENDERS.size()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void packagesFormNoCircle() {
        ArchRule rule = slices().matching("org.lama.(*).(*)..").should().beFreeOfCycles();
        rule.check(HOUSE);
        JavaClasses circle =
                new ClassFileImporter().importPackages("org.lama.backtest.order", "org.lama.backtest.engine");
        assertThatThrownBy(() -> rule.check(circle)).isInstanceOf(AssertionError.class);
    }

    @Test
    void modelsAndBacktestAreStrangers() {
        noClasses()
                .that()
                .resideInAPackage("org.lama.backtest..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.lama.models..", "org.lama.datasets..")
                .check(HOUSE);
        noClasses()
                .that()
                .resideInAPackage("org.lama.models..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.lama.backtest..")
                .allowEmptyShould(true)
                .check(HOUSE);
        noClasses()
                .that()
                .resideInAPackage("org.lama.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.lama.models..", "org.lama.backtest..", "org.lama.datasets..")
                .check(HOUSE);
    }

    private static DescribedPredicate<JavaAccess<?>> access(String name, Function<JavaAccess<?>, Boolean> test) {
        return DescribedPredicate.describe(name, test::apply);
    }

    private static DescribedPredicate<JavaClass> named(String what, Set<String> names) {
        return DescribedPredicate.describe(what, type -> names.contains(type.getName()));
    }

    private static boolean readsClock(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getTarget().getName();
        return (owner.equals("java.lang.System")
                        && Set.of("currentTimeMillis", "nanoTime").contains(name))
                || (CLOCK_OWNERS.contains(owner) && name.equals("now"))
                || (owner.equals("java.time.Clock") && name.startsWith("system"))
                || owner.equals("java.util.Date")
                || (owner.equals("java.util.Calendar") && name.equals("getInstance"));
    }

    private static boolean drawsRandom(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        return Set.of(
                                "java.util.Random",
                                "java.util.concurrent.ThreadLocalRandom",
                                "java.util.SplittableRandom",
                                "java.security.SecureRandom")
                        .contains(owner)
                || (owner.equals("java.lang.Math")
                        && access.getTarget().getName().equals("random"))
                || (owner.equals("java.util.Collections")
                        && access.getTarget().getName().equals("shuffle"))
                || (owner.equals("java.util.UUID")
                        && access.getTarget().getName().equals("randomUUID"));
    }

    private static List<String> withoutPromise(JavaClasses classes) {
        return classes.stream()
                .filter(type -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .filter(type -> !type.isAnnotatedWith(Api.class))
                .map(type -> type.getName() + " has no @Api")
                .toList();
    }

    private static List<String> serializable(JavaClasses classes) {
        return classes.stream()
                .filter(type -> type.getRawInterfaces().stream().anyMatch(i -> i.isEquivalentTo(Serializable.class)))
                .filter(type -> !type.isAssignableTo(Throwable.class) && !type.isEnum())
                .filter(type -> !type.getName().equals(PARCEL))
                .map(type -> type.getName() + " names Serializable")
                .toList();
    }

    private static DescribedPredicate<JavaClass> planted() {
        return DescribedPredicate.describe(
                "planted", type -> type.getName().startsWith(PlantedOffender.class.getName()));
    }
}
