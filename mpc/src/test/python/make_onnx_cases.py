"""Writes the ONNX test cases of mpc/src/test/resources/onnx.

    pip install onnx onnxruntime numpy
    python mpc/src/test/python/make_onnx_cases.py

A case is a folder with
    model.onnx       the model
    input.bin        its inputs one after another, float32, little endian, row-major
    expected.bin     its outputs, likewise, as ONNX Runtime computes them without optimisation
    outputs.txt      a line an output: name and shape (1×3×8×8)
    dimensions.txt   where the model leaves dimensions open: a line each, name=extent

Every number comes from a seed made of the case's name, so a run writes the same files.
"""

import pathlib
import zlib

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

HOME = pathlib.Path(__file__).resolve().parents[1] / "resources" / "onnx"
CASES = {}


def case(opset, inputs=None, dimensions=None, old=False):
    """Registers a case; the function gets a Model, returns the names of its outputs."""

    def register(function):
        CASES[function.__name__] = (function, opset, inputs, dimensions or {}, old)
        return function

    return register


class Model:
    def __init__(self, name, opset):
        self.name, self.opset = name, opset
        self.nodes, self.initializers, self.count = [], [], 0
        self.types = {}  # of outputs that are not float32
        self.random = np.random.default_rng(zlib.crc32(name.encode()))

    def node(self, op, *inputs, out=None, **attributes):
        self.count += 1
        out = out or f"{op.lower()}_{self.count}"
        self.nodes.append(
            helper.make_node(op, list(inputs), [out], name=f"n{self.count}_{op}", **attributes)
        )
        return out

    def constant(self, array, name=None):
        self.count += 1
        name = name or f"c{self.count}"
        self.initializers.append(numpy_helper.from_array(np.asarray(array), name))
        return name

    def weight(self, *shape, scale=None, name=None):
        fan = np.prod(shape[1:]) if len(shape) > 1 else 1
        w = self.random.normal(0, scale or 1 / np.sqrt(fan), shape)
        return self.constant(w.astype(np.float32), name)

    def ints(self, *values):
        return self.constant(np.array(values, np.int64))

    def conv(self, x, cin, cout, k, bias=True, **attributes):
        operands = [x, self.weight(cout, cin, *k)] + ([self.weight(cout)] if bias else [])
        return self.node("Conv", *operands, **attributes)

    def norm(self, x, channels):
        r = self.random
        parameters = [
            r.uniform(0.5, 1.5, channels) * r.choice([-1, 1], channels),
            r.normal(0, 0.3, channels),
            r.normal(0, 0.3, channels),
            r.uniform(0.3, 2, channels),
        ]
        operands = [self.constant(p.astype(np.float32)) for p in parameters]
        return self.node("BatchNormalization", x, *operands, epsilon=1e-5)


def write(name):
    function, opset, inputs, dimensions, old = CASES[name]
    model = Model(name, opset)
    outputs = function(model)
    outputs = [outputs] if isinstance(outputs, str) else outputs
    inputs = inputs or {"x": (1, 3, 8, 8)}
    infos = []
    arrays = {}
    for key, shape in inputs.items():
        infos.append(helper.make_tensor_value_info(key, TensorProto.FLOAT, shape))
        actual = [
            s if isinstance(s, int) else dimensions.get(s, 1) for s in shape
        ]
        arrays[key] = model.random.normal(0, 1, actual).astype(np.float32)
    if old:  # IR version 3 lists initializers among the inputs
        infos += [
            helper.make_tensor_value_info(i.name, i.data_type, i.dims) for i in model.initializers
        ]
    graph = helper.make_graph(
        model.nodes,
        name,
        infos,
        [helper.make_tensor_value_info(o, model.types.get(o, TensorProto.FLOAT), None) for o in outputs],
        model.initializers,
    )
    proto = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)])
    proto.ir_version = 3 if old else 8 if opset < 21 else 10
    proto.producer_name = "make_onnx_cases"
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        proto.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    results = session.run(outputs, arrays)
    folder = HOME / name.replace("_", "-")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(proto.SerializeToString())
    (folder / "input.bin").write_bytes(
        b"".join(a.astype("<f4").tobytes() for a in arrays.values())
    )
    (folder / "expected.bin").write_bytes(b"".join(r.astype("<f4").tobytes() for r in results))
    (folder / "outputs.txt").write_text(
        "".join(
            f"{o} {'×'.join(map(str, r.shape)) or 'scalar'}\n" for o, r in zip(outputs, results)
        ),
        encoding="utf-8",
    )
    if dimensions:
        (folder / "dimensions.txt").write_text(
            "".join(f"{k}={v}\n" for k, v in dimensions.items()), encoding="utf-8"
        )


# --- convolution -------------------------------------------------------------------------------


@case(13)
def conv_padded(m):
    return m.conv("x", 3, 4, (3, 3), pads=[1, 1, 1, 1])


@case(7, old=True)
def conv_old_file_lists_weights_as_inputs(m):
    return m.conv("x", 3, 4, (3, 3), pads=[0, 1, 2, 1], strides=[2, 1])


@case(11)
def conv_without_bias_strided_dilated(m):
    return m.conv("x", 3, 5, (2, 3), bias=False, strides=[1, 2], dilations=[2, 1], pads=[2, 0, 1, 1])


@case(17, {"x": (1, 6, 7, 5)})
def conv_groups(m):
    return m.conv("x", 2, 9, (3, 3), group=3, pads=[1, 1, 1, 1])


@case(17, {"x": (1, 4, 7, 5)})
def conv_depthwise(m):
    return m.conv("x", 1, 8, (3, 1), group=4)


@case(13, {"x": (1, 2, 13)})
def conv_1d(m):
    return m.conv("x", 2, 3, (4,), strides=[3], pads=[2, 1])


@case(13, {"x": (1, 2, 5, 6, 4)})
def conv_3d(m):
    return m.conv("x", 2, 3, (3, 2, 3), pads=[1, 0, 1, 1, 1, 1], strides=[2, 1, 1])


@case(11, {"x": (1, 2, 7, 10)})
def conv_same_upper(m):
    return m.conv("x", 2, 3, (4, 3), auto_pad="SAME_UPPER", strides=[2, 3])


@case(11, {"x": (1, 2, 7, 10)})
def conv_same_lower(m):
    return m.conv("x", 2, 3, (4, 3), auto_pad="SAME_LOWER", strides=[2, 2])


@case(9)
def conv_valid(m):
    return m.conv("x", 3, 2, (5, 5), auto_pad="VALID", kernel_shape=[5, 5])


# --- pooling -----------------------------------------------------------------------------------


@case(8)
def maxpool_padded(m):
    return m.node("MaxPool", "x", kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1])


@case(11, {"x": (1, 2, 7, 6)})
def maxpool_ceil(m):
    return m.node("MaxPool", "x", kernel_shape=[2, 2], strides=[2, 2], ceil_mode=1)


@case(12, {"x": (1, 2, 5, 7)})
def maxpool_ceil_begins_in_padding(m):
    return m.node("MaxPool", "x", kernel_shape=[2, 3], strides=[3, 4], pads=[1, 1, 1, 1], ceil_mode=1)


@case(12, {"x": (1, 2, 6, 6)})
def maxpool_ceil_stride_beyond_kernel(m):
    return m.node("MaxPool", "x", kernel_shape=[1, 2], strides=[4, 3], ceil_mode=1)


@case(12, {"x": (1, 2, 9, 9)})
def maxpool_dilated(m):
    return m.node("MaxPool", "x", kernel_shape=[3, 2], dilations=[2, 3], strides=[1, 2], pads=[1, 1, 2, 0])


@case(13, {"x": (1, 2, 6, 5, 4)})
def maxpool_3d(m):
    return m.node("MaxPool", "x", kernel_shape=[2, 2, 2], strides=[2, 2, 2], ceil_mode=1)


@case(13, {"x": (1, 2, 11)})
def maxpool_1d_same_lower(m):
    return m.node("MaxPool", "x", kernel_shape=[4], strides=[3], auto_pad="SAME_LOWER")


@case(7)
def averagepool_plain(m):
    return m.node("AveragePool", "x", kernel_shape=[2, 2], strides=[2, 2])


@case(13)
def averagepool_excludes_padding(m):
    return m.node("AveragePool", "x", kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1])


@case(13)
def averagepool_includes_padding(m):
    return m.node(
        "AveragePool", "x", kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1], count_include_pad=1
    )


@case(13, {"x": (1, 2, 7, 9)})
def averagepool_ceil(m):
    return m.node("AveragePool", "x", kernel_shape=[2, 4], strides=[2, 3], pads=[0, 1, 0, 1], ceil_mode=1)


@case(13, {"x": (1, 2, 8, 10)})
def averagepool_ceil_includes_padding(m):
    return m.node(
        "AveragePool", "x", kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 0, 0], ceil_mode=1,
        count_include_pad=1,
    )


@case(19, {"x": (1, 2, 8, 10)})
def averagepool_ceil_includes_padding_opset_19(m):
    return m.node(
        "AveragePool", "x", kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 0, 0], ceil_mode=1,
        count_include_pad=1,
    )


@case(19, {"x": (1, 2, 8, 10)})
def averagepool_dilated_opset_19(m):
    return m.node("AveragePool", "x", kernel_shape=[2, 3], dilations=[2, 2], pads=[1, 1, 1, 1])


@case(13, {"x": (1, 2, 4, 6, 4)})
def averagepool_3d(m):
    return m.node("AveragePool", "x", kernel_shape=[2, 3, 2], strides=[2, 1, 2])


@case(9)
def global_average_pool(m):
    return m.node("GlobalAveragePool", "x")


@case(9)
def global_max_pool(m):
    return m.node("GlobalMaxPool", "x")


@case(11)
def reduce_mean_attribute(m):
    return m.node("ReduceMean", "x", axes=[-1, 2], keepdims=0)


@case(18)
def reduce_mean_operand(m):
    return m.node("ReduceMean", "x", m.ints(2, 3), keepdims=1)


@case(18)
def reduce_mean_everything_and_nothing(m):
    return [
        m.node("ReduceMean", "x", keepdims=0, out="all"),
        m.node("ReduceMean", m.node("Relu", "x"), noop_with_empty_axes=1, out="none"),
    ]


# --- elementwise -------------------------------------------------------------------------------


@case(7)
def batchnorm(m):
    return m.norm("x", 3)


@case(15, {"x": (1, 5)})
def batchnorm_of_a_vector(m):
    return m.norm("x", 5)


@case(13)
def leaky_relu(m):
    return m.node("LeakyRelu", m.node("LeakyRelu", "x"), alpha=0.2)


@case(6 + 1)
def clip_attributes(m):
    return m.node("Clip", m.node("Clip", "x", max=0.8), min=-0.5, max=6.0)


@case(13)
def clip_operands(m):
    low, high = m.constant(np.float32(0)), m.constant(np.float32(1))
    return m.node("Clip", m.node("Clip", m.node("Clip", "x"), "", high), low)


@case(13)
def sigmoid(m):
    return m.node("Sigmoid", "x")


@case(13)
def arithmetic_with_constants(m):
    a = m.node("Mul", "x", m.weight(3, 1, 1))
    a = m.node("Sub", m.constant(np.float32(1)), a)
    a = m.node("Div", a, m.constant(np.array([2, 3, 4], np.float32).reshape(1, 3, 1, 1)))
    return m.node("Add", a, m.weight(1, 1, 1, 8))


@case(7, {"x": (1, 3, 4, 4), "y": (1, 3, 1, 4)})
def arithmetic_of_two_inputs(m):
    return m.node("Sub", m.node("Add", "x", "y"), "y")


@case(13, {"x": (1, 5)})
def softmax_opset_13(m):
    return m.node("Softmax", "x")


@case(13)
def softmax_over_channels(m):
    return m.node("Softmax", "x", axis=1)


@case(11, {"x": (1, 5, 1, 1)})
def softmax_opset_11_equivalent(m):
    return m.node("Softmax", "x")


@case(13, {"x": (1, 14)})
def argmax_of_scores(m):
    best = m.node("ArgMax", "x", axis=1, keepdims=0)
    m.types[best] = TensorProto.INT64
    return best


@case(11)
def argmax_over_channels(m):
    best = m.node("ArgMax", m.node("Relu", "x"), axis=-3)
    m.types[best] = TensorProto.INT64
    return best


@case(13)
def argmax_along_columns_after_softmax(m):
    best = m.node("ArgMax", m.node("Softmax", "x", axis=3), axis=3, keepdims=0, select_last_index=0)
    return m.node("Cast", best, to=TensorProto.FLOAT)


# --- matrix products ---------------------------------------------------------------------------


@case(9, {"x": (1, 6)})
def gemm_scaled(m):
    return m.node("Gemm", "x", m.weight(4, 6), m.weight(4), alpha=0.5, beta=2.0, transB=1)


@case(11, {"x": (1, 6)})
def gemm_without_bias(m):
    return m.node("Gemm", "x", m.weight(6, 4))


@case(13, {"x": (1, 6), "y": (1, 4)})
def gemm_adds_data(m):
    return m.node("Gemm", "x", m.weight(6, 4), "y", beta=-0.25)


@case(13, {"x": (1, 2, 3, 6)})
def matmul_of_a_stack(m):
    return m.node("MatMul", "x", m.weight(6, 5))


@case(13, {"x": (1, 2, 3, 6)})
def matmul_constant_left(m):
    return m.node("MatMul", m.weight(4, 3), "x")


@case(13, {"x": (1, 6)})
def matmul_by_vector_and_unit_stack(m):
    return [
        m.node("MatMul", "x", m.weight(6), out="vector"),
        m.node("MatMul", "x", m.weight(1, 6, 2), out="stack"),
    ]


# --- layout ------------------------------------------------------------------------------------


@case(13)
def concat_with_constant(m):
    r = m.node("Relu", "x")
    return m.node("Concat", r, m.weight(1, 2, 8, 8), "x", r, axis=-3)


@case(9)
def flatten_axes(m):
    return [
        m.node("Flatten", "x", out="one"),
        m.node("Flatten", "x", axis=3, out="three"),
        m.node("Flatten", "x", axis=0, out="zero"),
        m.node("Flatten", "x", axis=4, out="four"),
    ]


@case(14)
def reshape_forms(m):
    a = m.node("Reshape", "x", m.ints(0, -1, 4))
    b = m.node("Reshape", a, m.ints(1, 3, 8, 8))
    return m.node("Reshape", b, m.ints(1, 12, 16), allowzero=1)


@case(11, {"x": (1, 3, 1, 5)})
def squeeze_attribute(m):
    a = m.node("Squeeze", "x", axes=[-2])
    return m.node("Unsqueeze", a, axes=[1, 4])


@case(13, {"x": (1, 3, 1, 5)})
def squeeze_operand(m):
    a = m.node("Squeeze", "x", m.ints(2))
    b = m.node("Squeeze", m.node("Unsqueeze", a, m.ints(-1)))
    return m.node("Unsqueeze", b, m.ints(0))


@case(13, {"x": (1, 3, 4, 5)})
def transpose_forms(m):
    a = m.node("Transpose", "x", perm=[0, 2, 3, 1])
    return [m.node("Transpose", a, perm=[0, 1, 2, 3], out="same"), m.node("Transpose", a, out="reversed")]


@case(9)
def pad_attribute(m):
    return m.node("Pad", "x", pads=[0, 0, 1, 2, 0, 1, 0, 3], value=0.5)


@case(13)
def pad_operand(m):
    a = m.node("Pad", "x", m.ints(0, 0, 1, 1, 0, 0, 2, 1), m.constant(np.float32(-1)))
    return m.node("Pad", m.node("Pad", a, m.ints(0, 0, 0, 0, 0, 0, 0, 0)), m.ints(0, 0, 0, 1, 0, 0, 0, 0), mode="constant")


@case(18)
def pad_axes(m):
    return m.node("Pad", "x", m.ints(1, 2, 3, 4), "", m.ints(-1, 2))


@case(9)
def slice_attribute(m):
    return m.node("Slice", "x", starts=[1, -5], ends=[3, 1000], axes=[1, 3])


@case(13)
def slice_negative_steps(m):
    return m.node(
        "Slice", "x", m.ints(-1, 0, 7), m.ints(-1000, 8, 0), m.ints(1, 2, 3), m.ints(-1, 3, -2)
    )


@case(11)
def slice_without_axes(m):
    return m.node("Slice", "x", m.ints(0, 1), m.ints(2**62, 2))


@case(13)
def identity_and_dropout_vanish(m):
    a = m.node("Identity", m.node("Relu", m.node("Dropout", "x")))
    b = m.node("Dropout", a, m.constant(np.float32(0.5)), m.constant(np.array(False)))
    return [m.node("Identity", b, out="first"), m.node("Identity", b, out="second"),
            m.node("Identity", "x", out="third")]


# --- constants and shape arithmetic ------------------------------------------------------------


@case(13)
def constants_of_every_form(m):
    tensor = m.node("Constant", value=numpy_helper.from_array(np.array([[1], [2]], np.float16).reshape(1, 2)))
    half = m.node("Cast", tensor, to=TensorProto.FLOAT)
    double = m.node("Cast", m.constant(np.array([1.5, -2.0])), to=TensorProto.FLOAT)
    real = m.node("Constant", value_float=0.25)
    reals = m.node("Constant", value_floats=[1.0, 2.0])
    integer = m.node("Cast", m.node("Constant", value_int=3), to=TensorProto.FLOAT)
    integers = m.node("Cast", m.node("Constant", value_ints=[3, 4]), to=TensorProto.FLOAT)
    total = half
    for part in (double, real, reals, integer, integers):
        total = m.node("Add", total, part)
    column = m.node("Reshape", m.node("Transpose", total), m.ints(2, 1, 1))
    more = m.node("Concat", column, m.node("ConstantOfShape", m.ints(1, 1, 1)), axis=0)
    return m.node("Mul", "x", more)


@case(9, {"x": ("batch", 3, 4, 4)})
def flatten_as_torch_exports_it(m):
    batch = m.node("Gather", m.node("Shape", "x"), m.constant(np.array(0, np.int64)), axis=0)
    first = m.node("Unsqueeze", batch, axes=[0])
    shape = m.node("Concat", first, m.ints(-1), axis=0)
    return m.node("Reshape", "x", shape)


@case(17, {"x": ("batch", 4, "height", "width")}, {"height": 6, "width": 4})
def shape_arithmetic(m):
    shape = m.node("Shape", "x")
    tail = m.node("Slice", shape, m.ints(1), m.ints(2**31), m.ints(0))
    groups = m.node("Div", m.node("Gather", tail, m.ints(0), axis=0), m.ints(2))
    spatial = m.node("Shape", "x", start=2)
    shape5 = m.node("Concat", m.ints(0), m.ints(2), groups, spatial, axis=0)
    a = m.node("Reshape", "x", shape5)
    b = m.node("Transpose", a, perm=[0, 2, 1, 3, 4])
    half = m.node("Mul", m.node("Cast", spatial, to=TensorProto.FLOAT), m.constant(np.float32(0.5)))
    floor = m.node("Cast", m.node("Floor", half), to=TensorProto.INT64)
    ends = m.node("Add", floor, m.ints(1))
    c = m.node("Reshape", b, m.node("Concat", m.ints(0, -1), spatial, axis=0))
    return m.node("Slice", c, m.ints(0, 0), ends, m.ints(2, 3))


@case(13, {"x": (1, 2, 3, 3)})
def pad_as_torch_exports_it(m):
    given = m.ints(1, 2, 0, 1)
    rest = m.node("ConstantOfShape", m.ints(4), value=numpy_helper.from_array(np.zeros(1, np.int64)))
    row = m.node("Reshape", m.node("Concat", given, rest, axis=0), m.ints(-1, 2))
    flipped = m.node("Slice", row, m.ints(-1), m.ints(-(2**63) + 1), m.ints(0), m.ints(-1))
    pads = m.node("Cast", m.node("Reshape", m.node("Transpose", flipped, perm=[1, 0]), m.ints(-1)), to=TensorProto.INT64)
    return m.node("Pad", "x", pads, "", mode="constant")


@case(13)
def range_and_expand(m):
    ramp = m.node("Cast", m.node("Range", m.constant(np.array(0, np.int64)), m.constant(np.array(8, np.int64)), m.constant(np.array(2, np.int64))), to=TensorProto.FLOAT)
    wide = m.node("Expand", m.node("Unsqueeze", ramp, m.ints(1)), m.ints(4, 2))
    return m.node("Mul", "x", m.node("Reshape", wide, m.ints(8)))


@case(13)
def size_and_ceil(m):
    size = m.node("Cast", m.node("Size", "x"), to=TensorProto.FLOAT)
    seven = m.node("Ceil", m.node("Div", size, m.constant(np.float32(30))))
    return m.node("Div", "x", seven)


# --- networks ----------------------------------------------------------------------------------


@case(21)
def network_small(m):
    a = m.node("Clip", m.norm(m.conv("x", 3, 6, (3, 3), pads=[1, 1, 1, 1]), 6), m.constant(np.float32(0)), m.constant(np.float32(6)))
    b = m.node("MaxPool", a, kernel_shape=[2, 2], strides=[2, 2])
    c = m.node("LeakyRelu", m.conv(b, 1, 6, (3, 3), group=6, auto_pad="SAME_UPPER"), alpha=0.1)
    d = m.node("Concat", c, m.node("AveragePool", b, kernel_shape=[3, 3], pads=[1, 1, 1, 1]), axis=1)
    e = m.node("Reshape", d, m.ints(0, -1))
    return m.node("Sigmoid", m.node("Gemm", e, m.weight(2, 192), m.weight(2), transB=1), out="scores")


@case(13, {"x": ("n", 3, 32, 32)})
def network_densenet(m):
    a = m.node("Relu", m.norm(m.conv("x", 3, 8, (7, 7), bias=False, pads=[3, 3, 3, 3], strides=[2, 2]), 8))
    a = m.node("MaxPool", a, kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1])
    channels = 8
    for block in range(2):
        features, width = [a], channels
        for _ in range(3):
            x = m.node("Concat", *features, axis=1)
            x = m.conv(m.node("Relu", m.norm(x, width)), width, 8, (1, 1), bias=False)
            x = m.conv(m.node("Relu", m.norm(x, 8)), 8, 4, (3, 3), bias=False, pads=[1, 1, 1, 1])
            features.append(x)
            width += 4
        a = m.node("Relu", m.norm(m.node("Concat", *features, axis=1), width))
        if block == 0:
            a = m.conv(a, width, width // 2, (1, 1), bias=False)
            a = m.node("AveragePool", a, kernel_shape=[2, 2], strides=[2, 2])
            channels = width // 2
    a = m.node("Flatten", m.node("GlobalAveragePool", a), axis=1)
    return m.node("Gemm", a, m.weight(3, width), m.weight(3), transB=1, out="logits")


@case(17, {"x": ("n", 3, 32, 32)})
def network_resnet(m):
    a = m.node("Relu", m.conv("x", 3, 8, (7, 7), pads=[3, 3, 3, 3], strides=[2, 2]))
    a = m.node("MaxPool", a, kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1])
    channels = 8
    for width, stride in ((8, 1), (16, 2)):
        x = m.node("Relu", m.conv(a, channels, width, (3, 3), pads=[1, 1, 1, 1], strides=[stride, stride]))
        x = m.conv(x, width, width, (3, 3), pads=[1, 1, 1, 1])
        if stride != 1:
            a = m.conv(a, channels, width, (1, 1), strides=[stride, stride])
        a = m.node("Relu", m.node("Add", x, a))
        channels = width
    a = m.node("Flatten", m.node("ReduceMean", a, axes=[2, 3]))
    return m.node("Gemm", a, m.weight(3, 16), m.weight(3), transB=1, out="logits")


if __name__ == "__main__":
    for name in CASES:
        write(name)
    print(len(CASES), "cases in", HOME)
