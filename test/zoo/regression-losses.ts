import { HuberLoss, L1Loss, SmoothL1Loss } from "chalk-and-tape/manual";
import { abs, maximum, minimum, type NDArray, sign, where, zeros } from "chalk-and-tape/np";
import { share } from "./elementwise-losses.ts";
import { alone, type Cause, type ZooEntry } from "./entry.ts";

/** Losses of an error d = x − t with a right forward: a student writes ∂L/∂d of one element. */
abstract class L1ToFill extends L1Loss {
  protected d: NDArray = zeros([1]);
  override forward(x: NDArray, target: NDArray): NDArray {
    this.d = x.sub(target);
    return super.forward(x, target);
  }
  override backward(dy: NDArray | number = 1): NDArray {
    return this.slope(this.d).mul(share(dy, this.reduction, this.d.size));
  }
  protected abstract slope(d: NDArray): NDArray;
}
abstract class SmoothToFill extends SmoothL1Loss {
  #d: NDArray = zeros([1]);
  override forward(x: NDArray, target: NDArray): NDArray {
    this.#d = x.sub(target);
    return super.forward(x, target);
  }
  override backward(dy: NDArray | number = 1): NDArray {
    const slope = this.beta === 0 ? sign(this.#d) : this.slope(this.#d);
    return slope.mul(share(dy, this.reduction, this.#d.size));
  }
  protected abstract slope(d: NDArray): NDArray;
}
abstract class HuberToFill extends HuberLoss {
  #d: NDArray = zeros([1]);
  override forward(x: NDArray, target: NDArray): NDArray {
    this.#d = x.sub(target);
    return super.forward(x, target);
  }
  override backward(dy: NDArray | number = 1): NDArray {
    return this.slope(this.#d).mul(share(dy, this.reduction, this.#d.size));
  }
  protected abstract slope(d: NDArray): NDArray;
}
function clip(d: NDArray, limit: number): NDArray {
  return maximum(minimum(d, limit), -limit);
}

const l1 = {
  name: "L1Loss",
  fix: "dx = sign(x − t) · dy / number of elements, 0 where x = t",
  cause: "other" as Cause,
  expects: { quantity: "x", says: alone },
};
const smooth = { ...l1, name: "SmoothL1Loss", fix: "dx = clip(x − t, −β, β) / β · dy / number of elements" };
const huber = { ...l1, name: "HuberLoss", fix: "dx = clip(x − t, −δ, δ) · dy / number of elements" };

/** The absolute error and its two round tips. */
export const regressionLossesZoo: readonly ZooEntry[] = [
  {
    ...l1,
    id: "l1-sign",
    what: "sign(t − x)",
    why: "the error is written target first, and |t − x| hides it",
    cause: "sign",
    student: class extends L1ToFill {
      protected slope(d: NDArray): NDArray {
        return sign(d).neg();
      }
    },
  },
  {
    ...l1,
    id: "l1-of-square",
    cause: "wrong derivative",
    what: "x − t itself",
    why: "the squared error's gradient is kept when the loss is changed",
    student: class extends L1ToFill {
      protected slope(d: NDArray): NDArray {
        return d;
      }
    },
  },
  {
    ...l1,
    id: "l1-one-at-zero",
    what: "1 where x = t",
    why: "np.where(x >= t, 1, −1) leaves no place for 0",
    fix: "sign(x − t), which is 0 there",
    expects: { quantity: "x", says: alone },
    student: class extends L1ToFill {
      protected slope(d: NDArray): NDArray {
        return where(d.greaterEqual(0), 1, d.mul(0).sub(1));
      }
    },
  },
  {
    ...l1,
    id: "l1-divided-by-itself",
    what: "d / (|d| + 1e-8)",
    why: "a guard against 0 / 0, off by a hair everywhere",
    student: class extends L1ToFill {
      protected slope(d: NDArray): NDArray {
        return d.div(abs(d).add(1e-8));
      }
    },
  },
  {
    ...smooth,
    id: "smooth-l1-no-beta",
    what: "the square's slope without / β",
    why: "Fast R-CNN's formula has β = 1",
    student: class extends SmoothToFill {
      protected slope(d: NDArray): NDArray {
        return where(abs(d).less(this.beta), d, sign(d));
      }
    },
  },
  {
    ...smooth,
    id: "smooth-l1-huber",
    what: "Huber's slope: clipped, but not divided by β",
    why: "the two losses seem equal; they are for β = 1",
    student: class extends SmoothToFill {
      protected slope(d: NDArray): NDArray {
        return clip(d, this.beta);
      }
    },
  },
  {
    ...smooth,
    id: "smooth-l1-inside-out",
    what: "the two branches exchanged",
    why: "> for <",
    student: class extends SmoothToFill {
      protected slope(d: NDArray): NDArray {
        return where(abs(d).greater(this.beta), d.div(this.beta), sign(d));
      }
    },
  },
  {
    ...huber,
    id: "huber-no-delta",
    what: "the line's slope is ±1 instead of ±δ",
    why: "the derivative of |d| is remembered, its factor δ is not",
    student: class extends HuberToFill {
      protected slope(d: NDArray): NDArray {
        return where(abs(d).lessEqual(this.delta), d, sign(d));
      }
    },
  },
  {
    ...huber,
    id: "huber-square-everywhere",
    what: "d, never clipped",
    why: "backward does not have forward's second branch",
    student: class extends HuberToFill {
      protected slope(d: NDArray): NDArray {
        return d;
      }
    },
  },
  {
    ...huber,
    id: "huber-clipped-at-one",
    what: "clipped to −1 … 1 for every δ",
    why: "it was written when δ was 1",
    student: class extends HuberToFill {
      protected slope(d: NDArray): NDArray {
        return clip(d, 1);
      }
    },
  },
  {
    ...huber,
    id: "huber-clipped-after-dy",
    what: "d · dy clipped, instead of d",
    why: "the loss clips the gradient, so the gradient is clipped",
    student: class extends HuberToFill {
      override backward(dy: NDArray | number = 1): NDArray {
        const product = super.backward(dy);
        return clip(product, this.delta / (this.reduction === "mean" ? 12 : 1));
      }
      protected slope(d: NDArray): NDArray {
        return d;
      }
    },
  },
];
