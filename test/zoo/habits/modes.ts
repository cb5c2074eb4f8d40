import { Layer } from "chalk-and-tape/manual";
import { type NDArray, ones, sqrt, zeros } from "chalk-and-tape/np";
import type { HabitProgram } from "./habit.ts";

/** Batch normalisation with the right formulas. */
class BatchNormToFill extends Layer {
  gamma: NDArray;
  beta: NDArray;
  dGamma: NDArray | null = null;
  dBeta: NDArray | null = null;
  mean: NDArray;
  variance: NDArray;
  cache: { xhat: NDArray; std: NDArray; batch: boolean } | null = null;
  constructor(n: number) {
    super();
    this.gamma = ones([n]);
    this.beta = zeros([n]);
    this.mean = zeros([n]);
    this.variance = ones([n]);
  }
  update(mu: NDArray, v: NDArray, n: number): void {
    this.mean = this.mean.mul(0.9).add(mu.mul(0.1));
    this.variance = this.variance.mul(0.9).add(v.mul((0.1 * n) / (n - 1)));
  }
  statistics(): [mu: NDArray, std: NDArray] {
    return [this.mean, sqrt(this.variance.add(1e-5))];
  }
  get isTraining(): boolean {
    return this.training;
  }
  forward(x: NDArray): NDArray {
    let [mu, std] = this.statistics();
    if (this.isTraining) {
      mu = x.mean(0);
      const v = x.var(0);
      std = sqrt(v.add(1e-5));
      this.update(mu, v, x.shape[0] as number);
    }
    const xhat = x.sub(mu).div(std);
    this.cache = { xhat, std, batch: this.isTraining };
    return xhat.mul(this.gamma).add(this.beta);
  }
  backward(dy: NDArray): NDArray {
    const { xhat, std, batch } = this.cache as NonNullable<BatchNormToFill["cache"]>;
    this.dGamma = dy.mul(xhat).sum(0);
    this.dBeta = dy.sum(0);
    const g = dy.mul(this.gamma);
    return batch
      ? g
          .sub(g.mean(0))
          .sub(xhat.mul(g.mul(xhat).mean(0)))
          .div(std)
      : g.div(std);
  }
}

class CachedAtFirstEval extends BatchNormToFill {
  cached: [NDArray, NDArray] | null = null;
  override statistics(): [mu: NDArray, std: NDArray] {
    if (this.training) return super.statistics();
    this.cached ??= super.statistics();
    return this.cached;
  }
}
class NeverBack extends BatchNormToFill {
  frozen = false;
  override eval(): this {
    this.frozen = true;
    return super.eval();
  }
  override get isTraining(): boolean {
    return !this.frozen;
  }
}
class UpdatesInEval extends BatchNormToFill {
  override forward(x: NDArray): NDArray {
    const y = super.forward(x);
    if (!this.training) this.update(x.mean(0), x.var(0), x.shape[0] as number);
    return y;
  }
}
class OneStdForBoth extends BatchNormToFill {
  std: NDArray | null = null;
  override statistics(): [mu: NDArray, std: NDArray] {
    const [mu, std] = super.statistics();
    if (!this.training) this.std ??= std;
    return [mu, this.training ? std : (this.std ?? std)];
  }
}
class EvalBackwardForEver extends BatchNormToFill {
  evaluated = false;
  override forward(x: NDArray): NDArray {
    if (!this.training) this.evaluated = true;
    const y = super.forward(x);
    if (this.cache && this.evaluated) this.cache = { ...this.cache, batch: false };
    return y;
  }
}
class ResetsInTrain extends BatchNormToFill {
  override train(mode: boolean = true): this {
    if (mode && !this.training) this.mean = zeros(this.mean.shape);
    return super.train(mode);
  }
}

const kind = "alternating modes";
const says = /evaluation/;
export const alternatingModes: readonly HabitProgram[] = [
  {
    kind,
    what: "statistics cached at the first evaluation",
    name: "BatchNorm1d",
    student: CachedAtFirstEval,
    says,
  },
  { kind, what: "frozen from the first eval on", name: "BatchNorm1d", student: NeverBack, says },
  { kind, what: "statistics updated in evaluation", name: "BatchNorm1d", student: UpdatesInEval, says },
  { kind, what: "one σ for all evaluations", name: "BatchNorm1d", student: OneStdForBoth, says },
  {
    kind,
    what: "evaluation's backward from then on",
    name: "BatchNorm1d",
    student: EvalBackwardForEver,
    says,
  },
  { kind, what: "train() starts the mean again", name: "BatchNorm1d", student: ResetsInTrain, says },
];
