"""Known answers on ROC curves of the generated scores, by scikit-learn and by pairs of fractions.

Needs Python 3.10, scikit-learn (1.9.1 wrote the file) and scipy (1.17.1). Run it in this folder:

    python roc_known_answers.py > ../resources/org/blindread/stats/roc.json
"""

import json
import math
import sys
from fractions import Fraction

import scipy
import sklearn
from scipy import stats
from sklearn.metrics import roc_auc_score, roc_curve

from generated_known_answers import N, PLAIN, SECURE, TRUTH

POSITIVES = sum(TRUTH)
NEGATIVES = N - POSITIVES


def curve(scores):
    rate, sensitivity, thresholds = roc_curve(TRUTH, scores, drop_intermediate=False)
    return {
        "thresholds": [float(t) for t in thresholds[1:]],
        "truePositives": [round(s * POSITIVES) for s in sensitivity],
        "falsePositives": [round(r * NEGATIVES) for r in rate],
        "area": float(roc_auc_score(TRUTH, scores)),
    }


def heights(scores, wells):
    """Least and greatest number of true positives at a number of false positives."""
    points = [(0, 0)]
    for t in sorted(set(scores), reverse=True):
        points.append(
            (
                sum(s >= t and not y for s, y in zip(scores, TRUTH)),
                sum(s >= t and y for s, y in zip(scores, TRUTH)),
            )
        )
    found = []
    for (x0, y0), (x1, y1) in zip(points, points[1:]):
        if x0 <= wells <= x1:
            found += [y0, y1] if x0 == x1 else [y0 + Fraction(y1 - y0) * (wells - x0) / (x1 - x0)]
    return min(found), max(found)


def gap():
    largest = 0
    for wells in range(NEGATIVES + 1):
        a, b = heights(PLAIN, wells), heights(SECURE, wells)
        if wells > 0:
            largest = max(largest, abs(a[0] - b[0]))
        largest = max(largest, abs(a[1] - b[1]))
    return float(Fraction(largest, POSITIVES))


def share(count, cases):
    """Clopper and Pearson, level sqrt(0.95)."""
    tail = (1 - math.sqrt(0.95)) / 2
    lower = stats.beta.ppf(tail, count, cases - count + 1) if count > 0 else 0.0
    upper = stats.beta.ppf(1 - tail, count + 1, cases - count) if count < cases else 1.0
    return float(lower), float(upper)


def band(of):
    corners = {"lower": [], "upper": []}
    for true, false in list(zip(of["truePositives"], of["falsePositives"]))[::20]:
        up, across = share(true, POSITIVES), share(false, NEGATIVES)
        corners["lower"].append([across[1], up[0]])
        corners["upper"].append([across[0], up[1]])
    return corners


def main():
    plain, secure = curve(PLAIN), curve(SECURE)
    specificities = [0, 0.25, 0.5, 0.8, 0.9, 0.95, 1]
    json.dump(
        {
            "source": f"scikit-learn {sklearn.__version__}, scipy {scipy.__version__}",
            "plain": plain,
            "secure": secure,
            "gap": gap(),
            "specificities": specificities,
            "sensitivities": [
                float(heights(SECURE, (1 - Fraction(str(s))) * NEGATIVES)[1] / Fraction(POSITIVES))
                for s in specificities
            ],
            "bandEvery": 20,
            "band": band(plain),
        },
        sys.stdout,
    )
    print()


if __name__ == "__main__":
    main()
