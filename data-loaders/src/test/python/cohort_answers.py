"""Writes the known answers of splits and samples, after the definitions in docs/cohorts.md alone.

Run from this folder: python3 cohort_answers.py
"""

import hashlib
import pathlib
import random

OUT = pathlib.Path(__file__).parent.parent / "resources/org/blindread/data/parts.txt"
SEED = 7


def key(text):
    return hashlib.sha256(f"{SEED}:{text}".encode()).hexdigest()


def cohort():
    draw = random.Random(20)
    rows = []
    for i in range(150):
        site = draw.choice(["Ulm", "Ulm", "Ulm", "Bern", "Bern", "-"])
        patient = draw.choice(["-"] + [f"p{i // 3}"] * 5)
        rows.append((f"image-{i}", site, patient, "".join(draw.choice("111000000?--") for _ in range(3))))
    return rows


def parts(rows, fractions):
    def patient(row):
        return "i" + row[0] if row[2] == "-" else "p" + row[2]

    patients = sorted({patient(row) for row in rows}, key=key)
    n = len(patients)
    bounds = [round(n * sum(fractions[:k])) for k in range(len(fractions) + 1)]
    part = {p: k for k in range(len(fractions)) for p in patients[bounds[k]:bounds[k + 1]]}
    return [part[patient(row)] + 1 for row in rows]


def draw_from(site, n):
    """The images drawn from one site."""
    waiting = sorted(site, key=lambda row: key(row[0]))
    drawn = []
    while len(drawn) < n:
        def need(pattern):
            # times the size of the site, to stay in whole numbers
            return sum(n * sum(row[3][f] == said for row in site) - len(site) * sum(row[3][f] == said for row in drawn)
                       for f, said in enumerate(pattern))
        pattern = min(sorted({row[3] for row in waiting}), key=lambda p: (-need(p), p))
        row = next(row for row in waiting if row[3] == pattern)
        waiting.remove(row)
        drawn.append(row)
    return {row[0] for row in drawn}


def sites(rows):
    found = {}
    for row in rows:
        found.setdefault(row[1], []).append(row)
    return list(found.values())


def per_site(rows, n):
    return set().union(*(draw_from(site, min(n, len(site))) for site in sites(rows)))


def in_all(rows, n):
    groups = sites(rows)
    exact = [n * len(group) / len(rows) for group in groups]
    assert all(share >= 1 for share in exact)
    shares = [int(share) for share in exact]
    for k in sorted(range(len(groups)), key=lambda k: shares[k] - exact[k])[:n - sum(shares)]:
        shares[k] += 1
    return set().union(*(draw_from(group, share) for group, share in zip(groups, shares)))


rows = cohort()
part = parts(rows, [0.5, 0.3, 0.2])
five, forty = per_site(rows, 5), in_all(rows, 40)
with open(OUT, "w") as out:
    out.write("# made by src/test/python/cohort_answers.py\n")
    out.write("# image, site, patient, labels; part of a split 0.5, 0.3, 0.2; whether in a sample of 5 a site, of 40 in all; seed 7\n")
    for row, k in zip(rows, part):
        out.write(" ".join(row) + f" {k} {row[0] in five} {row[0] in forty}\n")
