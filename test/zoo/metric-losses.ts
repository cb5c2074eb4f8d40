import {
  BCELoss,
  BCEWithLogitsLoss,
  CosineEmbeddingLoss,
  HingeEmbeddingLoss,
  KLDivLoss,
  MultiMarginLoss,
} from "chalk-and-tape/manual";
import {
  exp,
  gather,
  log,
  maximum,
  type NDArray,
  oneHot,
  sigmoid,
  sqrt,
  where,
  zeros,
} from "chalk-and-tape/np";
import { share } from "./elementwise-losses.ts";
import { alone, type Cause, type ZooEntry } from "./entry.ts";

/** dy / total as a factor of rows: a number, or (N, 1). */
function column(each: NDArray | number): NDArray | number {
  return typeof each === "number" ? each : each.reshape(-1, 1);
}

/** KL with a right forward; a student writes dx of x, t and its share of dy. */
abstract class KlToFill extends KLDivLoss {
  protected x: NDArray = zeros([1]);
  #target: NDArray = zeros([1]);
  override forward(x: NDArray, target: NDArray): NDArray {
    [this.x, this.#target] = [x, target];
    return super.forward(x, target);
  }
  override backward(dy: NDArray | number = 1): NDArray {
    const reduction = this.reduction === "batchmean" ? "mean" : this.reduction;
    return this.slope(this.x, this.#target).mul(share(dy, reduction, this.total));
  }
  protected get total(): number {
    return this.reduction === "batchmean" ? (this.x.shape[0] as number) : this.x.size;
  }
  protected abstract slope(x: NDArray, target: NDArray): NDArray;
}

/** The SVM's loss with a right forward; a student writes dx from the gaps margin − x[t] + x[j], the one-hot rows and dy's share. */
abstract class SvmToFill extends MultiMarginLoss {
  #x: NDArray = zeros([1]);
  #target: NDArray = zeros([1]);
  override forward(x: NDArray, target: NDArray): NDArray {
    [this.#x, this.#target] = [x, target];
    return super.forward(x, target);
  }
  override backward(dy: NDArray | number = 1): NDArray {
    const [n, classes] = this.#x.shape as [number, number];
    const own = this.#target.reshape(-1, 1);
    const gap = this.#x.sub(gather(this.#x, own, 1)).add(this.margin);
    const hot = oneHot(this.#target, classes, { dtype: "float64" });
    const weight = this.weight ? gather(this.weight, this.#target, 0).reshape(-1, 1) : 1;
    const each = column(share(dy, this.reduction, n));
    return this.ofGaps(gap, hot).mul(weight).mul(each).div(classes);
  }
  protected abstract ofGaps(gap: NDArray, hot: NDArray): NDArray;
  protected slope(violation: NDArray): NDArray {
    return this.p === 1 ? violation.greater(0).astype("float64") : violation.mul(2);
  }
  protected get rows(): number {
    return this.#x.shape[0] as number;
  }
}

abstract class HingeToFill extends HingeEmbeddingLoss {
  #x: NDArray = zeros([1]);
  #target: NDArray = zeros([1]);
  override forward(x: NDArray, target: NDArray): NDArray {
    [this.#x, this.#target] = [x, target];
    return super.forward(x, target);
  }
  override backward(dy: NDArray | number = 1): NDArray {
    return this.slope(this.#x, this.#target).mul(share(dy, this.reduction, this.#x.size));
  }
  protected abstract slope(x: NDArray, target: NDArray): NDArray;
}

/** The cosine's parts of one forward, rows (N, D) and columns (N, 1). */
interface Parts {
  readonly a: NDArray;
  readonly b: NDArray;
  readonly cosine: NDArray;
  readonly square1: NDArray;
  readonly square2: NDArray;
  /** −1 for alike rows, 1 for different ones beyond the margin, 0 else; times dy's share. */
  readonly dcosine: NDArray;
}
abstract class CosineToFill extends CosineEmbeddingLoss {
  #inputs: [NDArray, NDArray, NDArray] = [zeros([1]), zeros([1]), zeros([1])];
  override forward(x1: NDArray, x2: NDArray, target: NDArray): NDArray {
    this.#inputs = [x1, x2, target];
    return super.forward(x1, x2, target);
  }
  override backward(dy: NDArray | number = 1): [NDArray, NDArray] {
    const [a, b, target] = this.#inputs;
    const [square1, square2] = [a.mul(a).sum(1, true).add(1e-12), b.mul(b).sum(1, true).add(1e-12)];
    const cosine = a
      .mul(b)
      .sum(1, true)
      .div(sqrt(square1.mul(square2)));
    const away = cosine.sub(this.margin).greaterEqual(0).astype("float64");
    const each = column(share(dy, this.reduction, target.size));
    const dcosine = this.sides(target.reshape(-1, 1), away).mul(each);
    return this.ofParts({ a, b, cosine, square1, square2, dcosine });
  }
  protected sides(target: NDArray, away: NDArray): NDArray {
    return where(target.equal(1), -1, away);
  }
  protected ofParts({ a, b, cosine, square1, square2, dcosine }: Parts): [NDArray, NDArray] {
    const lengths = sqrt(square1.mul(square2));
    return [
      b.div(lengths).sub(a.mul(cosine).div(square1)).mul(dcosine),
      a.div(lengths).sub(b.mul(cosine).div(square2)).mul(dcosine),
    ];
  }
}

const entry = { cause: "other" as Cause, expects: { quantity: "x", says: alone } };
const kl = { ...entry, name: "KLDivLoss", fix: "dx = −t · dy / total, t = exp(target) with logTarget" };
const svm = {
  ...entry,
  name: "MultiMarginLoss",
  fix: "dx[j] = w / C where j is not t and the margin is violated, dx[t] = −Σ dx[j]",
};
const hinge = {
  ...entry,
  name: "HingeEmbeddingLoss",
  fix: "dx = 1 where t = 1, −1 where t = −1 and x ≤ margin",
};
const cosine = {
  ...entry,
  name: "CosineEmbeddingLoss",
  fix: "dcos/da = b / (|a| |b|) − cos · a / |a|², and the same for b",
};

/** Losses that compare distributions, scores and vectors. */
export const metricLossesZoo: readonly ZooEntry[] = [
  {
    ...kl,
    id: "kl-swapped",
    what: "the gradient of KL(eˣ ‖ t), arguments swapped",
    why: "KL(p ‖ q) is not symmetric, and libraries do not agree on the order",
    student: class extends KlToFill {
      protected slope(x: NDArray, target: NDArray): NDArray {
        const logT = this.logTarget ? target : log(maximum(target, 1e-30));
        return exp(x).mul(x.sub(logT).add(1));
      }
    },
  },
  {
    ...kl,
    id: "kl-of-probabilities",
    cause: "wrong term",
    what: "−t / eˣ, as if x were probabilities",
    why: "Σ t log(t / q) is differentiated by q, but x is log q here",
    student: class extends KlToFill {
      protected slope(x: NDArray, target: NDArray): NDArray {
        return (this.logTarget ? exp(target) : target).div(exp(x)).neg();
      }
    },
  },
  {
    ...kl,
    id: "kl-log-target-as-it-is",
    what: "with logTarget the target is not exponentiated",
    why: "the option is handled in forward only",
    student: class extends KlToFill {
      protected slope(_x: NDArray, target: NDArray): NDArray {
        return target.neg();
      }
    },
  },
  {
    ...kl,
    id: "kl-softmax",
    cause: "wrong term",
    what: "eˣ − t",
    why: "that is the gradient for logits, of LogSoftmax and KL together",
    student: class extends KlToFill {
      protected slope(x: NDArray, target: NDArray): NDArray {
        return exp(x).sub(this.logTarget ? exp(target) : target);
      }
    },
  },
  {
    ...kl,
    id: "kl-mean-is-batchmean",
    what: "a mean divides by the number of rows, as batchmean does",
    why: "that is the true divergence, which PyTorch's mean is not",
    student: class extends KlToFill {
      protected override get total(): number {
        return this.x.shape[0] as number;
      }
      protected slope(_x: NDArray, target: NDArray): NDArray {
        return (this.logTarget ? exp(target) : target).neg();
      }
    },
  },
  {
    ...svm,
    id: "svm-target-counted",
    what: "the target's own class counts as a violation",
    why: "margin − x[t] + x[t] = margin > 0, because the loop does not skip j = t",
    student: class extends SvmToFill {
      protected ofGaps(gap: NDArray, hot: NDArray): NDArray {
        const slope = this.slope(maximum(gap, 0));
        return slope.sub(hot.mul(slope.sub(hot.mul(slope)).sum(1, true)));
      }
    },
  },
  {
    ...svm,
    id: "svm-target-not-pushed",
    what: "the target's score receives nothing",
    why: "x[t] is in every term, but backward's loop never writes to it",
    student: class extends SvmToFill {
      protected ofGaps(gap: NDArray, hot: NDArray): NDArray {
        return this.slope(where(hot, 0, maximum(gap, 0)));
      }
    },
  },
  {
    ...svm,
    id: "svm-target-pushed-once",
    what: "the target's score receives −1, not −(number of violations)",
    why: "the factor in CS231n's formula, the number of violated margins, is forgotten",
    student: class extends SvmToFill {
      protected ofGaps(gap: NDArray, hot: NDArray): NDArray {
        const slope = this.slope(where(hot, 0, maximum(gap, 0)));
        return slope.sub(hot.mul(slope.max(1, true)));
      }
    },
  },
  {
    ...svm,
    id: "svm-mask-at-margin",
    expects: { quantity: "x", says: /the convention for this kink decides/ },
    what: "margin − x[t] + x[j] ≥ 0 for > 0",
    why: "a tie counts as a violation; PyTorch's inequality is strict",
    student: class extends SvmToFill {
      protected ofGaps(gap: NDArray, hot: NDArray): NDArray {
        const others = hot.neg().add(1);
        const slope = this.p === 1 ? gap.greaterEqual(0).astype("float64") : maximum(gap, 0).mul(2);
        const violated = slope.mul(others);
        return violated.sub(hot.mul(violated.sum(1, true)));
      }
    },
  },
  {
    ...svm,
    id: "svm-square-without-gap",
    what: "p = 2 with the slope of p = 1",
    why: "the option is handled in forward only",
    student: class extends SvmToFill {
      protected ofGaps(gap: NDArray, hot: NDArray): NDArray {
        const violated = where(hot, 0, gap.greater(0).astype("float64"));
        return violated.sub(hot.mul(violated.sum(1, true)));
      }
    },
  },
  {
    ...svm,
    id: "svm-weights-in-the-mean",
    what: "a weighted mean divided by the sum of the weights",
    why: "NLLLoss does so; MultiMarginLoss divides by N",
    student: class extends SvmToFill {
      protected ofGaps(gap: NDArray, hot: NDArray): NDArray {
        const slope = this.slope(where(hot, 0, maximum(gap, 0)));
        const right = slope.sub(hot.mul(slope.sum(1, true)));
        if (!this.weight || this.reduction !== "mean") return right;
        return right.mul(this.rows).div(hot.matmul(this.weight.reshape(-1, 1)).sum());
      }
    },
  },
  {
    ...hinge,
    id: "hinge-sign-forgotten",
    what: "+1 where different pairs are too close",
    why: "the inner derivative −1 of margin − x is forgotten",
    student: class extends HingeToFill {
      protected slope(x: NDArray, target: NDArray): NDArray {
        return where(target.equal(1), 1, x.lessEqual(this.margin).astype("float64"));
      }
    },
  },
  {
    ...hinge,
    id: "hinge-never-content",
    what: "−1 for all different pairs, even far beyond the margin",
    why: "the max(0, …) of forward has no mask in backward",
    student: class extends HingeToFill {
      protected slope(_x: NDArray, target: NDArray): NDArray {
        return target;
      }
    },
  },
  {
    ...hinge,
    id: "hinge-margin-one",
    what: "the mask is x ≤ 1 whatever the margin",
    why: "it was written for the default",
    student: class extends HingeToFill {
      protected slope(x: NDArray, target: NDArray): NDArray {
        return where(target.equal(1), 1, x.lessEqual(1).astype("float64").neg());
      }
    },
  },
  {
    ...hinge,
    id: "hinge-mask-strict",
    what: "x < margin for x ≤ margin",
    why: "that is ReLU's mask; PyTorch's clamp passes dy at its bound",
    student: class extends HingeToFill {
      protected slope(x: NDArray, target: NDArray): NDArray {
        return where(target.equal(1), 1, x.less(this.margin).astype("float64").neg());
      }
    },
  },
  {
    ...cosine,
    id: "cosine-second-forgotten",
    what: "only dx1 is returned",
    why: "x2 is seen as a target, as in other losses; a siamese network would lose half of its gradient",
    cause: "zero",
    expects: { quantity: "x2", says: /backward returned no dx2/ },
    student: class extends CosineToFill {
      protected override ofParts(parts: Parts): [NDArray, NDArray] {
        return [super.ofParts(parts)[0]] as unknown as [NDArray, NDArray];
      }
    },
  },
  {
    ...cosine,
    id: "cosine-second-zero",
    what: "dx2 is 0",
    why: "someone froze the second branch and left it so",
    cause: "zero",
    expects: { quantity: "x2", says: /is 0 everywhere/ },
    student: class extends CosineToFill {
      protected override ofParts(parts: Parts): [NDArray, NDArray] {
        return [super.ofParts(parts)[0], parts.b.mul(0)];
      }
    },
  },
  {
    ...cosine,
    id: "cosine-no-projection",
    what: "b / (|a| |b|) only",
    why: "the lengths are treated as constants; the component along a must be subtracted",
    student: class extends CosineToFill {
      protected override ofParts({ a, b, square1, square2, dcosine }: Parts): [NDArray, NDArray] {
        const lengths = sqrt(square1.mul(square2));
        return [b.div(lengths).mul(dcosine), a.div(lengths).mul(dcosine)];
      }
    },
  },
  {
    ...cosine,
    id: "cosine-unit-vectors",
    what: "b − cos · a, right for vectors of length 1",
    why: "it was derived for normalised inputs",
    student: class extends CosineToFill {
      protected override ofParts({ a, b, cosine: c, dcosine }: Parts): [NDArray, NDArray] {
        return [b.sub(a.mul(c)).mul(dcosine), a.sub(b.mul(c)).mul(dcosine)];
      }
    },
  },
  {
    ...cosine,
    id: "cosine-always-apart",
    what: "different rows are pushed even beyond the margin",
    why: "the max(0, …) of forward has no mask in backward",
    student: class extends CosineToFill {
      protected override sides(target: NDArray): NDArray {
        return target.astype("float64").neg();
      }
    },
  },
  {
    ...entry,
    id: "bce-weight-in-the-mean",
    name: "BCELoss",
    what: "a weighted mean divided by the sum of the weights",
    why: "NLLLoss does so; BCELoss divides by the number of elements",
    fix: "divide by the number of elements, with or without weights",
    student: class extends BCELoss {
      override backward(dy: NDArray | number = 1): NDArray {
        const dx = super.backward(dy);
        return this.weight && this.reduction === "mean" ? dx.div(this.weight.mean()) : dx;
      }
    },
  },
  {
    ...entry,
    id: "bce-weight-forgotten",
    name: "BCELoss",
    what: "the weight is in forward only",
    why: "it is an option, and backward was written before it",
    fix: "multiply dx by the weight",
    student: class extends BCELoss {
      override backward(dy: NDArray | number = 1): NDArray {
        const dx = super.backward(dy);
        return this.weight ? dx.div(this.weight) : dx;
      }
    },
  },
  ...posWeightZoo(),
];

/** Mistakes with posWeight: q stands before the positive term only. */
function posWeightZoo(): ZooEntry[] {
  const logits = {
    ...entry,
    name: "BCEWithLogitsLoss",
    fix: "dx = (σ(x) (q t + 1 − t) − q t) · dy / number of elements",
  };
  abstract class LogitsToWeigh extends BCEWithLogitsLoss {
    #x: NDArray = zeros([1]);
    #t: NDArray = zeros([1]);
    override forward(x: NDArray, target: NDArray): NDArray {
      [this.#x, this.#t] = [x, target];
      return super.forward(x, target);
    }
    override backward(dy: NDArray | number = 1): NDArray {
      if (!this.posWeight) return super.backward(dy);
      const dx = this.ofWeighted(sigmoid(this.#x), this.#t, this.posWeight);
      return dx.mul(this.weight ?? 1).mul(share(dy, this.reduction, this.#x.size));
    }
    protected abstract ofWeighted(p: NDArray, t: NDArray, q: NDArray): NDArray;
  }
  return [
    {
      ...logits,
      id: "logits-pos-weight-on-both",
      what: "posWeight multiplies everything, (σ − t) q",
      why: "a weight is a factor; this one belongs to the positive term alone",
      student: class extends LogitsToWeigh {
        protected ofWeighted(p: NDArray, t: NDArray, q: NDArray): NDArray {
          return p.sub(t).mul(q);
        }
      },
    },
    {
      ...logits,
      id: "logits-pos-weight-on-the-negative",
      what: "posWeight on the negative term",
      why: "(1 − t) and t are exchanged",
      student: class extends LogitsToWeigh {
        protected ofWeighted(p: NDArray, t: NDArray, q: NDArray): NDArray {
          const no = t.neg().add(1).mul(q);
          return p.mul(t.add(no)).sub(t);
        }
      },
    },
    {
      ...logits,
      id: "logits-pos-weight-on-target",
      what: "σ(x) − q t",
      why: "q is only put before t; σ(x) needs the factor q t + 1 − t as well",
      student: class extends LogitsToWeigh {
        protected ofWeighted(p: NDArray, t: NDArray, q: NDArray): NDArray {
          return p.sub(t.mul(q));
        }
      },
    },
  ];
}
