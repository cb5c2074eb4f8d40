import type { Reduction } from "chalk-and-tape/contracts";
import { BCELoss, BCEWithLogitsLoss, MSELoss } from "chalk-and-tape/manual";
import { NDArray, sigmoid, sign, where, zeros } from "chalk-and-tape/np";
import { alone, type Cause, type ZooEntry } from "./entry.ts";

/** dy as it reaches each element of a loss: a number for a sum, divided by `count` for a mean, an array for "none". */
export function share(dy: NDArray | number, reduction: Reduction, count: number): NDArray | number {
  if (reduction === "none") return dy;
  const scalar = dy instanceof NDArray ? dy.item() : dy;
  return reduction === "mean" ? scalar / count : scalar;
}

/** Losses with a right forward, to write a backward for: x and t are remembered. */
abstract class MseToFill extends MSELoss {
  protected x: NDArray = zeros([1]);
  protected t: NDArray = zeros([1]);
  override forward(x: NDArray, target: NDArray): NDArray {
    [this.x, this.t] = [x, target];
    return super.forward(x, target);
  }
  abstract override backward(dy?: NDArray | number): NDArray;
}
abstract class BceToFill extends BCELoss {
  protected x: NDArray = zeros([1]);
  protected t: NDArray = zeros([1]);
  override forward(x: NDArray, target: NDArray): NDArray {
    [this.x, this.t] = [x, target];
    return super.forward(x, target);
  }
  abstract override backward(dy?: NDArray | number): NDArray;
}
abstract class LogitsToFill extends BCEWithLogitsLoss {
  protected x: NDArray = zeros([1]);
  protected t: NDArray = zeros([1]);
  override forward(x: NDArray, target: NDArray): NDArray {
    [this.x, this.t] = [x, target];
    return super.forward(x, target);
  }
  abstract override backward(dy?: NDArray | number): NDArray;
}

const mse = {
  name: "MSELoss",
  fix: "dx = 2 (x − t) · dy / number of elements",
  cause: "other" as Cause,
  expects: { quantity: "x", says: alone },
};
const bce = { ...mse, name: "BCELoss", fix: "dx = ((1 − t) / (1 − x) − t / x) · dy / number of elements" };
const logits = { ...mse, name: "BCEWithLogitsLoss", fix: "dx = (σ(x) − t) · dy / number of elements" };

/** The squared error and the two binary cross entropies. */
export const elementwiseLossesZoo: readonly ZooEntry[] = [
  {
    ...mse,
    id: "mse-no-mean",
    what: "without 1/N",
    why: "the mean in forward has no separate line in backward",
    cause: "factor N",
    student: class extends MseToFill {
      backward(dy: NDArray | number = 1): NDArray {
        const scalar = dy instanceof NDArray && this.reduction !== "none" ? dy.item() : dy;
        return this.x.sub(this.t).mul(2).mul(scalar);
      }
    },
  },
  {
    ...mse,
    id: "mse-no-two",
    what: "without the 2",
    why: "textbooks put ½ in front of the square, and PyTorch does not",
    cause: "factor 2",
    student: class extends MseToFill {
      backward(dy: NDArray | number = 1): NDArray {
        return this.x.sub(this.t).mul(share(dy, this.reduction, this.x.size));
      }
    },
  },
  {
    ...mse,
    id: "mse-mean-over-rows",
    what: "divided by the number of rows, not of elements",
    why: "N is the batch size everywhere else",
    cause: "other",
    student: class extends MseToFill {
      backward(dy: NDArray | number = 1): NDArray {
        const rows = this.x.shape[0] as number;
        return this.x
          .sub(this.t)
          .mul(2)
          .mul(share(dy, this.reduction, rows));
      }
    },
  },
  {
    ...mse,
    id: "mse-sign",
    what: "t − x",
    why: "the error is written target first, and (t − x)² hides it",
    cause: "sign",
    student: class extends MseToFill {
      backward(dy: NDArray | number = 1): NDArray {
        return this.t
          .sub(this.x)
          .mul(2)
          .mul(share(dy, this.reduction, this.x.size));
      }
    },
  },
  {
    ...mse,
    id: "mse-dy-ignored",
    what: "dy of a loss ignored",
    why: "a loss is the end of the chain, so dy seems to be always 1; it is not if the loss is scaled or one of two",
    cause: "upstream ignored",
    student: class extends MseToFill {
      backward(_dy: NDArray | number = 1): NDArray {
        const n = this.reduction === "mean" ? this.x.size : 1;
        return this.x.sub(this.t).mul(2 / n);
      }
    },
  },
  {
    ...mse,
    id: "mse-of-absolute",
    what: "the sign of the error only",
    why: "the derivative of |x − t|",
    student: class extends MseToFill {
      backward(dy: NDArray | number = 1): NDArray {
        return sign(this.x.sub(this.t))
          .mul(2)
          .mul(share(dy, this.reduction, this.x.size));
      }
    },
  },
  {
    ...mse,
    id: "mse-always-mean",
    what: "divided by N whatever the reduction",
    why: "written for the mean; sum and none came later",
    cause: "factor 1/N",
    student: class extends MseToFill {
      backward(dy: NDArray | number = 1): NDArray {
        const scalar = dy instanceof NDArray && this.reduction !== "none" ? dy.item() : dy;
        return this.x.sub(this.t).mul(2).mul(scalar).div(this.x.size);
      }
    },
  },
  {
    ...mse,
    id: "mse-first-size-for-ever",
    what: "divided by the size of the first batch",
    why: "N is stored once, in the first forward; the last batch of an epoch is smaller",
    fix: "N is that of the last forward",
    cause: "stale cache",
    expects: { quantity: "another batch size", says: /another size/ },
    student: class extends MseToFill {
      #size: number | null = null;
      override forward(x: NDArray, target: NDArray): NDArray {
        this.#size ??= x.size;
        return super.forward(x, target);
      }
      backward(dy: NDArray | number = 1): NDArray {
        return this.x
          .sub(this.t)
          .mul(2)
          .mul(share(dy, this.reduction, this.remembered(this.#size)));
      }
    },
  },
  {
    ...bce,
    id: "bce-sign",
    what: "(x − t) / (x (x − 1))",
    why: "the common denominator got one wrong sign",
    cause: "sign",
    student: class extends BceToFill {
      backward(dy: NDArray | number = 1): NDArray {
        const denominator = this.x.mul(this.x.sub(1));
        return this.x
          .sub(this.t)
          .div(denominator)
          .mul(share(dy, this.reduction, this.x.size));
      }
    },
  },
  {
    ...bce,
    id: "bce-of-logits",
    cause: "term missing",
    what: "x − t, which is the gradient for logits",
    why: "the famous (p − t) is right one layer further down",
    student: class extends BceToFill {
      backward(dy: NDArray | number = 1): NDArray {
        return this.x.sub(this.t).mul(share(dy, this.reduction, this.x.size));
      }
    },
  },
  {
    ...bce,
    id: "bce-one-term",
    cause: "term missing",
    what: "only −t / x",
    why: "the second term vanishes for t = 1, the only case that was tried",
    student: class extends BceToFill {
      backward(dy: NDArray | number = 1): NDArray {
        return this.t
          .div(this.x)
          .neg()
          .mul(share(dy, this.reduction, this.x.size));
      }
    },
  },
  {
    ...bce,
    id: "bce-second-sign",
    cause: "wrong term",
    what: "−t / x − (1 − t) / (1 − x)",
    why: "the inner derivative −1 of 1 − x is forgotten",
    student: class extends BceToFill {
      backward(dy: NDArray | number = 1): NDArray {
        const no = this.t.neg().add(1).div(this.x.neg().add(1));
        return this.t
          .div(this.x)
          .add(no)
          .neg()
          .mul(share(dy, this.reduction, this.x.size));
      }
    },
  },
  {
    ...bce,
    id: "bce-epsilon",
    what: "1e-5 added to the denominator",
    why: "a guard against 0 that forward does not have; it is up to 0.02 % off",
    student: class extends BceToFill {
      backward(dy: NDArray | number = 1): NDArray {
        const denominator = this.x.mul(this.x.neg().add(1)).add(1e-5);
        return this.x
          .sub(this.t)
          .div(denominator)
          .mul(share(dy, this.reduction, this.x.size));
      }
    },
  },
  {
    ...logits,
    id: "logits-sign",
    what: "wrong sign",
    why: "t − σ(x): the error is written target first",
    cause: "sign",
    student: class extends LogitsToFill {
      backward(dy: NDArray | number = 1): NDArray {
        return this.t.sub(sigmoid(this.x)).mul(share(dy, this.reduction, this.x.size));
      }
    },
  },
  {
    ...logits,
    id: "logits-no-mean",
    what: "σ(x) − t without 1/N",
    why: "the slide's formula is for one sample",
    cause: "factor N",
    student: class extends LogitsToFill {
      backward(dy: NDArray | number = 1): NDArray {
        const scalar = dy instanceof NDArray && this.reduction !== "none" ? dy.item() : dy;
        return sigmoid(this.x).sub(this.t).mul(scalar);
      }
    },
  },
  {
    ...logits,
    id: "logits-no-sigmoid",
    cause: "term missing",
    what: "x − t",
    why: "the x of this loss is a logit, not a probability",
    student: class extends LogitsToFill {
      backward(dy: NDArray | number = 1): NDArray {
        return this.x.sub(this.t).mul(share(dy, this.reduction, this.x.size));
      }
    },
  },
  {
    ...logits,
    id: "logits-sigmoid-twice",
    cause: "wrong term",
    what: "(σ(x) − t) · σ(x) (1 − σ(x))",
    why: "the sigmoid's slope is multiplied in, though σ − t already contains it",
    student: class extends LogitsToFill {
      backward(dy: NDArray | number = 1): NDArray {
        const p = sigmoid(this.x);
        const slope = p.mul(p.neg().add(1));
        return p
          .sub(this.t)
          .mul(slope)
          .mul(share(dy, this.reduction, this.x.size));
      }
    },
  },
  {
    ...logits,
    id: "logits-hard-decision",
    cause: "wrong term",
    what: "the decision (p > ½) − t instead of p − t",
    why: "that is the formula of the accuracy, and the perceptron's rule",
    student: class extends LogitsToFill {
      backward(dy: NDArray | number = 1): NDArray {
        const decided = where(this.x.greater(0), 1, this.x.mul(0));
        return decided.sub(this.t).mul(share(dy, this.reduction, this.x.size));
      }
    },
  },
];
