import type { StudentClass } from "chalk-and-tape/compare";
import {
  BCEWithLogitsLoss,
  CrossEntropyLoss,
  Flatten,
  Layer,
  Linear,
  MSELoss,
  NonlinearClassifier,
  ReLU,
  Sequential,
  SGD,
  Sigmoid,
  Tanh,
} from "chalk-and-tape/manual";
import { exp, maximum, type NDArray, ones } from "chalk-and-tape/np";

/** A wrong program: what is wrong with it, the class, and what the check must say of which quantity. */
export interface Wrong {
  readonly what: string;
  readonly name: string;
  readonly student: StudentClass;
  readonly quantity: string;
  readonly says: RegExp;
}

const alone = /^chalk stands alone/;
const rows: Wrong[] = [];
const add = (name: string, what: string, quantity: string, says: RegExp, student: StudentClass): void => {
  rows.push({ what, name, student, quantity, says });
};

/** Chalk's Linear with a backward that is changed afterwards: `spoil` gets the layer, dy, x and dx, and returns dx. */
function linear(spoil: (layer: Linear, dy: NDArray, x: NDArray, dx: NDArray) => NDArray): StudentClass {
  return class extends Linear {
    #input: NDArray | null = null;
    override forward(x: NDArray): NDArray {
      this.#input = x.copy();
      return super.forward(x);
    }
    override backward(dy: NDArray): NDArray {
      return spoil(this, dy, this.#input as NDArray, super.backward(dy));
    }
  };
}

add(
  "Linear",
  "wrong sign of dW",
  "weight",
  alone,
  linear((l, _dy, _x, dx) => {
    l.dWeight = (l.dWeight as NDArray).neg();
    return dx;
  }),
);
add(
  "Linear",
  "db averaged",
  "bias",
  alone,
  linear((l, dy, _x, dx) => {
    l.dBias = l.bias && dy.mean(0);
    return dx;
  }),
);
add(
  "Linear",
  "db not summed",
  "bias",
  /gradient of bias has shape \(4, 3\), expected \(3,\)/,
  linear((l, dy, _x, dx) => {
    l.dBias = l.bias && dy;
    return dx;
  }),
);
add(
  "Linear",
  "dW transposed where square",
  "weight",
  alone,
  linear((l, dy, x, dx) => {
    if (l.weight.shape[0] === l.weight.shape[1]) l.dWeight = x.T.matmul(dy);
    return dx;
  }),
);
add(
  "Linear",
  "dx = dy·Wᵀ where square",
  "x",
  alone,
  linear((l, dy, _x, dx) => (l.weight.shape[0] === l.weight.shape[1] ? dy.matmul(l.weight.T) : dx)),
);
add(
  "Linear",
  "dy ignored in dW",
  "linear in dy",
  /dy ignored/,
  linear((l, dy, x, dx) => {
    l.dWeight = ones(dy.shape).T.matmul(x);
    return dx;
  }),
);
add(
  "Linear",
  "dy replaced by ones everywhere",
  "x",
  alone,
  class extends Linear {
    override backward(dy: NDArray): NDArray {
      return super.backward(ones(dy.shape));
    }
  },
);
add(
  "Linear",
  "gradients accumulated over calls",
  "repeatable",
  /assign gradients, not add/,
  class extends Linear {
    override backward(dy: NDArray): NDArray {
      const [weight, bias] = [this.dWeight, this.dBias];
      const dx = super.backward(dy);
      if (weight) this.dWeight = weight.add(this.dWeight as NDArray);
      if (bias) this.dBias = bias.add(this.dBias as NDArray);
      return dx;
    }
  },
);
add(
  "Linear",
  "x changed in place at every forward",
  "inputs unchanged",
  /in place/,
  class extends Linear {
    override forward(x: NDArray): NDArray {
      const y = super.forward(x);
      x.addInPlace(x, 1e-9);
      return y;
    }
  },
);
add(
  "ReLU",
  "x changed in place, which a second time changes nothing",
  "inputs unchanged",
  /in place/,
  class extends ReLU {
    override forward(x: NDArray): NDArray {
      const mask = x.copy();
      super.forward(mask);
      x.copyFrom(maximum(x, 0));
      return x.copy();
    }
  },
);
add(
  "Linear",
  "an extra bias in forward",
  "forward",
  /forward and the tape's differ/,
  class extends Linear {
    override forward(x: NDArray): NDArray {
      return super.forward(x).add(this.bias ?? 0.1);
    }
  },
);
add(
  "Linear",
  "bias not added",
  "forward",
  /forward and the tape's differ/,
  class extends Linear {
    override forward(x: NDArray): NDArray {
      super.forward(x);
      return x.matmul(this.weight.T);
    }
  },
);
add(
  "Linear",
  "forward wrong by 1e-9",
  "forward",
  /forward and the tape's differ/,
  class extends Linear {
    override forward(x: NDArray): NDArray {
      return super.forward(x).add(1e-9);
    }
  },
);
add(
  "Linear",
  "output of another shape",
  "forward",
  /forward returns shape \(3, 4\), expected \(4, 3\)/,
  class extends Linear {
    override forward(x: NDArray): NDArray {
      return super.forward(x).T;
    }
  },
);
add(
  "Linear",
  "a stale cache: the first x for ever",
  "remembers its last forward",
  /earlier forward/,
  class extends Linear {
    #first: NDArray | null = null;
    override forward(x: NDArray): NDArray {
      this.#first ??= x.copy();
      super.forward(this.#first);
      return x.matmul(this.weight.T).add(this.bias ?? 0);
    }
  },
);
add(
  "Linear",
  "dW never assigned",
  "weight",
  /backward assigned no gradient of weight/,
  linear((l, _dy, _x, dx) => {
    l.dWeight = null;
    return dx;
  }),
);
add(
  "Linear",
  "throws",
  "no error",
  /^TypeError: not written yet \(in /,
  class extends Linear {
    override backward(): NDArray {
      throw new TypeError("not written yet");
    }
  },
);
add(
  "ReLU",
  "no parameters where none belong, but one",
  "parameters",
  /chalk's parameters are slope; the tape's are none/,
  class extends ReLU {
    slope: NDArray = ones([1]);
    dSlope: NDArray | null = null;
  },
);

/** An activation with the right forward of `Right` and its own backward. */
function activation(
  Right: new () => Layer,
  backward: (dy: NDArray, x: NDArray, y: NDArray) => NDArray,
): StudentClass {
  return class extends Layer {
    readonly #right: Layer = new Right();
    #xy: readonly [NDArray, NDArray] | null = null;
    override forward(x: NDArray): NDArray {
      const y = this.#right.forward(x);
      this.#xy = [x, y];
      return y;
    }
    override backward(dy: NDArray): NDArray {
      const [x, y] = this.remembered(this.#xy);
      return backward(dy, x, y);
    }
  };
}
const nothing = undefined as unknown as NDArray;
add(
  "ReLU",
  "without the mask",
  "x",
  alone,
  activation(ReLU, (dy) => dy),
);
add(
  "ReLU",
  "x ≥ 0 instead of x > 0",
  "x",
  alone,
  activation(ReLU, (dy, x) => dy.mul(x.less(0).neg().add(1))),
);
add(
  "ReLU",
  "the mask of dy",
  "x",
  alone,
  activation(ReLU, (dy) => dy.mul(dy.greater(0))),
);
add(
  "ReLU",
  "nothing returned",
  "x",
  /returned no dx/,
  activation(ReLU, () => nothing),
);
add(
  "Sigmoid",
  "the factor 1 − y dropped",
  "x",
  alone,
  activation(Sigmoid, (dy, _x, y) => dy.mul(y)),
);
add(
  "Sigmoid",
  "dy squared",
  "linear in dy",
  /squared/,
  activation(Sigmoid, (dy, _x, y) => dy.mul(dy).mul(y).mul(y.neg().add(1))),
);
add(
  "Tanh",
  "1 − y instead of 1 − y²",
  "x",
  alone,
  activation(Tanh, (dy, _x, y) => dy.mul(y.neg().add(1))),
);
add(
  "Flatten",
  "dx stays flat",
  "x",
  /gradient of x has shape \(2, 12\), expected \(2, 3, 4\)/,
  activation(Flatten, (dy) => dy),
);

/** A loss whose dx is changed afterwards; `n` is what its mean divides by. */
function loss(
  Right: typeof MSELoss | typeof BCEWithLogitsLoss | typeof CrossEntropyLoss,
  spoil: (dx: NDArray, x: NDArray, mean: boolean) => NDArray,
): StudentClass {
  return class extends (Right as typeof MSELoss) {
    #input: NDArray | null = null;
    override forward(x: NDArray, target: NDArray): NDArray {
      this.#input = x.copy();
      return super.forward(x, target);
    }
    override backward(dy?: NDArray | number): NDArray {
      return spoil(super.backward(dy), this.#input as NDArray, this.reduction === "mean");
    }
  };
}
add(
  "MSELoss",
  "without 1/N",
  "x",
  alone,
  loss(MSELoss, (dx, x, mean) => dx.mul(mean ? x.size : 1)),
);
add(
  "MSELoss",
  "without the 2",
  "x",
  alone,
  loss(MSELoss, (dx) => dx.div(2)),
);
add(
  "BCEWithLogitsLoss",
  "wrong sign",
  "x",
  alone,
  loss(BCEWithLogitsLoss, (dx) => dx.neg()),
);
add(
  "CrossEntropyLoss",
  "without 1/N",
  "x",
  alone,
  loss(CrossEntropyLoss, (dx, x, mean) => dx.mul(mean ? (x.shape[0] as number) : 1)),
);
add(
  "CrossEntropyLoss",
  "softmax without − one-hot",
  "x",
  alone,
  loss(CrossEntropyLoss, (_dx, x) => {
    const e = exp(x);
    return e.div(e.sum(1, true));
  }),
);
add(
  "CrossEntropyLoss",
  "all times 1.0005",
  "x",
  alone,
  loss(CrossEntropyLoss, (dx) => dx.mul(1.0005)),
);
add(
  "CrossEntropyLoss",
  "dy ignored",
  "x",
  alone,
  class extends CrossEntropyLoss {
    override backward(dy: NDArray | number = 1): NDArray {
      return super.backward(typeof dy === "number" ? 1 : ones(dy.shape));
    }
  },
);

add(
  "Sequential",
  "backward in the order of forward",
  "no error",
  /^ShapeError: matmul/,
  class extends Sequential {
    override backward(dy: NDArray): NDArray {
      return this.layers.reduce((d, layer) => layer.backward(d), dy);
    }
  },
);
add(
  "Sequential",
  "backward leaves out the middle layer",
  "x",
  alone,
  class extends Sequential {
    override backward(dy: NDArray): NDArray {
      return this.layers.filter((_, i) => i !== 1).reduceRight((d, layer) => layer.backward(d), dy);
    }
  },
);
add(
  "NonlinearClassifier",
  "dW summed instead of averaged",
  "net.W1",
  alone,
  class extends NonlinearClassifier {
    override backward(label: NDArray): [number, number, NDArray, NDArray] {
      const [value, accuracy, dW1, dW2] = super.backward(label);
      return [value, accuracy, dW1.mul(label.size), dW2.mul(label.size)];
    }
  },
);
add(
  "SGD",
  "weight decay and Nesterov forgotten",
  "weight after 20 steps",
  /update formulas/,
  class extends SGD {
    override step(): void {
      const group = this.groups[0];
      if (group) Object.assign(group, { weightDecay: 0, nesterov: false });
      super.step();
    }
  },
);

export const wrongClasses: readonly Wrong[] = rows;
