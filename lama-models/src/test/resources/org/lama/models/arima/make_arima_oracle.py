"""Trims the ARIMA oracle values (R 4.2.2 stats::arima, forecast 8.20; statsmodels 0.15.0) to what the tests read.

Usage: make_arima_oracle.py ORACLES_STATS_FOLDER. Writes arima-oracle.tsv.gz beside itself. Lines:
series NAME values | fit NAME p,d,q mean drift loglik reference coef se params fixed forecast se residuals |
auto NAME d aicc order | xreg NAME column values future | full NAME p,d,q P,D,Q,m mean drift xreg and the fields of FIELDS below, for
every fit. Lists are joined by blanks, missing numbers are NaN.
"""
import glob
import gzip
import json
import os
import sys

src = sys.argv[1]
out = os.path.join(os.path.dirname(os.path.abspath(__file__)), "arima-oracle.tsv.gz")


def nums(values):
    return " ".join("NaN" if v is None else repr(float(v)) for v in values)


check = {}
for c in json.load(open(src + "/arima_xcheck_statsmodels.json")):
    if c.get("flags", "-") != "-" and c["flags"] != "xreg" and c.get("r_loglik") is not None and not any(c["seasonal"]):
        check.setdefault((c["series"], tuple(c["order"])), []).append(c)
lines, names = [], set()
for f in sorted(glob.glob(src + "/arima/*.json")):
    for t in json.load(open(f))["fits"]:
        if t.get("period", 1) != 1 or any(t["seasonal_order"]) or t.get("xreg") or "error" in t:
            continue
        if t["include_drift"] and t["order"][1] == 0:
            continue  # a regression on time
        ml, e = t["ml"], t.get("eval_at_fixed") or {"params": {}, "ml_loglik": None}
        near = [c for c in check.get((t["series"], tuple(t["order"])), []) if abs(c["r_loglik"] - ml["loglik"]) < 1e-9]
        exact = near[0].get("sm_loglik_at_R_params") if near else None
        fixed = near[0].get("fixed_params_exact_loglik") if near else None
        gaps = t["series"].endswith("gaps")
        d = t["order"][1]
        reference = ml["loglik"] if d == 0 else exact if not gaps else None
        at = e["ml_loglik"] if d == 0 else fixed if not gaps else None
        val = lambda x: list(x.values()) if isinstance(x, dict) else []
        names.add(t["series"])
        lines.append("\t".join([
            "fit", t["series"], ",".join(map(str, t["order"])), str(int(t["include_mean"])), str(int(t["include_drift"])),
            nums([ml["loglik"]]), nums([reference]), nums(val(ml["coef"])), nums(val(ml["se"])), nums(val(e["params"])),
            nums([at]), nums(t["forecast"]["mean"]), nums(t["forecast"]["se"]), nums(ml["residuals_head"]),
            nums([ml["min_root_mod"]["ar"] or 99, ml["min_root_mod"]["ma"] or 99]), nums([ml["sigma2_mle"]])]))
val = lambda x: list(x.values()) if isinstance(x, dict) else []
names_of = lambda x: " ".join(x) if isinstance(x, dict) else ""
checks = [c for c in json.load(open(src + "/arima_xcheck_statsmodels.json")) if c.get("r_loglik") is not None]
for f in sorted(glob.glob(src + "/arima/*.json")):
    for t in json.load(open(f))["fits"]:
        order, season = t["order"], t["seasonal_order"]
        head = ["full", t["series"], ",".join(map(str, order)), ",".join(map(str, season + [t["period"]])),
                str(int(t["include_mean"])), str(int(t["include_drift"])), str(int(t["xreg"]))]
        names.add(t["series"])
        if "error" in t:
            lines.append("\t".join(head))
            continue
        ml, e, css, both = t["ml"], t.get("eval_at_fixed") or {}, t.get("css") or {}, t.get("css_ml_default") or {}
        near = [c for c in checks if c["series"] == t["series"] and c["order"] == order and c["seasonal"] == season
                and abs(c["r_loglik"] - ml["loglik"]) < 1e-9]
        differenced, gaps = order[1] + season[1] > 0, t["series"].endswith("gaps")
        exact = near[0].get("sm_loglik_at_R_params") if near and differenced and not gaps else ml["loglik"]
        fixed = near[0].get("fixed_params_exact_loglik") if near and differenced and not gaps else e.get("ml_loglik")
        root = ml["min_root_mod"]
        lines.append("\t".join(head + [
            names_of(ml["coef"]), nums(val(ml["coef"])), nums(val(ml["se"])), nums([ml["sigma2_mle"], ml["loglik"], exact, ml["nobs"]]),
            nums(ml["residuals_head"]), nums(ml["residuals_tail"]), nums(t["forecast"]["mean"]), nums(t["forecast"]["se"]),
            nums(val(e.get("params"))), nums([fixed, e.get("ml_sigma2"), e.get("css_sigma2")]), nums(e.get("residuals_head") or []),
            nums(val(css.get("coef"))), nums([css.get("sigma2"), css.get("loglik"), css.get("n_cond")]),
            nums(css.get("residuals_tail") or []), nums([both.get("loglik"), both.get("sigma2")]),
            nums([root["ar"] or 99, root["ma"] or 99])]))
for f in sorted(glob.glob(src + "/series/*.json")):
    s = json.load(open(f))
    if s.get("xreg") and s["name"] in names:
        for j, name in enumerate(s["xreg_names"]):
            column = lambda rows: nums([row[j] for row in rows])
            lines.append("\t".join(["xreg", s["name"], name, column(s["xreg"]), column(s["xreg_future"])]))
for f in sorted(glob.glob(src + "/auto/*.R.json")):
    r = json.load(open(f))
    s = r["result"].get("stepwise_exact") or {}
    if "aicc" not in s or s["aicc"] is None or len(s["order"]) > 3 and any(s["order"][3:6]):
        continue
    names.add(r["series"])
    lines.append("\t".join(["auto", r["series"], str(s["order"][1]), nums([s["aicc"]]), ",".join(map(str, s["order"][:3]))]))
head = [f"series\t{n}\t{nums(json.load(open(src + '/series/' + n + '.json'))['values'])}" for n in sorted(names)]
with gzip.GzipFile(out, "wb", mtime=0) as z:
    z.write(("\n".join(head + lines) + "\n").encode())
print(len(head), len(lines), os.path.getsize(out))
