import { Layer } from "chalk-and-tape/manual";
import { type NDArray, sigmoid, tanh } from "chalk-and-tape/np";
import { alone, type Cause, type ZooEntry } from "./entry.ts";

/** An activation with a right forward that remembers x and y, for a student's backward. */
abstract class ActivationToFill extends Layer {
  #x: NDArray | null = null;
  #y: NDArray | null = null;

  protected abstract f(x: NDArray): NDArray;
  forward(x: NDArray): NDArray {
    this.#x = x;
    this.#y = this.f(x);
    return this.#y;
  }
  protected get x(): NDArray {
    return this.remembered(this.#x);
  }
  protected get y(): NDArray {
    return this.remembered(this.#y);
  }
}
abstract class SigmoidToFill extends ActivationToFill {
  protected f(x: NDArray): NDArray {
    return sigmoid(x);
  }
}
abstract class TanhToFill extends ActivationToFill {
  protected f(x: NDArray): NDArray {
    return tanh(x);
  }
}

const sigmoidEntry = {
  name: "Sigmoid",
  fix: "dx = dy · y (1 − y)",
  cause: "other" as Cause,
  expects: { quantity: "x", says: alone },
};
const tanhEntry = { ...sigmoidEntry, name: "Tanh", fix: "dx = dy · (1 − y²)" };

/** Sigmoid and Tanh: misremembered derivatives. */
export const smoothZoo: readonly ZooEntry[] = [
  {
    ...sigmoidEntry,
    id: "sigmoid-factor-lost",
    cause: "wrong derivative",
    what: "the factor 1 − y dropped",
    why: "only half of y (1 − y) is remembered",
    student: class extends SigmoidToFill {
      backward(dy: NDArray): NDArray {
        return dy.mul(this.y);
      }
    },
  },
  {
    ...sigmoidEntry,
    id: "sigmoid-of-x",
    cause: "wrong argument",
    what: "x (1 − x) instead of y (1 − y)",
    why: "σ in σ′ = σ (1 − σ) is read as the input",
    student: class extends SigmoidToFill {
      backward(dy: NDArray): NDArray {
        return dy.mul(this.x.mul(this.x.neg().add(1)));
      }
    },
  },
  {
    ...sigmoidEntry,
    id: "sigmoid-twice",
    cause: "wrong argument",
    what: "σ(y) (1 − σ(y)): the function is applied twice",
    why: "the remembered array is already y",
    student: class extends SigmoidToFill {
      backward(dy: NDArray): NDArray {
        const s = sigmoid(this.y);
        return dy.mul(s).mul(s.neg().add(1));
      }
    },
  },
  {
    ...sigmoidEntry,
    id: "sigmoid-sign",
    what: "y (y − 1)",
    why: "the minus of e⁻ˣ is counted once more",
    cause: "sign",
    student: class extends SigmoidToFill {
      backward(dy: NDArray): NDArray {
        return dy.mul(this.y).mul(this.y.sub(1));
      }
    },
  },
  {
    ...sigmoidEntry,
    id: "sigmoid-dy-ignored",
    what: "f′(x) alone",
    why: "the derivative is right, but the chain rule is forgotten",
    cause: "upstream ignored",
    student: class extends SigmoidToFill {
      backward(_dy: NDArray): NDArray {
        return this.y.mul(this.y.neg().add(1));
      }
    },
  },
  {
    ...sigmoidEntry,
    id: "sigmoid-dy-squared",
    cause: "extra factor",
    what: "dy squared",
    why: "dy is multiplied in when f′ is computed, and again at the return",
    expects: { quantity: "linear in dy", says: /squared/ },
    student: class extends SigmoidToFill {
      backward(dy: NDArray): NDArray {
        const slope = dy.mul(this.y).mul(this.y.neg().add(1));
        return dy.mul(slope);
      }
    },
  },
  {
    ...sigmoidEntry,
    id: "sigmoid-one-slope-for-all",
    what: "the average slope of the batch for every element",
    why: "a mean slips in that belongs to the loss",
    student: class extends SigmoidToFill {
      backward(dy: NDArray): NDArray {
        return dy.mul(this.y.mul(this.y.neg().add(1)).mean());
      }
    },
  },
  {
    ...tanhEntry,
    id: "tanh-no-square",
    cause: "wrong derivative",
    what: "1 − y instead of 1 − y²",
    why: "mixed up with the sigmoid's 1 − y",
    student: class extends TanhToFill {
      backward(dy: NDArray): NDArray {
        return dy.mul(this.y.neg().add(1));
      }
    },
  },
  {
    ...tanhEntry,
    id: "tanh-of-x",
    cause: "wrong argument",
    what: "1 − x² instead of 1 − y²",
    why: "tanh in 1 − tanh² is read as the input",
    student: class extends TanhToFill {
      backward(dy: NDArray): NDArray {
        return dy.mul(this.x.mul(this.x).neg().add(1));
      }
    },
  },
  {
    ...tanhEntry,
    id: "tanh-plus",
    cause: "wrong derivative",
    what: "1 + y²",
    why: "tan′ = 1 + tan² is remembered instead",
    student: class extends TanhToFill {
      backward(dy: NDArray): NDArray {
        return dy.mul(this.y.mul(this.y).add(1));
      }
    },
  },
  {
    ...tanhEntry,
    id: "tanh-half",
    what: "half of the derivative: 2 σ(2x) (1 − σ(2x))",
    why: "tanh(x) = 2 σ(2x) − 1 is differentiated without the inner 2",
    cause: "factor 2",
    student: class extends TanhToFill {
      backward(dy: NDArray): NDArray {
        const s = sigmoid(this.x.mul(2));
        return dy.mul(s).mul(s.neg().add(1)).mul(2);
      }
    },
  },
  {
    ...tanhEntry,
    id: "tanh-first-y-for-ever",
    what: "the y of the first forward",
    why: "the cache is filled only when it is empty",
    fix: "every forward remembers its own y",
    cause: "stale cache",
    expects: { quantity: "remembers its last forward", says: /earlier forward/ },
    student: class extends Layer {
      #y: NDArray | null = null;
      forward(x: NDArray): NDArray {
        const y = tanh(x);
        this.#y ??= y;
        return y;
      }
      backward(dy: NDArray): NDArray {
        const y = this.remembered(this.#y);
        return dy.mul(y.mul(y).neg().add(1));
      }
    },
  },
];
