import numpy as np
from graphs import measure
from steps import settings, tell

tell(measure(settings(), lambda numbers: np.array(numbers, np.float32), np.tanh, lambda end, leaf: None))
