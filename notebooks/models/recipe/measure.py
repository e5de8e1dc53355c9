"""AUROC of each finding at each site, measured with onnxruntime on TrainingExport's files."""

import argparse

import numpy as np
import onnxruntime

from train import FINDINGS, MEAN, STD, areas, load

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
parser.add_argument("--name", default="embedded")
parser.add_argument("--model", required=True)
chosen = parser.parse_args()

pixels, truth, site = load(chosen.data, chosen.name, 128)
session = onnxruntime.InferenceSession(chosen.model, providers=["CPUExecutionProvider"])
inputs = ((pixels.float() / 255 - MEAN) / STD).numpy()
score = np.concatenate(
    [session.run(None, {"input": inputs[i : i + 16]})[0] for i in range(0, len(inputs), 16)]
)
truth = truth.numpy()
print("| site | films | " + " | ".join(FINDINGS) + " |")
print("|---|---|" + "---|" * len(FINDINGS))
for name in [*dict.fromkeys(site), "all"]:
    rows = np.ones(len(site), bool) if name == "all" else site == name
    cells = " | ".join(
        "%.3f (%d)" % (area, count)
        for area, count in zip(areas(truth[rows], score[rows]), truth[rows].sum(0))
    )
    print("| %s | %d | %s |" % (name, rows.sum(), cells))
