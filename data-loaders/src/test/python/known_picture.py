"""The test image that both sides make by the same formula."""

import numpy


def picture(width, height):
    y, x = numpy.mgrid[0:height, 0:width].astype(numpy.int64)
    return (((x * 37 + y * 101 + (x * y) % 251 * 17) ^ (x * x)) & 255).astype(numpy.uint8)
