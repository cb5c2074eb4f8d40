"""Checks ONNX files: reads a list of jobs from the file named first, and prints a line of JSON for each.

A job has the file of a network and runs of it, with one batch each: its inputs, and its output as
TypeScript computed it, both as files of numbers with a shape. Every file must pass ONNX's full check
and run in onnxruntime.
"""
import json
import sys

import numpy as np
import onnx
import onnxruntime

onnxruntime.set_default_logger_severity(4)


def read(given):
    return np.fromfile(given["file"], given["dtype"]).reshape(given["shape"])


def largest_difference(y, expected):
    if y.shape != expected.shape or y.dtype != expected.dtype:
        return f"{y.dtype} {y.shape}, expected {expected.dtype} {expected.shape}"
    if y.size == 0:
        return 0.0
    apart = np.abs(y.astype("float64") - expected.astype("float64"))
    difference = np.max(np.where(y == expected, 0, apart)) / max(np.max(np.abs(expected)), 1e-300)
    return float(difference) if np.isfinite(difference) else "not finite"


def checked(job):
    model = onnx.load(job["file"])
    onnx.checker.check_model(model, full_check=True)
    names = [node.name for node in model.graph.node]
    said = {
        "names": names,
        "operators": [node.op_type for node in model.graph.node],
        "initializers": [array.name for array in model.graph.initializer],
        "inputs": shapes_of(model.graph.input),
        "outputs": shapes_of(model.graph.output),
        "producer": [model.producer_name, model.producer_version],
        "opset": model.opset_import[0].version,
    }
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    run = onnxruntime.InferenceSession(job["file"], options, ["CPUExecutionProvider"]).run
    said["differences"] = [compared(run, one) for one in job["runs"]]
    return said


def compared(run, one):
    inputs = {name: read(x) for name, x in one["inputs"].items()}
    (y,) = run(None, inputs)
    return largest_difference(y, read(one["y"]))


def shape_of(value):
    return [d.dim_param or d.dim_value for d in value.type.tensor_type.shape.dim]


def shapes_of(values):
    return {value.name: shape_of(value) for value in values}


with open(sys.argv[1]) as jobs:
    for job in json.load(jobs):
        try:
            print(json.dumps(checked(job)))
        except Exception as error:
            print(json.dumps({"error": f"{type(error).__name__}: {error}"}))
