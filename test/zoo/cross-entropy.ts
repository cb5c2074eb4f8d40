import { CrossEntropyLoss } from "chalk-and-tape/manual";
import { exp, type NDArray, zeros } from "chalk-and-tape/np";
import { weightedTargets } from "#internal/contracts";
import { share } from "./elementwise-losses.ts";
import { alone, type Cause, type ZooEntry } from "./entry.ts";

function softmax(x: NDArray, axis: number = 1): NDArray {
  const e = exp(x.sub(x.max(axis, true)));
  return e.div(e.sum(axis, true));
}

/** Cross-entropy with a right forward, for a student's backward from p, the rows t and each row's share of dy. */
abstract class CrossEntropyToFill extends CrossEntropyLoss {
  protected x: NDArray = zeros([1]);
  #target: NDArray = zeros([1]);

  override forward(logits: NDArray, target: NDArray): NDArray {
    [this.x, this.#target] = [logits, target];
    return super.forward(logits, target);
  }
  override backward(dy: NDArray | number = 1): NDArray {
    return this.ofRows(softmax(this.x), this.t, this.each(dy, this.total));
  }
  /** The student's dx from p and t, both (N, C), and the share of dy that each row receives. */
  protected abstract ofRows(p: NDArray, t: NDArray, each: NDArray | number): NDArray;

  protected get n(): number {
    return this.x.shape[0] as number;
  }
  protected get classes(): number {
    return this.x.shape[1] as number;
  }
  /** Smoothed, weighted and without ignored rows, so that the mistakes below do not come from a missing option. */
  protected get t(): NDArray {
    return weightedTargets("", this.x, this.#target, this).t;
  }
  protected get total(): number {
    return weightedTargets("", this.x, this.#target, this).total;
  }
  protected each(dy: NDArray | number, count: number): NDArray | number {
    const each = share(dy, this.reduction, count);
    return typeof each === "number" ? each : each.reshape(this.t.sum(1, true).shape);
  }
}

/** (p · Σ t − t), the right gradient of one row before its share of dy. */
function difference(p: NDArray, t: NDArray): NDArray {
  return p.mul(t.sum(1, true)).sub(t);
}

const entry = {
  name: "CrossEntropyLoss",
  fix: "dlogits = (p · Σ t − t) · dy / N",
  cause: "other" as Cause,
  expects: { quantity: "x", says: alone },
};

/** Softmax cross entropy. */
export const crossEntropyZoo: readonly ZooEntry[] = [
  {
    ...entry,
    id: "ce-no-mean",
    what: "without 1/N",
    why: "p − t is the formula for one sample",
    cause: "factor N",
    student: class extends CrossEntropyToFill {
      protected ofRows(p: NDArray, t: NDArray, each: NDArray | number): NDArray {
        return difference(p, t)
          .mul(each)
          .mul(this.reduction === "mean" ? this.total : 1);
      }
    },
  },
  {
    ...entry,
    id: "ce-softmax-only",
    cause: "term missing",
    what: "softmax without − one-hot",
    why: "p[y] −= 1 was forgotten, or done on a copy",
    student: class extends CrossEntropyToFill {
      protected ofRows(p: NDArray, t: NDArray, each: NDArray | number): NDArray {
        return p.mul(t.sum(1, true)).mul(each);
      }
    },
  },
  {
    ...entry,
    id: "ce-by-a-hair",
    what: "all times 1.0005",
    why: "a constant rounded to three digits; PyTorch's gradcheck allows twice as much",
    student: class extends CrossEntropyToFill {
      protected ofRows(p: NDArray, t: NDArray, each: NDArray | number): NDArray {
        return difference(p, t).mul(each).mul(1.0005);
      }
    },
  },
  {
    ...entry,
    id: "ce-dy-ignored",
    what: "dy ignored",
    why: "a loss is the end of the chain, so dy seems to be always 1",
    cause: "upstream ignored",
    student: class extends CrossEntropyToFill {
      protected ofRows(p: NDArray, t: NDArray): NDArray {
        return difference(p, t).div(this.reduction === "mean" ? this.total : 1);
      }
    },
  },
  {
    ...entry,
    id: "ce-no-sum-term",
    cause: "term missing",
    what: "softmax's backward without its − Σ term: dx = p · dp",
    why: "each output is differentiated by its own logit as if the others did not share the denominator",
    student: class extends CrossEntropyToFill {
      protected ofRows(p: NDArray, t: NDArray, each: NDArray | number): NDArray {
        const dp = t.div(p).neg();
        return p.mul(dp).mul(each);
      }
    },
  },
  {
    ...entry,
    id: "ce-diagonal-only",
    what: "only the diagonal of softmax's Jacobian: p (1 − p) · dp",
    why: "softmax is differentiated as a sigmoid",
    student: class extends CrossEntropyToFill {
      protected ofRows(p: NDArray, t: NDArray, each: NDArray | number): NDArray {
        const dp = t.div(p).neg();
        return p.mul(p.neg().add(1)).mul(dp).mul(each);
      }
    },
  },
  {
    ...entry,
    id: "ce-of-probabilities",
    cause: "wrong term",
    what: "the gradient of the probabilities, −t / p",
    why: "softmax is left to a layer that does not exist",
    student: class extends CrossEntropyToFill {
      protected ofRows(p: NDArray, t: NDArray, each: NDArray | number): NDArray {
        return t.div(p).neg().mul(each);
      }
    },
  },
  {
    ...entry,
    id: "ce-sign",
    what: "t − p",
    why: "the error is written target first",
    cause: "sign",
    student: class extends CrossEntropyToFill {
      protected ofRows(p: NDArray, t: NDArray, each: NDArray | number): NDArray {
        return difference(p, t).neg().mul(each);
      }
    },
  },
  {
    ...entry,
    id: "ce-mean-over-elements",
    what: "divided by N · C",
    why: "mean() without an axis, as in the squared error",
    student: class extends CrossEntropyToFill {
      override backward(dy: NDArray | number = 1): NDArray {
        return this.ofRows(softmax(this.x), this.t, this.each(dy, this.n * this.classes));
      }
      protected ofRows(p: NDArray, t: NDArray, each: NDArray | number): NDArray {
        return difference(p, t).mul(each);
      }
    },
  },
  {
    ...entry,
    id: "ce-divided-by-classes",
    cause: "wrong count",
    what: "divided by the number of classes, not of rows",
    why: "shape[1] for shape[0]",
    student: class extends CrossEntropyToFill {
      override backward(dy: NDArray | number = 1): NDArray {
        return this.ofRows(softmax(this.x), this.t, this.each(dy, this.classes));
      }
      protected ofRows(p: NDArray, t: NDArray, each: NDArray | number): NDArray {
        return difference(p, t).mul(each);
      }
    },
  },
  {
    ...entry,
    id: "ce-one-from-every-row",
    what: "1 is subtracted from whole columns",
    why: "p[:, y] −= 1 is written for p[np.arange(N), y] −= 1",
    fix: "one element per row: p[np.arange(N), y] −= 1",
    student: class extends CrossEntropyToFill {
      protected ofRows(p: NDArray, t: NDArray, each: NDArray | number): NDArray {
        return p.mul(t.sum(1, true)).sub(t.max(0, true)).mul(each);
      }
    },
  },
  {
    ...entry,
    id: "ce-softmax-over-batch",
    cause: "wrong axis",
    what: "softmax over the batch",
    why: "axis 0 for axis 1",
    student: class extends CrossEntropyToFill {
      protected ofRows(_p: NDArray, t: NDArray, each: NDArray | number): NDArray {
        return difference(softmax(this.x, 0), t).mul(each);
      }
    },
  },
  {
    ...entry,
    id: "ce-softmax-twice",
    cause: "wrong term",
    what: "softmax of softmax",
    why: "the network ends in a softmax layer, and the loss applies softmax again",
    student: class extends CrossEntropyToFill {
      protected ofRows(p: NDArray, t: NDArray, each: NDArray | number): NDArray {
        return difference(softmax(p), t).mul(each);
      }
    },
  },
  {
    ...entry,
    id: "ce-target-sums-to-one",
    what: "p − t, also where a row of t does not sum to 1",
    why: "the short formula holds for probabilities only",
    student: class extends CrossEntropyToFill {
      protected ofRows(p: NDArray, t: NDArray, each: NDArray | number): NDArray {
        return p.sub(t).mul(each);
      }
    },
  },
  {
    ...entry,
    id: "ce-dy-averaged",
    what: "the average of dy for every row",
    why: "reduction none came later, and dy was turned into a number",
    student: class extends CrossEntropyToFill {
      protected ofRows(p: NDArray, t: NDArray, each: NDArray | number): NDArray {
        return difference(p, t).mul(typeof each === "number" ? each : each.mean());
      }
    },
  },
  {
    ...entry,
    id: "ce-labels-shifted",
    what: "classes counted from 1",
    why: "labels 1 … C in the file, 0 … C − 1 in the code",
    student: class extends CrossEntropyToFill {
      protected ofRows(p: NDArray, t: NDArray, each: NDArray | number): NDArray {
        const shifted = zeros(t.shape);
        const [from, to, classes] = [t.flat(), shifted.flat(), this.classes];
        const inner = t.size / this.n / classes;
        for (let i = 0; i < from.length; i++) {
          const c = Math.floor(i / inner) % classes;
          to[i + (((c + 1) % classes) - c) * inner] = from[i] as number;
        }
        return difference(p, shifted).mul(each);
      }
    },
  },
];
