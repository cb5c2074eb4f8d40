import { Flatten, Layer, ReLU } from "chalk-and-tape/manual";
import { maximum, type NDArray, where } from "chalk-and-tape/np";
import { alone, type ZooEntry } from "./entry.ts";

/** ReLU with a right forward, for a student's backward. */
abstract class ReluToFill extends Layer {
  #x: NDArray | null = null;

  forward(x: NDArray): NDArray {
    this.#x = x;
    return maximum(x, 0);
  }
  protected get x(): NDArray {
    return this.remembered(this.#x);
  }
}

/** ReLU and Flatten: masks and orders. */
export const reluZoo: readonly ZooEntry[] = [
  {
    id: "relu-no-mask",
    name: "ReLU",
    what: "without the mask",
    why: "the slope of x is 1; the flat half is forgotten",
    fix: "dx = dy where x > 0, else 0",
    cause: "mask",
    expects: { quantity: "x", says: alone },
    student: class extends ReluToFill {
      backward(dy: NDArray): NDArray {
        return dy;
      }
    },
  },
  {
    id: "relu-greater-or-equal",
    name: "ReLU",
    what: "x ≥ 0 instead of x > 0",
    why: "the kink has no derivative, so any choice seems right",
    fix: "at x = 0 the convention is 0, as in PyTorch",
    cause: "mask",
    expects: { quantity: "x", says: alone },
    student: class extends ReluToFill {
      backward(dy: NDArray): NDArray {
        return dy.mul(this.x.greaterEqual(0));
      }
    },
  },
  {
    id: "relu-mask-of-dy",
    name: "ReLU",
    what: "the mask of dy",
    why: "forward is max(x, 0), so backward becomes max(dy, 0)",
    fix: "the mask is x > 0; dy may have either sign",
    cause: "mask",
    expects: { quantity: "x", says: alone },
    student: class extends ReluToFill {
      backward(dy: NDArray): NDArray {
        return maximum(dy, 0);
      }
    },
  },
  {
    id: "relu-mask-inverted",
    name: "ReLU",
    what: "the mask of the other half",
    why: "dx[x > 0] = 0 instead of dx[x <= 0] = 0",
    fix: "0 where x is not positive",
    cause: "mask",
    expects: { quantity: "x", says: alone },
    student: class extends ReluToFill {
      backward(dy: NDArray): NDArray {
        return where(this.x.greater(0), 0, dy);
      }
    },
  },
  {
    id: "relu-leaks",
    name: "ReLU",
    what: "a hundredth of dy passes where x < 0",
    why: "copied from LeakyReLU",
    fix: "nothing passes where x < 0",
    cause: "mask",
    expects: { quantity: "x", says: alone },
    student: class extends ReluToFill {
      backward(dy: NDArray): NDArray {
        return where(this.x.greater(0), dy, dy.mul(0.01));
      }
    },
  },
  {
    id: "relu-mask-as-gradient",
    name: "ReLU",
    what: "dx is the mask itself",
    why: "f′(x) is returned, not dy · f′(x)",
    fix: "dx = dy · (x > 0)",
    cause: "mask returned",
    expects: { quantity: "x", says: alone },
    student: class extends ReluToFill {
      backward(_dy: NDArray): NDArray {
        return this.x.greater(0).astype("float64");
      }
    },
  },
  {
    id: "relu-times-x",
    name: "ReLU",
    what: "dx = dy · max(x, 0)",
    why: "dy is multiplied by the output instead of the mask",
    fix: "dx = dy · (x > 0)",
    cause: "extra factor",
    expects: { quantity: "x", says: alone },
    student: class extends ReluToFill {
      backward(dy: NDArray): NDArray {
        return dy.mul(maximum(this.x, 0));
      }
    },
  },
  {
    id: "relu-first-mask-for-ever",
    name: "ReLU",
    what: "the mask of the first forward",
    why: "the mask is made once, like a dropout mask that is kept fixed",
    fix: "compute a new mask in every forward",
    cause: "stale cache",
    expects: { quantity: "remembers its last forward", says: /earlier forward/ },
    student: class extends Layer {
      #mask: NDArray | null = null;
      forward(x: NDArray): NDArray {
        this.#mask ??= x.greater(0);
        return maximum(x, 0);
      }
      backward(dy: NDArray): NDArray {
        return dy.mul(this.remembered(this.#mask));
      }
    },
  },
  {
    id: "relu-overwrites-dy",
    name: "ReLU",
    what: "dy is changed in place",
    why: "dy[x <= 0] = 0 is the shortest line in NumPy",
    fix: "compute a new array: another layer may still need dy",
    cause: "other",
    expects: { quantity: "inputs unchanged", says: /in place/ },
    student: class extends ReluToFill {
      backward(dy: NDArray): NDArray {
        return dy.copyFrom(dy.mul(this.x.greater(0)));
      }
    },
  },
  {
    id: "relu-overwrites-x",
    name: "ReLU",
    what: "x is changed in place after the mask was taken",
    why: "np.maximum(x, 0, out=x) saves memory",
    fix: "compute a new array: the layer before may still need x",
    cause: "other",
    expects: { quantity: "inputs unchanged", says: /in place/ },
    student: class extends Layer {
      #mask: NDArray | null = null;
      forward(x: NDArray): NDArray {
        this.#mask = x.greater(0);
        return x.copyFrom(maximum(x, 0));
      }
      backward(dy: NDArray): NDArray {
        return dy.mul(this.remembered(this.#mask));
      }
    },
  },
  {
    id: "relu-returns-nothing",
    name: "ReLU",
    what: "nothing returned",
    why: "dx is assigned to a field, as gradients of parameters are",
    fix: "return dx",
    cause: "zero",
    expects: { quantity: "x", says: /returned no dx/ },
    student: class extends ReLU {
      dx: NDArray | null = null;
      override backward(dy: NDArray): NDArray {
        this.dx = super.backward(dy);
        return undefined as unknown as NDArray;
      }
    },
  },
  {
    id: "flatten-stays-flat",
    name: "Flatten",
    what: "dx stays flat",
    why: "forward computes nothing, so backward seems to have nothing to do",
    fix: "dx has x's shape: dy.reshape(x.shape)",
    cause: "other",
    expects: { quantity: "x", says: /gradient of x has shape \(2, 12\), expected \(2, 3, 4\)/ },
    student: class extends Flatten {
      override backward(dy: NDArray): NDArray {
        super.backward(dy);
        return dy;
      }
    },
  },
  {
    id: "flatten-columns-first",
    name: "Flatten",
    what: "dx filled column by column",
    why: "width and height are swapped, then transposed back to fit",
    fix: "the order of forward: dy.reshape(x.shape)",
    cause: "transposed",
    expects: { quantity: "x", says: alone },
    student: class extends Flatten {
      override backward(dy: NDArray): NDArray {
        const [n, height, width] = super.backward(dy).shape as [number, number, number];
        return dy.reshape(n, width, height).transpose([0, 2, 1]);
      }
    },
  },
  {
    id: "flatten-batch-last",
    name: "Flatten",
    what: "samples are mixed: the batch is treated as the last axis",
    why: "images come as (H, W, N) in other courses",
    fix: "the batch is axis 0: dy.reshape(x.shape)",
    cause: "other",
    expects: { quantity: "x", says: alone },
    student: class extends Flatten {
      override backward(dy: NDArray): NDArray {
        const { shape } = super.backward(dy);
        return dy.T.reshape(shape);
      }
    },
  },
];
