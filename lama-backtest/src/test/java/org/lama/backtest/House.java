package org.lama.backtest;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The plan of the house: on which floor each package stands, and which walls third-party code stays behind. */
final class House {
    /** A package may import what stands on a lower floor, and nothing else of ours. */
    static final Map<String, Integer> FLOORS = floors();

    /** Prefix of third-party packages to the packages of ours that may know them. */
    static final Map<String, List<String>> GUESTS = Map.ofEntries(
            Map.entry("org.apache.commons.math3", List.of("org.lama.core.math")),
            Map.entry("org.apache.parquet", List.of("org.lama.core.store.internal")),
            Map.entry("org.apache.hadoop", List.of("org.lama.core.store.internal")),
            Map.entry("com.github.luben.zstd", List.of("org.lama.core.store.internal")),
            Map.entry("com.fasterxml.jackson", List.of("org.lama.core.store.internal", "org.lama.core.data.internal")),
            Map.entry("org.yaml.snakeyaml", List.of("org.lama.core.store.internal")),
            Map.entry("java.sql", List.of("org.lama.core.store.internal")),
            Map.entry("org.postgresql", List.of("org.lama.core.store.internal")),
            Map.entry("org.flywaydb", List.of("org.lama.core.store.internal")),
            Map.entry("com.zaxxer.hikari", List.of("org.lama.core.store.internal")),
            Map.entry("org.duckdb", List.of("org.lama.core.store.internal")),
            Map.entry("dev.failsafe", List.of("org.lama.core.data.internal", "org.lama.backtest.live.internal")),
            Map.entry("org.knowm.xchange", List.of("org.lama.core.data.internal", "org.lama.backtest.live.internal")),
            Map.entry("picocli", List.of("org.lama.backtest.cli")),
            Map.entry("me.tongfei.progressbar", List.of("org.lama.backtest.cli")),
            Map.entry("io.javalin", List.of("org.lama.backtest.dashboard")),
            Map.entry("io.micrometer", List.of("org.lama.backtest.dashboard")),
            Map.entry("ai.djl", List.of("org.lama.models.deep", "org.lama.models.rl")),
            Map.entry("smile", List.of("org.lama.models.trees")),
            Map.entry("ml.dmlc.xgboost4j", List.of("org.lama.models.trees")),
            Map.entry("com.microsoft.ml.lightgbm", List.of("org.lama.models.trees")),
            Map.entry("org.apache.spark", List.of("org.lama.backtest.sweep.internal")),
            Map.entry("scala", List.of("org.lama.backtest.sweep.internal")),
            Map.entry("tech.tablesaw", List.of("org.lama.backtest.report", "org.lama.notebooks")),
            Map.entry("org.slf4j", List.of("org.lama.backtest.engine", "org.lama.backtest.live")));

    /** What everybody may know besides the house itself. */
    static final List<String> NEIGHBOURS = List.of("java.", "javax.", "org.jspecify.annotations.", "org.lama.");

    /** Pairs of files that know each other on purpose, with the reason. */
    static final Map<Set<String>, String> KNOTS = Map.of(
            Set.of("org.lama.core.base.Tabular", "org.lama.core.base.TextTable"),
            "the default rendering of the interface lives in a package-private file",
            Set.of("org.lama.core.base.Rng", "org.lama.core.base.Seeds"),
            "generator and seeding are one algorithm in two files",
            Set.of("org.lama.core.series.Frame", "org.lama.core.series.Series"),
            "a frame lends its arrays to its own columns");

    private House() {}

    private static Map<String, Integer> floors() {
        Map<String, Integer> floors = new TreeMap<>();
        put(floors, 1, "core.base");
        put(floors, 2, "core.math", "core.split");
        put(floors, 3, "core.series", "core.search");
        put(floors, 4, "core.market", "core.stats");
        put(floors, 5, "core.store", "core.indicators", "core.book", "core.pricing");
        put(floors, 6, "core.features", "core.signal", "core.net");
        put(floors, 7, "core.data");
        put(floors, 8, "core.sources");
        put(floors, 8, "models.fit");
        put(floors, 9, "models.arima", "models.garch", "models.anomaly", "models.liquidity", "models.regime");
        put(floors, 9, "models.pairs", "models.trees", "models.deep");
        put(floors, 10, "models.ensemble", "models.rl", "models.tune");
        put(floors, 11, "models.registry", "models.online");
        put(floors, 8, "backtest.order");
        put(floors, 9, "backtest.cost", "backtest.ledger");
        put(floors, 10, "backtest.sizing", "backtest.risk", "backtest.execution", "backtest.analytics");
        put(floors, 10, "backtest.matching");
        put(floors, 11, "backtest.strategy");
        put(floors, 12, "backtest.engine", "backtest.making", "backtest.layers");
        put(floors, 12, "backtest.strategies", "backtest.replay");
        put(floors, 13, "backtest.walkforward", "backtest.sweep", "backtest.live");
        put(floors, 14, "backtest.honesty", "backtest.verdict");
        put(floors, 15, "backtest.report");
        put(floors, 16, "backtest.api");
        put(floors, 17, "backtest.dashboard");
        put(floors, 18, "backtest.cli");
        put(floors, 19, "datasets", "notebooks", "benchmarks");
        return floors;
    }

    private static void put(Map<String, Integer> floors, int floor, String... names) {
        for (String name : names) {
            floors.put("org.lama." + name, floor);
        }
    }

    /** The package without {@code .internal}. */
    static String room(String packageName) {
        return packageName.endsWith(".internal")
                ? packageName.substring(0, packageName.length() - ".internal".length())
                : packageName;
    }

    static boolean ours(String packageName) {
        return packageName.startsWith("org.lama.");
    }

    /** Imports that do not run down, packages without a floor, and visits to somebody else's internal rooms. */
    static List<String> upwardImports(JavaClasses classes) {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : classes) {
            String from = room(type.getPackageName());
            Integer floor = FLOORS.get(from);
            if (floor == null) {
                found.add(from + " has no floor");
                continue;
            }
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String target =
                        dependency.getTargetClass().getBaseComponentType().getPackageName();
                String to = room(target);
                if (ours(target) && !to.equals(from)) {
                    if (target.endsWith(".internal") || FLOORS.getOrDefault(to, Integer.MAX_VALUE) >= floor) {
                        found.add(from + " must not import " + target + ": " + dependency.getDescription());
                    }
                }
            }
        }
        return List.copyOf(found);
    }

    /** Third-party types outside of the rooms that may know them. */
    static List<String> strayGuests(JavaClasses classes) {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : classes) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String target =
                        dependency.getTargetClass().getBaseComponentType().getName();
                if (!allowed(type.getPackageName(), target)) {
                    found.add(type.getName() + " must not know " + target);
                }
            }
        }
        return List.copyOf(found);
    }

    private static boolean allowed(String packageName, String target) {
        for (Map.Entry<String, List<String>> guest : GUESTS.entrySet()) {
            if (target.startsWith(guest.getKey() + ".")) {
                return guest.getValue().contains(packageName);
            }
        }
        return target.indexOf('.') < 0
                || NEIGHBOURS.stream().anyMatch(target::startsWith)
                || FLOORS.getOrDefault(room(packageName), 0) == 19;
    }

    /** Pairs of top-level types, each reachable from the other by imports within their package. */
    static List<String> fileKnots(JavaClasses classes) {
        Map<String, Set<String>> reach = new TreeMap<>();
        for (JavaClass type : classes) {
            Set<String> targets = reach.computeIfAbsent(top(type), name -> new TreeSet<>());
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (target.getPackageName().equals(type.getPackageName())
                        && !top(target).equals(top(type))) {
                    targets.add(top(target));
                }
            }
        }
        reach.forEach((from, targets) -> targets.removeIf(to -> KNOTS.containsKey(Set.of(from, to))));
        List<String> knots = new ArrayList<>();
        for (String from : reach.keySet()) {
            if (reachable(reach, from).contains(from)) {
                knots.add(from + " stands in a circle of files");
            }
        }
        return knots;
    }

    private static Set<String> reachable(Map<String, Set<String>> edges, String from) {
        Set<String> seen = new TreeSet<>();
        List<String> open = new ArrayList<>(edges.getOrDefault(from, Set.of()));
        while (!open.isEmpty()) {
            String next = open.remove(open.size() - 1);
            if (seen.add(next)) {
                open.addAll(edges.getOrDefault(next, Set.of()));
            }
        }
        return seen;
    }

    private static String top(JavaClass type) {
        String name = type.getName();
        int inner = name.indexOf('$');
        return inner < 0 ? name : name.substring(0, inner);
    }
}
