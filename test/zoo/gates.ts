import { GELU, SiLU, Softplus } from "chalk-and-tape/manual";
import { erf, exp, type NDArray, sigmoid, tanh, where } from "chalk-and-tape/np";
import { alone, type Cause, type ZooEntry } from "./entry.ts";

/** Right forwards, to write a backward for. */
abstract class SiLUToFill extends SiLU {
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
abstract class SoftplusToFill extends Softplus {
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
abstract class GELUToFill extends GELU {
  #x: NDArray | null = null;
  override forward(x: NDArray): NDArray {
    this.#x = x;
    return super.forward(x);
  }
  protected get x(): NDArray {
    return this.remembered(this.#x);
  }
  /** The right dx, for mistakes in one of the two formulas. */
  protected right(dy: NDArray): NDArray {
    return super.backward(dy);
  }
}
const gelu = {
  name: "GELU",
  fix: "dx = dy · (Φ(x) + x φ(x)): the product rule has two terms",
  cause: "other" as Cause,
  expects: { quantity: "x", says: alone },
};
const silu = {
  name: "SiLU",
  fix: "dx = dy · (σ + x σ (1 − σ))",
  cause: "other" as Cause,
  expects: { quantity: "x", says: alone },
};
const softplus = {
  name: "Softplus",
  fix: "dx = dy · σ(β x), and dy where β x > threshold",
  cause: "other" as Cause,
  expects: { quantity: "x", says: alone },
};

/** GELU, SiLU and Softplus: half of a product rule, a lost inner derivative. */
export const gatesZoo: readonly ZooEntry[] = [
  {
    ...gelu,
    id: "gelu-cdf-only",
    what: "Φ(x) alone",
    why: "x · Φ is differentiated as if Φ were constant",
    student: class extends GELUToFill {
      override backward(dy: NDArray): NDArray {
        const cumulative = erf(this.x.div(Math.SQRT2)).add(1).div(2);
        return this.approximate === "none" ? dy.mul(cumulative) : this.right(dy); // shape of x
      }
    },
  },
  {
    ...gelu,
    id: "gelu-density-without-root",
    what: "φ without 1 / √(2π)",
    why: "the bell curve is remembered without the constant that makes its area 1",
    student: class extends GELUToFill {
      override backward(dy: NDArray): NDArray {
        if (this.approximate === "tanh") return this.right(dy); // shape of x
        const cumulative = erf(this.x.div(Math.SQRT2)).add(1).div(2);
        return dy.mul(cumulative.add(this.x.mul(exp(this.x.mul(this.x).div(-2))))); // shape of x
      }
    },
  },
  {
    ...gelu,
    id: "gelu-tanh-without-inner",
    what: "tanh: u′ without the cube’s 3 · 0.044715 x²",
    why: "the inner derivative stops after its first term",
    fix: "u′ = √(2/π) (1 + 3 · 0.044715 x²)",
    student: class extends GELUToFill {
      override backward(dy: NDArray): NDArray {
        if (this.approximate === "none") return this.right(dy); // shape of x
        const c = Math.sqrt(2 / Math.PI);
        const t = tanh(this.x.add(this.x.pow(3).mul(0.044715)).mul(c));
        return dy.mul(
          t
            .add(1)
            .add(this.x.mul(t.mul(t).neg().add(1)).mul(c))
            .div(2),
        ); // shape of x
      }
    },
  },
  {
    ...gelu,
    id: "gelu-exact-for-tanh",
    what: "the exact derivative for the approximation",
    why: "the two functions agree to three digits",
    fix: "use the backward of the forward that ran",
    student: class extends GELUToFill {
      override backward(dy: NDArray): NDArray {
        const cumulative = erf(this.x.div(Math.SQRT2)).add(1).div(2);
        const density = exp(this.x.mul(this.x).div(-2)).div(Math.sqrt(2 * Math.PI));
        return dy.mul(cumulative.add(this.x.mul(density))); // shape of x
      }
    },
  },
  {
    ...silu,
    id: "silu-sigmoid-only",
    cause: "wrong derivative",
    what: "σ(x) alone",
    why: "x · σ is differentiated as if σ were constant",
    student: class extends SiLUToFill {
      override backward(dy: NDArray): NDArray {
        return dy.mul(sigmoid(this.x)); // shape of x
      }
    },
  },
  {
    ...silu,
    id: "silu-slope-only",
    what: "x σ (1 − σ) alone",
    why: "the other half of the product rule",
    student: class extends SiLUToFill {
      override backward(dy: NDArray): NDArray {
        const s = sigmoid(this.x);
        return dy.mul(this.x).mul(s).mul(s.neg().add(1)); // shape of x
      }
    },
  },
  {
    ...silu,
    id: "silu-of-tanh",
    what: "σ + x (1 − σ²)",
    why: "tanh′ is remembered for σ′",
    student: class extends SiLUToFill {
      override backward(dy: NDArray): NDArray {
        const s = sigmoid(this.x);
        return dy.mul(s.add(this.x.mul(s.mul(s).neg().add(1)))); // shape of x
      }
    },
  },
  {
    ...softplus,
    id: "softplus-sign",
    cause: "wrong derivative",
    what: "σ(−β x)",
    why: "the minus of σ(z) = 1 / (1 + e⁻ᶻ) is counted once more",
    student: class extends SoftplusToFill {
      override backward(dy: NDArray): NDArray {
        const z = this.x.mul(this.beta);
        return where(z.greater(this.threshold), dy, dy.mul(sigmoid(z.neg()))); // shape of x
      }
    },
  },
  {
    ...softplus,
    id: "softplus-over-beta",
    cause: "only in part",
    what: "σ(β x) / β",
    why: "1 / β is kept, and the inner derivative β is forgotten",
    student: class extends SoftplusToFill {
      override backward(dy: NDArray): NDArray {
        const z = this.x.mul(this.beta);
        return where(z.greater(this.threshold), dy, dy.mul(sigmoid(z)).div(this.beta)); // shape of x
      }
    },
  },
  {
    ...softplus,
    id: "softplus-without-threshold",
    what: "σ(β x) beyond the threshold as well",
    why: "forward is read without its second branch",
    student: class extends SoftplusToFill {
      override backward(dy: NDArray): NDArray {
        return dy.mul(sigmoid(this.x.mul(this.beta))); // shape of x
      }
    },
  },
  {
    ...softplus,
    id: "softplus-threshold-of-x",
    what: "x > threshold instead of β x > threshold",
    why: "with β = 1 they are the same",
    student: class extends SoftplusToFill {
      override backward(dy: NDArray): NDArray {
        const z = this.x.mul(this.beta);
        return where(this.x.greater(this.threshold), dy, dy.mul(sigmoid(z))); // shape of x
      }
    },
  },
];
