package org.lama.backtest.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.lama.backtest.engine.StrategyBook;
import org.lama.backtest.strategies.Blueprint;
import org.lama.backtest.strategy.Strategy;
import org.lama.core.store.Checksums;

/** The strategies of a request with their shares: one with all, or several. */
record StrategyMembers(String title, List<Member> members) {
    /** One of them. */
    record Member(String name, Blueprint blueprint, Map<String, String> parameters, double share) {}

    static StrategyMembers of(BacktestRequest request, Blueprint blueprint) throws IOException {
        List<StrategyShare> shares = request.terms().strategies();
        if (shares.isEmpty()) {
            Member one = new Member(blueprint.name(), blueprint, request.parameters(), 1);
            return new StrategyMembers(blueprint.name(), List.of(one));
        }
        List<Member> members = new ArrayList<>();
        for (StrategyShare share : shares) {
            members.add(new Member(share.name(), share.blueprint(), share.parameters(), share.share()));
        }
        return new StrategyMembers(request.title(), List.copyOf(members));
    }

    boolean isSingle() {
        return members.size() == 1;
    }

    boolean isRepeatable() {
        return members.stream().allMatch(each -> each.blueprint().isRepeatable());
    }

    /** Of the code of all. */
    String codeSha256() {
        String all = members.stream().map(each -> each.blueprint().codeSha256()).collect(Collectors.joining("\n"));
        return isSingle() ? all : Checksums.sha256(all.getBytes(StandardCharsets.UTF_8));
    }

    /** New strategies for one run. */
    StrategyBook book(BiFunction<Blueprint, Map<String, String>, Strategy> maker) {
        return StrategyBook.of(members.stream()
                .map(each -> new StrategyBook.Entry(
                        each.name(), maker.apply(each.blueprint(), each.parameters()), each.share()))
                .toList());
    }
}
