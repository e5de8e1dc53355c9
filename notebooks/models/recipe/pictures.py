"""Writes the first phantoms of TrainingExport's files as PNG images with a manifest."""

import argparse
import os

from PIL import Image

from train import FINDINGS, load

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
parser.add_argument("--name", default="train")
parser.add_argument("--count", type=int, default=96)
parser.add_argument("--out", required=True)
chosen = parser.parse_args()

pixels, truth, site = load(chosen.data, chosen.name, 128)
os.makedirs(chosen.out, exist_ok=True)
with open(os.path.join(chosen.out, "manifest.csv"), "w", encoding="utf-8") as manifest:
    manifest.write("path,image,site," + ",".join(FINDINGS) + "\n")
    for i in range(chosen.count):
        Image.fromarray(pixels[i, 0].numpy()).save(os.path.join(chosen.out, "%05d.png" % i))
        labels = ",".join("%d" % value for value in truth[i])
        manifest.write("%05d.png,%05d,%s,%s\n" % (i, i, site[i], labels))
