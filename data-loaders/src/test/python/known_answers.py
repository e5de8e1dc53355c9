"""Writes the known answers of the image tests with Pillow and NumPy.

Run from this folder: python3 known_answers.py (Pillow 10.4.0; from 13 on Pillow resizes tall images
columns first, and its rounding differs from all versions before).
The expected files beside the tests name the versions that made them.
"""

import hashlib
import io
import pathlib

import numpy
import PIL
from PIL import Image

from known_picture import picture

DATA = pathlib.Path(__file__).parent.parent / "resources/org/blindread/data"
SOURCE = f"# Pillow {PIL.__version__}, NumPy {numpy.__version__}; made by src/test/python/known_answers.py\n"


def text(pixels):
    """All pixels in hexadecimal, or the SHA-256 of them if they are many."""
    data = pixels.tobytes()
    return data.hex() if len(data) <= 400 else "sha256:" + hashlib.sha256(data).hexdigest()


def resize():
    sizes = [(1, 1, 5, 3), (2, 2, 5, 5), (7, 5, 3, 2), (5, 7, 20, 11), (16, 16, 16, 16), (16, 9, 16, 5),
             (9, 16, 5, 16), (13, 207, 13, 13), (64, 64, 17, 19), (128, 96, 224, 224), (300, 257, 128, 128),
             (1024, 800, 128, 128), (800, 1024, 320, 320), (3, 1000, 20, 20), (255, 255, 254, 256)]
    with open(DATA / "transform/bilinear.txt", "w") as out:
        out.write(SOURCE + "# input width, height, output width, height, output pixels\n")
        for w, h, to_w, to_h in sizes:
            image = Image.fromarray(picture(w, h)).resize((to_w, to_h), Image.Resampling.BILINEAR)
            out.write(f"{w} {h} {to_w} {to_h} {text(numpy.asarray(image))}\n")


def shorter_side():
    """torchvision's Resize(size) and CenterCrop(size), written out for Pillow images."""
    with open(DATA / "transform/shorter_side.txt", "w") as out:
        out.write(SOURCE + "# input width, height, size, pixels after Resize(size) and CenterCrop(size)\n")
        for w, h, size in [(40, 40, 16), (50, 40, 16), (40, 51, 16), (33, 100, 20), (10, 13, 16), (301, 200, 128)]:
            short, long = min(w, h), max(w, h)
            to = (size, int(size * long / short))
            to_w, to_h = to if w <= h else to[::-1]
            image = Image.fromarray(picture(w, h))
            if (w, h) != (to_w, to_h):
                image = image.resize((to_w, to_h), Image.Resampling.BILINEAR)
            top, left = int(round((to_h - size) / 2.0)), int(round((to_w - size) / 2.0))
            out.write(f"{w} {h} {size} {text(numpy.asarray(image.crop((left, top, left + size, top + size))))}\n")


def normalise():
    with open(DATA / "transform/normalise.txt", "w") as out:
        out.write(SOURCE + "# channel: the bits of ((v / 255) - mean) / std in float32 for v = 0 ... 255\n")
        for mean, std in [(0.485, 0.229), (0.456, 0.224), (0.406, 0.225)]:
            unit = numpy.arange(256, dtype=numpy.uint8).astype(numpy.float32) / numpy.float32(255)
            value = (unit - numpy.float32(mean)) / numpy.float32(std)
            assert value.dtype == numpy.float32
            out.write(" ".join(f"{bits:08x}" for bits in value.view(numpy.uint32)) + "\n")


def files():
    """Small files of the kinds that are read, and what Pillow reads in them."""
    grey = picture(24, 17)
    Image.fromarray(grey).save(DATA / "grey8.png")
    Image.fromarray((grey.astype(numpy.uint16) * 251 + 7)).save(DATA / "grey16.png")
    Image.fromarray(grey).convert("RGB").save(DATA / "rgb-equal.png")
    Image.fromarray(grey).convert("P").save(DATA / "palette.png")
    Image.fromarray(grey).quantize(4).convert("L").point(lambda v: 255 if v > 128 else 0).convert("1").save(DATA / "bilevel.png")
    Image.fromarray(numpy.stack([grey, grey, 255 - grey], axis=2)).save(DATA / "colour.png")
    Image.fromarray(grey).convert("LA").save(DATA / "alpha.png")
    smooth = numpy.clip(128 + 100 * numpy.sin(numpy.mgrid[0:33, 0:41][0] / 5.0) * numpy.cos(numpy.mgrid[0:33, 0:41][1] / 7.0), 0, 255)
    Image.fromarray(smooth.astype(numpy.uint8)).save(DATA / "grey.jpg", quality=90)
    Image.fromarray(smooth.astype(numpy.uint8)).save(DATA / "progressive.jpg", quality=90, progressive=True)
    with open(DATA / "files.txt", "w") as out:
        out.write(SOURCE + "# file, width, height, bits, SHA-256 of the pixels (16 bits: big endian)\n")
        for name in ["grey8.png", "grey16.png", "rgb-equal.png", "palette.png", "bilevel.png", "grey.jpg", "progressive.jpg"]:
            image = Image.open(io.BytesIO((DATA / name).read_bytes()))
            wide = name == "grey16.png"
            pixels = numpy.asarray(image).astype(">u2") if wide else numpy.asarray(image.convert("L"))
            out.write(f"{name} {image.width} {image.height} {16 if wide else 8} {hashlib.sha256(pixels.tobytes()).hexdigest()}\n")


resize()
shorter_side()
normalise()
files()
