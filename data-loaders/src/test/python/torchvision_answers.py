"""Writes the known answers of whole preprocessings with torchvision itself.

Run from this folder: python3 torchvision_answers.py (torchvision 0.23.0 on Pillow 10.4.0; see
known_answers.py about Pillow 13).
"""

import hashlib
import pathlib

import numpy
import PIL
import torch
import torchvision
from PIL import Image
from torchvision import transforms

from known_picture import picture

OUT = pathlib.Path(__file__).parent.parent / "resources/org/blindread/data/transform/pipeline.txt"
IMAGENET = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
UNIT = ([0.0], [1.0])
ODD = ([0.5056, 0.1], [0.252, 3.0])


def grey(width, height, bits):
    """8 bits as they are; 16 bits to the nearest of 8 (torchvision leaves that to its user)."""
    if bits == 8:
        return picture(width, height)
    wide = picture(width, height).astype(numpy.uint16) * 256 + picture(height, width).T
    return numpy.rint(wide.astype(numpy.float64) * 255 / 65535).astype(numpy.uint8)


def torchvision_input(image, resize, crop, height, width, mean, std):
    size = (height, width) if resize == "exact" else height
    steps = [transforms.Resize(size)]
    if crop == "centre":
        steps.append(transforms.CenterCrop((height, width)))
    steps += [transforms.ToTensor(), transforms.Lambda(lambda t: t.repeat(len(mean), 1, 1)), transforms.Normalize(mean, std)]
    return transforms.Compose(steps)(Image.fromarray(image)).numpy()


def torchxrayvision_input(image, height, width):
    """Pixels from -1024 to 1024, the formula of torchxrayvision.datasets.normalize."""
    small = numpy.asarray(Image.fromarray(image).resize((width, height), Image.Resampling.BILINEAR))
    return ((2 * (small.astype(numpy.float32) / 255) - 1.0) * 1024)[None]


def main():
    cases = [
        # width, height, bits, resize, crop, height, width, mean and std
        (64, 48, 8, "exact", "none", 32, 32, IMAGENET),
        (30, 41, 8, "exact", "none", 64, 50, IMAGENET),
        (64, 48, 8, "exact", "none", 48, 64, UNIT),
        (1024, 900, 8, "exact", "none", 224, 224, IMAGENET),
        (150, 131, 8, "shorter-side", "centre", 96, 96, IMAGENET),
        (131, 150, 8, "shorter-side", "centre", 96, 96, ODD),
        (40, 57, 8, "shorter-side", "centre", 96, 96, UNIT),
        (90, 90, 8, "shorter-side", "none", 33, 33, ODD),
        (64, 48, 16, "exact", "none", 32, 32, IMAGENET),
        (37, 48, 16, "exact", "none", 80, 81, UNIT),
        (150, 131, 16, "shorter-side", "centre", 96, 96, ODD),
    ]
    with open(OUT, "w") as out:
        out.write(f"# torchvision {torchvision.__version__.split('+')[0]}, torch {torch.__version__.split('+')[0]}, Pillow {PIL.__version__}, NumPy {numpy.__version__}; made by src/test/python/torchvision_answers.py\n")
        out.write("# input width, height, bits, resize, crop, output height, width, mean, std, SHA-256 of the float32 output (little endian)\n")
        for w, h, bits, resize, crop, to_h, to_w, (mean, std) in cases:
            write(out, (w, h, bits, resize, crop, to_h, to_w), mean, std, torchvision_input(grey(w, h, bits), resize, crop, to_h, to_w, mean, std))
        for w, h, bits, to in [(64, 48, 8, 32), (40, 50, 16, 64)]:
            write(out, (w, h, bits, "exact", "none", to, to), [0.5], [1 / 2048], torchxrayvision_input(grey(w, h, bits), to, to))


def write(out, case, mean, std, values):
    assert values.dtype == numpy.float32 and values.shape == (len(mean), case[5], case[6])
    digest = hashlib.sha256(values.astype("<f4").tobytes()).hexdigest()
    out.write(" ".join(map(str, case)) + f" {','.join(map(repr, mean))} {','.join(map(repr, std))} {digest}\n")


main()
