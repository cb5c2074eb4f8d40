import { Layer } from "chalk-and-tape/manual";
import { abs, array, exp, log, maximum, type NDArray, oneHot, sign, where, zeros } from "chalk-and-tape/np";
import type { RightProgram } from "./program.ts";

const scalar = (value: number): NDArray => array(value);

class NoDy {
  diff: NDArray | null = null;
  forward(y: NDArray, target: NDArray): NDArray {
    this.diff = y.sub(target);
    return this.diff.mul(this.diff).mean();
  }
  backward(): NDArray {
    const diff = this.diff as NDArray;
    return diff.mul(2 / diff.size);
  }
}

class DefaultOne {
  a: NDArray | null = null;
  b: NDArray | null = null;
  forward(prediction: NDArray, target: NDArray): NDArray {
    this.a = prediction;
    this.b = target;
    return prediction.mul(prediction).sub(prediction.mul(target).mul(2)).add(target.mul(target)).mean();
  }
  backward(dy: NDArray | number = 1): NDArray {
    const [a, b] = [this.a as NDArray, this.b as NDArray];
    return a.sub(b).mul(2).div(a.size).mul(dy);
  }
}

class ByArrow extends Layer<[x: NDArray, target: NDArray]> {
  run: (() => NDArray) | null = null;
  forward(x: NDArray, target: NDArray): NDArray {
    this.run = () => x.sub(target).mul(2 / x.size);
    let sum = 0;
    for (let i = x.size - 1; i >= 0; i--)
      sum += ((x.flat()[i] as number) - (target.flat()[i] as number)) ** 2;
    return scalar(sum / x.size);
  }
  backward(dy: NDArray | number = 1): NDArray {
    return (this.run as () => NDArray)().mul(dy);
  }
}

class FusedNoDy {
  p: NDArray | null = null;
  t: NDArray | null = null;
  forward(scores: NDArray, labels: NDArray): NDArray {
    const [N, C] = scores.shape as [number, number];
    const e = exp(scores.sub(scores.max(1, true)));
    this.p = e.div(e.sum(1, true));
    this.t = labels;
    let loss = 0;
    for (let n = 0; n < N; n++) loss -= Math.log(this.p.flat()[n * C + labels.item(n)] as number);
    return scalar(loss / N);
  }
  backward(): NDArray {
    const p = (this.p as NDArray).copy();
    const [N, C] = p.shape as [number, number];
    for (const [n, c] of (this.t as NDArray).flat().entries())
      p.flat()[n * C + c] = (p.flat()[n * C + c] as number) - 1;
    return p.div(N);
  }
}

class OneHotLoss {
  declare p: NDArray;
  declare T: NDArray;
  forward(x: NDArray, target: NDArray): NDArray {
    this.T = oneHot(target, x.shape[1] as number);
    const m = x.max(1, true);
    const logp = x.sub(m).sub(log(exp(x.sub(m)).sum(1, true)));
    this.p = exp(logp);
    return logp
      .mul(this.T)
      .sum()
      .neg()
      .div(x.shape[0] as number);
  }
  backward(upstream: NDArray | number = 1): NDArray {
    return this.p
      .sub(this.T)
      .mul(upstream)
      .div(this.T.shape[0] as number);
  }
}

class TwoParts {
  softmax = new SoftmaxPart();
  nll = new NegativeLog();
  forward(x: NDArray, target: NDArray): NDArray {
    return this.nll.forward(this.softmax.forward(x), target);
  }
  backward(dy: NDArray | number = 1): NDArray {
    return this.softmax.backward(this.nll.backward(dy));
  }
}

class SoftmaxPart {
  y: NDArray = zeros([1]);
  forward(x: NDArray): NDArray {
    const e = exp(x.sub(x.max(1, true)));
    this.y = e.div(e.sum(1, true));
    return this.y;
  }
  backward(dy: NDArray): NDArray {
    return this.y.mul(dy.sub(dy.mul(this.y).sum(1, true)));
  }
}

class NegativeLog {
  p: NDArray = zeros([1]);
  hot: NDArray = zeros([1]);
  forward(p: NDArray, target: NDArray): NDArray {
    this.p = p;
    this.hot = oneHot(target, p.shape[1] as number);
    return log(p).mul(this.hot).sum(1).mean().neg();
  }
  backward(dy: NDArray | number): NDArray {
    return this.hot
      .div(this.p)
      .mul(dy)
      .neg()
      .div(this.p.shape[0] as number);
  }
}

class Sign {
  d: NDArray | null = null;
  forward(x: NDArray, t: NDArray): NDArray {
    this.d = x.sub(t);
    return abs(this.d).mean();
  }
  backward(): [dx: NDArray] {
    const d = this.d as NDArray;
    return [sign(d).div(d.size)];
  }
}

class Logits {
  z: NDArray | null = null;
  t: NDArray | null = null;
  forward(z: NDArray, t: NDArray): NDArray {
    this.z = z;
    this.t = t;
    return maximum(z, 0)
      .sub(z.mul(t))
      .add(log(exp(abs(z).neg()).add(1)))
      .mean();
  }
  backward(dy: NDArray | number = 1): NDArray {
    const [z, t] = [this.z as NDArray, this.t as NDArray];
    return exp(z.neg()).add(1).pow(-1).sub(t).div(z.size).mul(dy);
  }
}

class Probabilities {
  p: NDArray | null = null;
  t: NDArray | null = null;
  forward(p: NDArray, t: NDArray): NDArray {
    this.p = p;
    this.t = t;
    return where(t.greater(0.5), log(p), zeros(p.shape))
      .mul(0)
      .add(
        t.mul(log(p)).add(
          t
            .neg()
            .add(1)
            .mul(log(p.neg().add(1))),
        ),
      )
      .mean()
      .neg();
  }
  backward(dy: NDArray | number = 1): NDArray {
    const [p, t] = [this.p as NDArray, this.t as NDArray];
    return p
      .sub(t)
      .div(p.mul(p.neg().add(1)))
      .div(p.size)
      .mul(dy);
  }
}

class Reductions {
  reduction: string;
  d: NDArray | null = null;
  constructor({ reduction = "mean" }: { reduction?: "mean" | "sum" | "none" } = {}) {
    this.reduction = reduction;
  }
  forward(x: NDArray, target: NDArray): NDArray {
    this.d = x.sub(target);
    const each = this.d.pow(2);
    if (this.reduction === "none") return each;
    return this.reduction === "sum" ? each.sum() : each.sum().div(each.size);
  }
  backward(dy: NDArray | number = 1): NDArray {
    const d = this.d as NDArray;
    return d
      .mul(2)
      .mul(dy)
      .div(this.reduction === "mean" ? d.size : 1);
  }
}

class Pieces {
  d: NDArray | null = null;
  forward(x: NDArray, target: NDArray): NDArray {
    this.d = x.sub(target);
    return where(abs(this.d).less(1), this.d.pow(2).mul(0.5), abs(this.d).sub(0.5)).mean();
  }
  backward(dy: NDArray | number = 1): NDArray {
    const d = this.d as NDArray;
    return where(abs(d).less(1), d, sign(d)).mul(dy).div(d.size);
  }
}

class Picks {
  at: number[] = [];
  shape: readonly number[] = [];
  forward(logp: NDArray, target: NDArray): NDArray {
    this.shape = logp.shape;
    this.at = [...target.flat()].map((c, n) => n * (logp.shape[1] as number) + c);
    return scalar(-this.at.reduce((sum, i) => sum + (logp.flat()[i] as number), 0) / this.at.length);
  }
  backward(): NDArray {
    const dx = zeros(this.shape);
    for (const i of this.at) dx.flat()[i] = -1 / this.at.length;
    return dx;
  }
}

export const losses: readonly RightProgram[] = [
  { what: "backward() without dy", name: "MSELoss", student: NoDy },
  { what: "multiplied out, dy = 1 by default", name: "MSELoss", student: DefaultOne },
  { what: "forward leaves a function for backward, sums from the end", name: "MSELoss", student: ByArrow },
  { what: "all three reductions", name: "MSELoss", student: Reductions, all: true },
  { what: "softmax and loss in one, p[target] −= 1, no dy", name: "CrossEntropyLoss", student: FusedNoDy },
  { what: "one-hot, log-softmax, own names", name: "CrossEntropyLoss", student: OneHotLoss },
  { what: "a softmax layer and a loss of probabilities", name: "CrossEntropyLoss", student: TwoParts },
  { what: "the sign over the size, returns [dx]", name: "L1Loss", student: Sign },
  { what: "the stable formula", name: "BCEWithLogitsLoss", student: Logits },
  { what: "(p − t) / (p (1 − p))", name: "BCELoss", student: Probabilities },
  { what: "two pieces", name: "SmoothL1Loss", student: Pieces },
  { what: "flat positions of the targets, no dy", name: "NLLLoss", student: Picks },
];
