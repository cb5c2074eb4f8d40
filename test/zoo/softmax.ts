import { LogSoftmax, Softmax } from "chalk-and-tape/manual";
import { exp, logsumexp, type NDArray } from "chalk-and-tape/np";
import { alone, type Cause, type ZooEntry } from "./entry.ts";

/** Right forwards, to write a backward for. */
abstract class SoftmaxToFill extends Softmax {
  #x: NDArray | null = null;
  override forward(x: NDArray): NDArray {
    this.#x = x;
    return super.forward(x);
  }
  protected get x(): NDArray {
    return this.remembered(this.#x);
  }
  protected get y(): NDArray {
    return exp(this.x.sub(logsumexp(this.x, this.dim, true)));
  }
  abstract override backward(dy: NDArray): NDArray;
}
abstract class LogSoftmaxToFill extends LogSoftmax {
  #x: NDArray | null = null;
  override forward(x: NDArray): NDArray {
    this.#x = x;
    return super.forward(x);
  }
  protected get x(): NDArray {
    return this.remembered(this.#x);
  }
  protected get softmax(): NDArray {
    return exp(this.x.sub(logsumexp(this.x, this.dim, true)));
  }
  abstract override backward(dy: NDArray): NDArray;
}
const softmax = {
  name: "Softmax",
  fix: "dx = y · (dy − Σ dy · y)",
  cause: "other" as Cause,
  expects: { quantity: "x", says: alone },
};
const logSoftmax = {
  name: "LogSoftmax",
  fix: "dx = dy − softmax · Σ dy",
  cause: "other" as Cause,
  expects: { quantity: "x", says: alone },
};

/** Softmax and its logarithm: every output depends on every input, which a formula for one element hides. */
export const softmaxZoo: readonly ZooEntry[] = [
  {
    ...softmax,
    id: "softmax-diagonal-only",
    cause: "term missing",
    what: "dx = dy · y (1 − y)",
    why: "the Jacobian’s diagonal, as for a sigmoid",
    student: class extends SoftmaxToFill {
      override backward(dy: NDArray): NDArray {
        return dy.mul(this.y).mul(this.y.neg().add(1)); // shape of x
      }
    },
  },
  {
    ...softmax,
    id: "softmax-sum-unweighted",
    cause: "wrong term",
    what: "Σ dy instead of Σ dy · y",
    why: "the log-softmax’s formula",
    student: class extends SoftmaxToFill {
      override backward(dy: NDArray): NDArray {
        return dy.sub(dy.sum(this.dim, true)).mul(this.y); // shape of x
      }
    },
  },
  {
    ...softmax,
    id: "softmax-mean-for-sum",
    cause: "wrong count",
    what: "mean(dy · y) instead of Σ dy · y",
    why: "mean and sum look alike, and every other backward of the week has a mean",
    student: class extends SoftmaxToFill {
      override backward(dy: NDArray): NDArray {
        return dy.sub(dy.mul(this.y).mean(this.dim, true)).mul(this.y); // shape of x
      }
    },
  },
  {
    ...softmax,
    id: "softmax-cross-entropy-in-it",
    cause: "wrong term",
    what: "dx = y − dy",
    why: "softmax with cross-entropy has y − target",
    student: class extends SoftmaxToFill {
      override backward(dy: NDArray): NDArray {
        return this.y.sub(dy); // shape of x
      }
    },
  },
  {
    ...softmax,
    id: "softmax-last-axis",
    cause: "wrong axis",
    what: "the sum always along the last axis",
    why: "dim is used in forward only",
    fix: "sum along this.dim",
    student: class extends SoftmaxToFill {
      override backward(dy: NDArray): NDArray {
        return dy.sub(dy.mul(this.y).sum(-1, true)).mul(this.y); // shape of x
      }
    },
  },
  {
    ...logSoftmax,
    id: "log-softmax-without-sum",
    cause: "term missing",
    what: "dx = dy − softmax",
    why: "the Σ dy is 1 for one-hot targets, and is forgotten",
    student: class extends LogSoftmaxToFill {
      override backward(dy: NDArray): NDArray {
        return dy.sub(this.softmax); // shape of x
      }
    },
  },
  {
    ...logSoftmax,
    id: "log-softmax-elementwise",
    cause: "term missing",
    what: "dx = dy · (1 − softmax)",
    why: "each log-probability is differentiated by its own logit only",
    student: class extends LogSoftmaxToFill {
      override backward(dy: NDArray): NDArray {
        return dy.mul(this.softmax.neg().add(1)); // shape of x
      }
    },
  },
  {
    ...logSoftmax,
    id: "log-softmax-weighted",
    cause: "wrong term",
    what: "softmax · Σ dy · softmax",
    why: "mixed up with the softmax’s formula",
    student: class extends LogSoftmaxToFill {
      override backward(dy: NDArray): NDArray {
        const s = this.softmax;
        return dy.sub(s.mul(dy.mul(s).sum(this.dim, true))); // shape of x
      }
    },
  },
  {
    ...logSoftmax,
    id: "log-softmax-sum-of-all",
    cause: "wrong axis",
    what: "Σ dy over everything",
    why: "sum() without its axis",
    fix: "Σ along this.dim, kept as an axis of length 1",
    student: class extends LogSoftmaxToFill {
      override backward(dy: NDArray): NDArray {
        return dy.sub(this.softmax.mul(dy.sum())); // shape of x
      }
    },
  },
];
