import { ELU, Hardtanh, LeakyReLU, PReLU, SELU } from "chalk-and-tape/manual";
import { abs, exp, type NDArray, where } from "chalk-and-tape/np";
import { alone, type Cause, type ZooEntry } from "./entry.ts";

/** Right forwards, to write a backward for. */
abstract class LeakyReLUToFill extends LeakyReLU {
  #x: NDArray | null = null;
  override forward(x: NDArray): NDArray {
    this.#x = x;
    return super.forward(x);
  }
  protected get x(): NDArray {
    return this.remembered(this.#x);
  }
  abstract override backward(dy: NDArray): NDArray;
}
abstract class ELUToFill extends ELU {
  #x: NDArray | null = null;
  override forward(x: NDArray): NDArray {
    this.#x = x;
    return super.forward(x);
  }
  protected get x(): NDArray {
    return this.remembered(this.#x);
  }
  abstract override backward(dy: NDArray): NDArray;
}
abstract class SELUToFill extends SELU {
  #x: NDArray | null = null;
  override forward(x: NDArray): NDArray {
    this.#x = x;
    return super.forward(x);
  }
  protected get x(): NDArray {
    return this.remembered(this.#x);
  }
  abstract override backward(dy: NDArray): NDArray;
}
abstract class HardtanhToFill extends Hardtanh {
  #x: NDArray | null = null;
  override forward(x: NDArray): NDArray {
    this.#x = x;
    return super.forward(x);
  }
  protected get x(): NDArray {
    return this.remembered(this.#x);
  }
  abstract override backward(dy: NDArray): NDArray;
}
abstract class PReLUToFill extends PReLU {
  #x: NDArray | null = null;
  override forward(x: NDArray): NDArray {
    this.#x = x;
    return super.forward(x);
  }
  protected get x(): NDArray {
    return this.remembered(this.#x);
  }
  /** The slope's gradient before the sum, as if each element had its own slope. */
  protected own(dy: NDArray): NDArray {
    return where(this.x.greater(0), 0, dy.mul(this.x));
  }
  /** The right dx, for mistakes that spoil only the slopes. */
  protected dx(dy: NDArray): NDArray {
    return super.backward(dy);
  }
}
const leaky = {
  name: "LeakyReLU",
  fix: "dx = dy where x > 0, else negativeSlope · dy",
  cause: "other" as Cause,
  expects: { quantity: "x", says: alone },
};
const prelu = {
  name: "PReLU",
  fix: "dweight = Σ of dy · x where x ≤ 0, over the batch and all axes but the channels",
  cause: "other" as Cause,
  expects: { quantity: "weight", says: alone },
};
const elu = {
  name: "ELU",
  fix: "dx = dy where x > 0, else dy · α eˣ",
  cause: "other" as Cause,
  expects: { quantity: "x", says: alone },
};
const selu = {
  name: "SELU",
  fix: "dx = dy · λ where x > 0, else dy · λ α eˣ",
  cause: "other" as Cause,
  expects: { quantity: "x", says: alone },
};
const hardtanh = {
  name: "Hardtanh",
  fix: "dx = dy where minVal < x < maxVal, else 0",
  cause: "other" as Cause,
  expects: { quantity: "x", says: alone },
};

/** Activations with a kink: the right slope on the wrong side, parameters not summed. */
export const rectifiersZoo: readonly ZooEntry[] = [
  {
    ...leaky,
    id: "leaky-wrong-side",
    what: "the slope on the positive side",
    why: "the branches of where are swapped",
    student: class extends LeakyReLUToFill {
      override backward(dy: NDArray): NDArray {
        return where(this.x.greater(0), dy.mul(this.negativeSlope), dy); // shape of x
      }
    },
  },
  {
    ...leaky,
    id: "leaky-forgets-to-leak",
    what: "0 where x < 0",
    why: "copied from ReLU",
    cause: "mask",
    student: class extends LeakyReLUToFill {
      override backward(dy: NDArray): NDArray {
        return dy.mul(this.x.greater(0)); // shape of x
      }
    },
  },
  {
    ...leaky,
    id: "leaky-kink-of-relu",
    cause: "only in part",
    what: "at x = 0 the slope 1",
    why: "x ≥ 0 instead of x > 0: the value is 0 either way",
    fix: "at x = 0 the convention is the slope of negative x, as in PyTorch",
    student: class extends LeakyReLUToFill {
      override backward(dy: NDArray): NDArray {
        return where(this.x.greaterEqual(0), dy, dy.mul(this.negativeSlope)); // shape of x
      }
    },
  },
  {
    ...leaky,
    id: "leaky-default-slope",
    cause: "only in part",
    what: "the slope is always 0.01",
    why: "the lecture's constant is typed into backward",
    fix: "use this.negativeSlope",
    student: class extends LeakyReLUToFill {
      override backward(dy: NDArray): NDArray {
        return where(this.x.greater(0), dy, dy.mul(0.01)); // shape of x
      }
    },
  },
  {
    ...leaky,
    id: "leaky-slope-applied-to-x",
    what: "negativeSlope · x where x < 0, instead of · dy",
    why: "the line of forward is copied",
    student: class extends LeakyReLUToFill {
      override backward(dy: NDArray): NDArray {
        return where(this.x.greater(0), dy, this.x.mul(this.negativeSlope)); // shape of x
      }
    },
  },
  {
    ...prelu,
    id: "prelu-not-summed",
    what: "the slope’s gradient is not summed: it has the shape of x",
    why: "all elements share one slope, but the formula shows one element",
    cause: "not summed",
    expects: { quantity: "weight", says: /gradient of weight has shape/ },
    student: class extends PReLUToFill {
      override backward(dy: NDArray): NDArray {
        const dx = this.dx(dy);
        this.dWeight = this.own(dy); // shape of x
        return dx; // shape of x
      }
    },
  },
  {
    ...prelu,
    id: "prelu-averaged",
    what: "averaged over the elements that share a slope",
    why: "a mean keeps the number small for large images",
    student: class extends PReLUToFill {
      override backward(dy: NDArray): NDArray {
        const dx = this.dx(dy);
        const shared =
          this.weight.size === 1 ? null : this.x.shape.map((_, axis) => axis).filter((a) => a !== 1);
        this.dWeight = this.own(dy).mean(shared).reshape(this.weight.shape); // (C,)
        return dx; // shape of x
      }
    },
  },
  {
    ...prelu,
    id: "prelu-of-both-sides",
    what: "dweight = Σ dy · x over positive x as well",
    why: "the mask is applied in dx and forgotten in dweight",
    student: class extends PReLUToFill {
      override backward(dy: NDArray): NDArray {
        const dx = this.dx(dy);
        const shared =
          this.weight.size === 1 ? null : this.x.shape.map((_, axis) => axis).filter((a) => a !== 1);
        this.dWeight = dy.mul(this.x).sum(shared).reshape(this.weight.shape); // (C,)
        return dx; // shape of x
      }
    },
  },
  {
    ...prelu,
    id: "prelu-batch-only",
    what: "images: the first place of each channel only",
    why: "after the sum over the batch one element per channel is picked until the shape fits",
    student: class extends PReLUToFill {
      override backward(dy: NDArray): NDArray {
        const dx = this.dx(dy);
        const rows = this.own(dy).sum(0); // (C, …)
        const firsts = rows.reshape(rows.shape[0] as number, -1).slice(null, 0); // (C,)
        this.dWeight = this.weight.size === 1 ? rows.sum().reshape(1) : firsts; // (C,)
        return dx; // shape of x
      }
    },
  },
  {
    ...prelu,
    id: "prelu-slope-forgotten-in-dx",
    what: "dx = 0 where x < 0",
    why: "all attention went to dweight",
    fix: "dx = dy where x > 0, else weight · dy",
    cause: "mask",
    expects: { quantity: "x", says: alone },
    student: class extends PReLUToFill {
      override backward(dy: NDArray): NDArray {
        this.dx(dy);
        return dy.mul(this.x.greater(0)); // shape of x
      }
    },
  },
  {
    ...elu,
    id: "elu-without-alpha",
    cause: "only in part",
    what: "eˣ without α",
    why: "with α = 1 it makes no difference",
    student: class extends ELUToFill {
      override backward(dy: NDArray): NDArray {
        return where(this.x.greater(0), dy, dy.mul(exp(where(this.x.greater(0), 0, this.x)))); // shape of x
      }
    },
  },
  {
    ...elu,
    id: "elu-y-for-slope",
    cause: "wrong derivative",
    what: "dy · y where x < 0: α is not added back",
    why: "f′ = f + α is misremembered as f′ = f",
    student: class extends ELUToFill {
      override backward(dy: NDArray): NDArray {
        const negative = where(this.x.greater(0), 0, this.x);
        return where(this.x.greater(0), dy, dy.mul(exp(negative).sub(1)).mul(this.alpha)); // shape of x
      }
    },
  },
  {
    ...elu,
    id: "elu-overflows",
    what: "eˣ for positive x too, masked by a product",
    why: "0 · ∞ is NaN: a mask does not undo an overflow",
    fix: "choose the argument first: exp of where(x > 0, 0, x)",
    student: class extends ELUToFill {
      override backward(dy: NDArray): NDArray {
        const mask = this.x.greater(0);
        return dy.mul(mask).add(dy.mul(exp(this.x)).mul(this.alpha).mul(mask.equal(0))); // shape of x
      }
    },
  },
  {
    ...selu,
    id: "selu-scale-once",
    cause: "only in part",
    what: "λ on the positive side only",
    why: "λ is read as the slope of the line",
    student: class extends SELUToFill {
      override backward(dy: NDArray): NDArray {
        return where(
          this.x.greater(0),
          dy.mul(1.0507009873554805),
          dy.mul(exp(where(this.x.greater(0), 0, this.x))).mul(1.6732632423543772),
        ); // shape of x
      }
    },
  },
  {
    ...selu,
    id: "selu-digits",
    what: "α = 1.67 and λ = 1.05",
    why: "two decimals look sufficient",
    fix: "the fixed point needs all digits of the paper",
    student: class extends SELUToFill {
      override backward(dy: NDArray): NDArray {
        return where(this.x.greater(0), dy, dy.mul(exp(where(this.x.greater(0), 0, this.x))).mul(1.67)).mul(
          1.05,
        ); // shape of x
      }
    },
  },
  {
    ...hardtanh,
    id: "hardtanh-closed",
    what: "dy passes at the bounds",
    why: "minVal ≤ x ≤ maxVal, as in torch.clamp",
    fix: "open at both bounds: PyTorch’s Hardtanh passes 0 there, its clamp passes dy",
    cause: "mask",
    student: class extends HardtanhToFill {
      override backward(dy: NDArray): NDArray {
        return dy.mul(this.x.greaterEqual(this.minVal)).mul(this.x.lessEqual(this.maxVal)); // shape of x
      }
    },
  },
  {
    ...hardtanh,
    id: "hardtanh-around-zero",
    what: "|x| < maxVal, ignoring minVal",
    why: "the default bounds are −1 and 1",
    cause: "mask",
    student: class extends HardtanhToFill {
      override backward(dy: NDArray): NDArray {
        return dy.mul(abs(this.x).less(this.maxVal)); // shape of x
      }
    },
  },
  {
    ...hardtanh,
    id: "hardtanh-one-side",
    what: "only the upper bound is masked",
    why: "copied from min(x, maxVal)",
    cause: "mask",
    student: class extends HardtanhToFill {
      override backward(dy: NDArray): NDArray {
        return dy.mul(this.x.less(this.maxVal)); // shape of x
      }
    },
  },
];
