"""Known answers on generated scores, by definitions written down a second time.

Pairs are compared one by one in integers and fractions; quantiles are those of scipy.
Needs Python 3.10 and scipy (1.17.1 wrote the file). Run it in this folder:

    python generated_known_answers.py > ../resources/org/blindread/stats/generated.json
"""

import json
import math
import sys
from fractions import Fraction

import scipy
from scipy import stats

MASK = (1 << 64) - 1
N = 240


def split_mix(index):
    z = ((index + 1) * 0x9E3779B97F4A7C15) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def uniform(index):
    return (split_mix(index) >> 11) * 2.0**-53


def cases():
    for i in range(N):
        u = [uniform(8 * i + k) for k in range(8)]
        truth = u[0] < 0.25
        plain = u[1] + u[2] + u[3] + u[4] + (0.75 if truth else 0.0)
        secure = math.floor(plain * 256 + (u[7] - 0.5) * 8) / 256
        yield truth, plain, secure, int(u[5] * N / 3), int(u[6] * 3)


TRUTH, PLAIN, SECURE, PATIENT, SITE = map(list, zip(*cases()))


def psi2(x, y):
    return 2 * (x > y) + (x == y)


def placements(scores, rows):
    """Doubled placements of the rows among those of the other class."""
    found = {}
    for i in rows:
        found[i] = sum(
            psi2(scores[i], scores[j]) if TRUTH[i] else psi2(scores[j], scores[i])
            for j in rows
            if TRUTH[i] != TRUTH[j]
        )
    return found


def variance(doubled, rows, cluster):
    """Obuchowski 1997 in fractions; DeLong if every row is a cluster of its own."""
    m = sum(TRUTH[i] for i in rows)
    n = len(rows) - m
    theta = Fraction(sum(doubled[i] for i in rows if TRUTH[i]), 2 * m * n)
    ill, well = {}, {}
    for i in rows:
        c = cluster(i)
        if TRUTH[i]:
            ill[c] = ill.get(c, 0) + Fraction(doubled[i], 2 * n) - theta
        else:
            well[c] = well.get(c, 0) + Fraction(doubled[i], 2 * m) - theta
    both = len(set(ill) | set(well))
    s10 = Fraction(len(ill), (len(ill) - 1) * m) * sum(e * e for e in ill.values())
    s01 = Fraction(len(well), (len(well) - 1) * n) * sum(e * e for e in well.values())
    s11 = Fraction(both, both - 1) * sum(ill[c] * well[c] for c in ill if c in well)
    return theta, s10 / m + s01 / n + 2 * s11 / (m * n)


def moments(doubled, rows):
    return {
        "S": sum(doubled[i] for i in rows if TRUTH[i]),
        "QA": sum(doubled[i] ** 2 for i in rows if TRUTH[i]),
        "QB": sum(doubled[i] ** 2 for i in rows if not TRUTH[i]),
    }


def compared(strata, cluster):
    """Areas and difference over strata, pairs within a stratum only."""
    pairs = [
        sum(TRUTH[i] for i in rows) * sum(not TRUTH[i] for i in rows) for rows in strata
    ]
    result = {}
    for name in ("plain", "secure", "difference"):
        value, total = Fraction(0), Fraction(0)
        for rows, count in zip(strata, pairs):
            plain, secure = placements(PLAIN, rows), placements(SECURE, rows)
            doubled = {
                "plain": plain,
                "secure": secure,
                "difference": {i: secure[i] - plain[i] for i in rows},
            }[name]
            theta, var = variance(doubled, rows, cluster)
            weight = Fraction(count, sum(pairs))
            value += weight * theta
            total += weight**2 * var
        result[name] = {"value": float(value), "variance": float(total)}
        if name != "difference":
            a, se = float(value), math.sqrt(total)
            z = stats.norm.ppf(0.975)
            logit, reach = math.log(a / (1 - a)), z * se / (a * (1 - a))
            result[name]["logit95"] = [
                1 / (1 + math.exp(-(logit - reach))),
                1 / (1 + math.exp(-(logit + reach))),
            ]
    d, se = result["difference"]["value"], math.sqrt(result["difference"]["variance"])
    margin = 0.005
    result["difference"].update(
        z=d / se,
        p=2 * stats.norm.sf(abs(d / se)),
        interval90=[d - stats.norm.ppf(0.95) * se, d + stats.norm.ppf(0.95) * se],
        margin=margin,
        pLower=stats.norm.sf((d + margin) / se),
        pUpper=stats.norm.cdf((d - margin) / se),
        smallestMarginPassing=abs(d) + stats.norm.ppf(0.95) * se,
    )
    return result


def certificate():
    d = [Fraction(s) - Fraction(p) for p, s in zip(PLAIN, SECURE)]
    reach = max(d) - min(d)
    within = sum(
        abs(Fraction(PLAIN[i]) - Fraction(PLAIN[j])) <= reach
        for i in range(N)
        for j in range(N)
        if TRUTH[i] and not TRUTH[j]
    )
    return {"range": float(reach), "bound": within / (sum(TRUTH) * (N - sum(TRUTH)))}


def agreement():
    d = [Fraction(s) - Fraction(p) for p, s in zip(PLAIN, SECURE)]
    absolute = sorted(abs(x) for x in d)
    mean = sum(d) / N
    sd = math.sqrt(sum((x - mean) ** 2 for x in d) / (N - 1))
    mean_absolute = sum(absolute) / N
    sd_absolute = math.sqrt(sum((x - mean_absolute) ** 2 for x in absolute) / (N - 1))
    t = stats.t(N - 1)
    x, y = [Fraction(v) for v in PLAIN], [Fraction(v) for v in SECURE]
    mx, my = sum(x) / N, sum(y) / N
    sxx = sum((v - mx) ** 2 for v in x) / N
    syy = sum((v - my) ** 2 for v in y) / N
    middle = [(a + b) / 2 for a, b in zip(x, y)]
    mm = sum(middle) / N
    slope = sum((a - mean) * (b - mm) for a, b in zip(d, middle)) / sum(
        (b - mm) ** 2 for b in middle
    )
    exceeding = sum(v > Fraction(1, 128) for v in absolute)
    margin = 0.004
    se = sd / math.sqrt(N)
    z = stats.norm.ppf(0.975)
    nct = stats.nct(N - 1, z * math.sqrt(N))
    return {
        "mean": float(mean),
        "sd": sd,
        "maxAbsolute": float(absolute[-1]),
        "meanAbsolute": float(mean_absolute),
        "meanAbsoluteUpper95": float(mean_absolute) + t.ppf(0.95) * sd_absolute / math.sqrt(N),
        "mean95": [float(mean) - t.ppf(0.975) * se, float(mean) + t.ppf(0.975) * se],
        "toleranceShare95": 0.05 ** (1 / N),
        "exceeding": int(exceeding),
        "exceedanceUpper95": stats.beta.ppf(0.95, exceeding + 1, N - exceeding),
        "margin": margin,
        "pLower": t.sf((float(mean) + margin) / se),
        "pUpper": t.cdf((float(mean) - margin) / se),
        "limits": [float(mean) - z * sd, float(mean) + z * sd],
        "exactOuterReach": nct.ppf(0.975) / math.sqrt(N) * sd,
        "exactInnerReach": nct.ppf(0.025) / math.sqrt(N) * sd,
        "slope": float(slope),
        "shortfall": float(1 - 2 * (sum(a * b for a, b in zip(x, y)) / N - mx * my) / (sxx + syy + (mx - my) ** 2)),
        "wasserstein": float(sum(abs(a - b) for a, b in zip(sorted(x), sorted(y))) / N),
        "kolmogorov": stats.ks_2samp(PLAIN, SECURE).statistic,
    }


def main():
    everyone = list(range(N))
    sites = [[i for i in everyone if SITE[i] == s] for s in range(3)]
    plain, secure = placements(PLAIN, everyone), placements(SECURE, everyone)
    json.dump(
        {
            "source": "src/test/python/generated_known_answers.py, scipy " + scipy.__version__,
            "n": N,
            "positives": sum(TRUTH),
            "patients": len(set(PATIENT)),
            "moments": {
                "plain": moments(plain, everyone),
                "secure": moments(secure, everyone),
                "difference": moments({i: secure[i] - plain[i] for i in everyone}, everyone),
            },
            "pooled": {
                "unclustered": compared([everyone], lambda i: i),
                "clustered": compared([everyone], lambda i: PATIENT[i]),
            },
            "stratified": {
                "unclustered": compared(sites, lambda i: i),
                "clustered": compared(sites, lambda i: PATIENT[i]),
            },
            "certificate": certificate(),
            "agreement": agreement(),
        },
        sys.stdout,
        indent=1,
    )
    print()


if __name__ == "__main__":
    main()
