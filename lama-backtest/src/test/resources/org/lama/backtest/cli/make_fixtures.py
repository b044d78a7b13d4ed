"""Cuts the tables and reference values of the shell tests out of the shared statistical oracles.

Usage: python3 make_fixtures.py ../shared/oracles/stats
Sources (FORMAT.md of that folder): ARIMA from R 4.2.2 stats::arima and forecast 8.20; tests from statsmodels 0.15.0;
GARCH from arch 8.0.0; forests from scikit-learn. Series: R's datasets (LakeHuron, AirPassengers, EuStockMarkets) and
simulations; moons from scikit-learn. Numbers are copied as they stand.
"""
import json
import pathlib
import sys

root = pathlib.Path(sys.argv[1])
here = pathlib.Path(__file__).parent


def load(name):
    return json.loads((root / name).read_text())


def cell(value):
    return "" if value is None else repr(value)


def table(name, header, rows):
    lines = [",".join(header)] + [",".join(cell(v) for v in row) for row in rows]
    (here / name).write_text("\n".join(lines) + "\n")


def series(name):
    return load(f"series/{name}.json")


def fit(name, order, seasonal, mean, drift, xreg):
    for one in load(f"arima/{name}.json")["fits"]:
        key = (one["order"], one["seasonal_order"], one["include_mean"], one["include_drift"], one["xreg"])
        if key == (order, seasonal, mean, drift, xreg):
            ml = {k: one["ml"][k] for k in ("coef", "se", "sigma2_mle", "loglik", "nobs", "aic", "aicc", "bic")}
            return {"ml": ml, "forecast": {k: one["forecast"][k] for k in ("mean", "lower80", "upper80", "lower95", "upper95")}}
    raise SystemExit(f"{name}: no fit {order}")


lake = series("LakeHuron")
table("lake_huron.csv", ["t", "value", "x1", "x2"],
      [[t, v, *x] for t, (v, x) in enumerate(zip(lake["values"], lake["xreg"]))])
table("lake_huron_future.csv", ["x1", "x2"], lake["xreg_future"])
for source, target in (("logAirPassengers", "air_passengers"), ("sim_arma11_gaps", "gaps"), ("DAXret", "dax_returns")):
    table(f"{target}.csv", ["t", "value"], list(enumerate(series(source)["values"])))
table("pair.csv", ["t", "y", "x"],
      [[t, y, x] for t, (y, x) in enumerate(zip(series("coint_a_y")["values"], series("coint_a_x")["values"]))])
(here / "moons.csv").write_text((root / "iforest/moons_2d.csv").read_text())

none = [0, 0, 0]
tests = load("tests/LakeHuron.json")
pair = next(p for p in load("cointegration.json")["pairs"] if p["y"] == "coint_a_y")
moons = load("iforest/quality.json")["datasets"]["moons_2d"]["methods"]["sklearn_100x256"]
expected = {
    "arima": {
        "lake_huron": fit("LakeHuron", [2, 0, 0], none, True, False, False),
        "lake_huron_xreg": fit("LakeHuron", [1, 0, 0], none, True, False, True),
        "lake_huron_drift": fit("LakeHuron", [2, 0, 0], none, True, True, False),
        "air_passengers": fit("logAirPassengers", [0, 1, 1], [0, 1, 1], False, False, False),
        "gaps": fit("sim_arma11_gaps", [1, 0, 1], none, True, False, False),
    },
    "tests": {k: tests[k] for k in tests if k in (
        "adf", "kpss", "phillips_perron", "dfgls_c", "variance_ratio_2", "portmanteau", "jarque_bera",
        "durbin_watson_demeaned", "arch_lm", "half_life", "hurst_rs", "hurst_lagstd")},
    "pair": {"engle_granger": pair["engle_granger"], "johansen": pair["johansen"]},
    "garch": [f for f in load("garch/DAXret.json")["fits"] if "params" in f],
    "moons": {k: moons[k] for k in ("auroc_mean", "auroc_sd", "ap_mean", "ap_sd")},
}
(here / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
