"""Black-76 values, greeks and implied volatilities with 60 digits.

Python 3.11, mpmath 1.4 (any version will do: every figure is exact to the digits written). Writes black76.csv and
implied.csv beside this file. No data, no random numbers.
"""
import csv
import os
from mpmath import mp, mpf, ncdf, npdf, log, sqrt, exp, findroot

mp.dps = 60
HERE = os.path.dirname(os.path.abspath(__file__))


def cdf(x):
    # ncdf keeps relative digits in the lower tail only
    return ncdf(x) if x < 0 else 1 - ncdf(-x)


def value(call, f, k, t, r, v):
    s = v * sqrt(t)
    d1 = log(f / k) / s + s / 2
    d2 = d1 - s
    w = 1 if call else -1
    return exp(-r * t) * w * (f * cdf(w * d1) - k * cdf(w * d2))


def greeks(call, f, k, t, r, v):
    s = v * sqrt(t)
    d1 = log(f / k) / s + s / 2
    d2 = d1 - s
    w = 1 if call else -1
    df = exp(-r * t)
    vega = df * f * npdf(d1) * sqrt(t)
    p = value(call, f, k, t, r, v)
    return [p, w * df * cdf(w * d1), df * npdf(d1) / (f * s), vega, r * p - vega * v / (2 * t),
            w * k * t * df * cdf(w * d2), -df * npdf(d1) * d2 / v, vega * d1 * d2 / v]


def main():
    with open(os.path.join(HERE, "black76.csv"), "w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow("right,forward,strike,years,rate,volatility,price,delta,gamma,vega,theta,rho,vanna,volga".split(","))
        for call in (True, False):
            for f, k in (("100", "100"), ("100", "100.001"), ("100", "90"), ("100", "140"), ("30000", "8000"), ("2000", "4000"),
                         ("30000", "300000"), ("0.07", "0.09"), ("100", "99.9999999")):
                for t in ("0.001", "0.0833", "1", "5"):
                    for v in ("0.005", "0.2", "0.8", "2.5"):
                        r = "0" if t != "1" else "0.05"
                        args = [mpf(float(a)) for a in (f, k, t, r, v)]
                        row = greeks(call, *args)
                        if 0 < abs(row[0]) and abs(row[0]) < mpf(10) ** -290:
                            continue
                        writer.writerow(["C" if call else "P", f, k, t, r, v] + [mp.nstr(x, 20) for x in row])
    with open(os.path.join(HERE, "implied.csv"), "w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow("right,forward,strike,years,price,volatility".split(","))
        for call, f, k in ((True, 100, 100), (True, 100, 100.0000001), (True, 100, 101), (True, 100, 140), (True, 100, 1000),
                           (True, 100, 1e6), (False, 100, 99), (False, 100, 60), (False, 100, 1), (False, 2000, 1e-3)):
            for t in (0.001, 0.25, 2.0):
                for v in (0.001, 0.05, 0.3, 1.0, 3.0, 12.0):
                    f_, k_, t_ = mpf(f), mpf(k), mpf(t)
                    p = value(call, f_, k_, t_, mpf(0), mpf(v))
                    if p < mpf(10) ** -290:
                        continue
                    rounded = float(p)
                    most = f if call else k
                    if rounded >= most * (1 - 1e-6):
                        continue  # the price holds no digits of the volatility
                    # the volatility of the rounded price, not of the exact one
                    exact = findroot(lambda s: log(value(call, f_, k_, t_, mpf(0), s)) - log(mpf(rounded)), mpf(v))
                    writer.writerow(["C" if call else "P", repr(float(f)), repr(float(k)), repr(t), repr(rounded), mp.nstr(exact, 20)])


main()
