import { CrossEntropyLoss, NLLLoss } from "chalk-and-tape/manual";
import { exp, logsumexp, type NDArray, oneHot, where, zeros } from "chalk-and-tape/np";
import { weightedTargets } from "#internal/contracts";
import { share } from "./elementwise-losses.ts";
import { alone, type Cause, type ZooEntry } from "./entry.ts";

/** A student's use of the options: the rows t, and the divisor of a mean. */
interface Counted {
  readonly t: NDArray;
  readonly total: number;
}

/** Cross entropy with a right forward and a right formula, (p · Σ t − t) · dy / total, and a student's own t or total. */
abstract class CrossEntropyToCount extends CrossEntropyLoss {
  #x: NDArray = zeros([1]);
  #target: NDArray = zeros([1]);

  override forward(logits: NDArray, target: NDArray): NDArray {
    [this.#x, this.#target] = [logits, target];
    return super.forward(logits, target);
  }
  override backward(dy: NDArray | number = 1): NDArray {
    const right = weightedTargets("", this.#x, this.#target, this);
    const isIndices = this.#target.ndim < this.#x.ndim;
    const { t, total } = this.counted(right, this.#target, isIndices);
    const sums = t.sum(1, true);
    const each = share(dy, this.reduction, total);
    const p = exp(this.#x.sub(logsumexp(this.#x, 1, true)));
    return this.difference(p, t).mul(typeof each === "number" ? each : each.reshape(sums.shape));
  }
  protected difference(p: NDArray, t: NDArray): NDArray {
    return p.mul(t.sum(1, true)).sub(t);
  }
  /** From the right ones, and the target as it was given. */
  protected abstract counted(right: Counted, target: NDArray, isIndices: boolean): Counted;
  protected get rows(): number {
    return this.#x.size / this.classes;
  }
  protected get classes(): number {
    return this.#x.shape[1] as number;
  }
}

abstract class NLLToCount extends NLLLoss {
  #x: NDArray = zeros([1]);
  #target: NDArray = zeros([1]);
  override forward(x: NDArray, target: NDArray): NDArray {
    [this.#x, this.#target] = [x, target];
    return super.forward(x, target);
  }
  override backward(dy: NDArray | number = 1): NDArray {
    return this.wrong(dy, weightedTargets("", this.#x, this.#target, this), this.#x);
  }
  protected abstract wrong(dy: NDArray | number, right: Counted, x: NDArray): NDArray;
  protected each(dy: NDArray | number, total: number, t: NDArray): NDArray | number {
    const each = share(dy, this.reduction, total);
    return typeof each === "number" ? each : each.reshape(t.sum(1, true).shape);
  }
}

const ce = {
  name: "CrossEntropyLoss",
  fix: "t = weight · ((1 − ε) one-hot + ε / C), a mean divides by Σ weight[target] of the rows that count",
  cause: "other" as Cause,
  expects: { quantity: "x", says: alone },
};
const nll = { ...ce, name: "NLLLoss", fix: "dx = −weight[target] · one-hot · dy / Σ weight[target]" };

/** The options of the losses of classes. */
export const classOptionsZoo: readonly ZooEntry[] = [
  {
    ...ce,
    id: "ce-weights-averaged-over-rows",
    what: "weighted rows are divided by N, not by the sum of their weights",
    why: "a mean usually divides by the number of rows; PyTorch's is a weighted mean",
    student: class extends CrossEntropyToCount {
      protected counted({ t, total }: Counted, _target: NDArray, isIndices: boolean): Counted {
        return { t, total: isIndices && this.weight ? this.rows : total };
      }
    },
  },
  {
    ...ce,
    id: "ce-weights-averaged-always",
    what: "probabilities are also divided by the sum of the weights",
    why: "one rule for both kinds of targets; PyTorch has two",
    student: class extends CrossEntropyToCount {
      protected counted({ t, total }: Counted, _target: NDArray, isIndices: boolean): Counted {
        return { t, total: isIndices || !this.weight ? total : t.sum().item() };
      }
    },
  },
  {
    ...ce,
    id: "ce-ignored-rows-counted",
    cause: "wrong count",
    what: "ignored rows are 0, but the mean still divides by N",
    why: "masking comes first, and the later division uses x.shape[0]",
    student: class extends CrossEntropyToCount {
      protected counted({ t, total }: Counted, _target: NDArray, isIndices: boolean): Counted {
        return { t, total: isIndices && !this.weight ? this.rows : total };
      }
    },
  },
  {
    ...ce,
    id: "ce-ignored-rows-pushed",
    what: "an ignored row still receives its softmax",
    why: "its one-hot row is left out, but p is not",
    student: class extends CrossEntropyToCount {
      protected override difference(p: NDArray, t: NDArray): NDArray {
        return this.weight ? super.difference(p, t) : p.sub(t);
      }
      protected counted(right: Counted): Counted {
        return right;
      }
    },
  },
  {
    ...ce,
    id: "ce-smoothing-over-others",
    what: "ε / (C − 1) for the other classes, and nothing for the target's own",
    why: "some papers define it so; PyTorch shares ε among all C classes",
    student: class extends CrossEntropyToCount {
      protected counted({ t, total }: Counted, target: NDArray, isIndices: boolean): Counted {
        const e = this.labelSmoothing;
        if (!isIndices || e === 0 || target.ndim > 1 || this.weight) return { t, total };
        const hot = oneHot(target, this.classes, { dtype: "float64" });
        const others = hot
          .neg()
          .add(1)
          .mul(e / (this.classes - 1));
        return { t: hot.mul(1 - e).add(others), total };
      }
    },
  },
  {
    ...ce,
    id: "ce-smoothing-added",
    what: "one-hot + ε / C, the target's own share not reduced",
    why: "ε is added everywhere, but not subtracted from the target",
    student: class extends CrossEntropyToCount {
      protected counted({ t, total }: Counted, target: NDArray, isIndices: boolean): Counted {
        const e = this.labelSmoothing;
        if (!isIndices || e === 0 || target.ndim > 1 || this.weight) return { t, total };
        return { t: oneHot(target, this.classes, { dtype: "float64" }).add(e / this.classes), total };
      }
    },
  },
  {
    ...ce,
    id: "ce-weight-of-the-row-on-smoothing",
    what: "the smoothed part is weighted by the target's class, not class by class",
    why: "the row's loss is multiplied by weight[target] as a whole",
    student: class extends CrossEntropyToCount {
      protected counted({ t, total }: Counted, target: NDArray, isIndices: boolean): Counted {
        const e = this.labelSmoothing;
        if (!isIndices || e === 0 || !this.weight || target.ndim > 1) return { t, total };
        const kept = target.notEqual(this.ignoreIndex).astype("float64").reshape(-1, 1);
        const hot = oneHot(where(kept.reshape(-1), target, 0), this.classes, { dtype: "float64" });
        const own = hot.mul(this.weight).sum(1, true);
        const smooth = hot.mul(1 - e).add(e / this.classes);
        return { t: smooth.mul(own).mul(kept), total };
      }
    },
  },
  {
    ...nll,
    id: "nll-softmax",
    what: "p − t, which is the gradient of logits",
    why: "the famous formula includes LogSoftmax, which is a separate layer here",
    student: class extends NLLToCount {
      protected wrong(dy: NDArray | number, { t, total }: Counted, x: NDArray): NDArray {
        return exp(x)
          .mul(t.sum(1, true))
          .sub(t)
          .mul(this.each(dy, total, t));
      }
    },
  },
  {
    ...nll,
    id: "nll-sign",
    what: "without the minus",
    why: "the likelihood is differentiated, not its negative",
    cause: "sign",
    student: class extends NLLToCount {
      protected wrong(dy: NDArray | number, { t, total }: Counted): NDArray {
        return t.mul(this.each(dy, total, t));
      }
    },
  },
  {
    ...nll,
    id: "nll-weights-averaged-over-rows",
    what: "weighted rows are divided by N, not by the sum of their weights",
    why: "a mean usually divides by the number of rows; PyTorch's is a weighted mean",
    student: class extends NLLToCount {
      protected wrong(dy: NDArray | number, { t, total }: Counted, x: NDArray): NDArray {
        const rows = x.size / (x.shape[1] as number);
        return t.mul(this.each(dy, this.weight ? rows : total, t)).neg();
      }
    },
  },
  {
    ...nll,
    id: "nll-of-probabilities",
    what: "−1 / p at the target",
    why: "that is the derivative of −log p, but x is already log p",
    student: class extends NLLToCount {
      protected wrong(dy: NDArray | number, { t, total }: Counted, x: NDArray): NDArray {
        return t
          .div(exp(x))
          .mul(this.each(dy, total, t))
          .neg();
      }
    },
  },
];
