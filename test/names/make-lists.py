#!/usr/bin/env python3
"""Writes numpy.json and pytorch.json, the public names that test/names/names.test.ts looks up in the table of names.

    python3 test/names/make-lists.py        # NumPy and PyTorch of test/fixtures/requirements.txt

NumPy: functions and constants of numpy, of numpy.linalg and of numpy.random, methods of ndarray and Generator.
PyTorch: methods of Tensor that do not work in place, classes of torch.nn, torch.optim and lr_scheduler, functions of
torch.nn.functional and of torch that make or join tensors.
"""

import inspect
import json
import os
import types

import numpy as np
import torch
import torch.nn.functional as F


def public(names):
    return sorted({name for name in names if not name.startswith("_")})


def members(owner, wanted):
    return public(name for name in dir(owner) if wanted(getattr(owner, name, None)))


def write(name, made_by, names):
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), name)
    with open(path, "w") as file:
        file.write(json.dumps({"madeBy": made_by, **names}, separators=(",", ":")).replace('],"', '],\n"') + "\n")
    print(name, made_by, {key: len(value) for key, value in names.items()})


def is_numpy_function(x):
    return isinstance(x, (np.ufunc, types.FunctionType, types.BuiltinFunctionType)) or type(x).__name__ == "_ArrayFunctionDispatcher"


def is_numpy_name(x):
    return is_numpy_function(x) or isinstance(x, (float, np.bool_)) or x is None


# Objects that are indexed, classes and rooms which the table names too.
MAKERS = "c_ index_exp mgrid ogrid r_ s_ fft ma matrix ndarray nditer recarray vectorize".split()
numpy_all = [name for name in [*np.__all__, "ma", "fft"] if hasattr(np, name)]
write(
    "numpy.json",
    f"NumPy {np.__version__}",
    {
        "np": public(name for name in numpy_all if is_numpy_name(getattr(np, name)) or name in MAKERS),
        "ndarray": members(np.ndarray, lambda x: x is not None),
        "np.random.Generator": members(np.random.Generator, callable),
        "np.linalg": public(name for name in np.linalg.__all__ if is_numpy_function(getattr(np.linalg, name))),
    },
)

function = (types.FunctionType, types.BuiltinFunctionType, types.MethodDescriptorType)
makers = """arange as_tensor cat concat concatenate empty empty_like enable_grad eye from_numpy full full_like hstack linspace
load logspace manual_seed meshgrid no_grad normal ones ones_like rand rand_like randint randn randn_like randperm save
set_grad_enabled set_printoptions stack tensor tril_indices triu_indices vstack where zeros zeros_like inference_mode""".split()
write(
    "pytorch.json",
    f"PyTorch {torch.__version__.split('+')[0]}",
    {
        "Tensor": public(
            name
            for name in dir(torch.Tensor)
            if not name.endswith("_") and (isinstance(getattr(torch.Tensor, name, None), (*function, property)) or inspect.isgetsetdescriptor(getattr(torch.Tensor, name, None)))
        ),
        "nn": public(name for name in dir(torch.nn) if inspect.isclass(getattr(torch.nn, name))),
        "nn.functional": public(
            name
            for name in dir(F)
            if not name.endswith("_") and callable(getattr(F, name)) and not inspect.isclass(getattr(F, name)) and getattr(getattr(F, name), "__module__", "") not in ("typing", "torch.overrides", "torch._jit_internal")
        ),
        "optim": public(name for name in dir(torch.optim) if inspect.isclass(getattr(torch.optim, name))),
        "optim.lr_scheduler": public(
            name
            for name in dir(torch.optim.lr_scheduler)
            if inspect.isclass(getattr(torch.optim.lr_scheduler, name)) and issubclass(getattr(torch.optim.lr_scheduler, name), torch.optim.lr_scheduler.LRScheduler)
        ),
        "torch": public(name for name in makers if hasattr(torch, name)),
    },
)
