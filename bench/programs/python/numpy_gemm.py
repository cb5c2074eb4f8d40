import numpy as np
from gemm import rate
from steps import settings, tell

spec = settings()
rng = np.random.default_rng(1)
a, b = (rng.standard_normal((spec["size"], spec["size"]), dtype="float32") for _ in range(2))
tell(rate(lambda: a @ b, spec))
