"""The first import of PyTorch in a process; from start to end."""

import torch  # noqa: F401
