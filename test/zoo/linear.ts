import { Linear } from "chalk-and-tape/manual";
import { type NDArray, ones, sameShape, zeros } from "chalk-and-tape/np";
import { alone, type ZooEntry } from "./entry.ts";

/** Linear with a right forward that remembers x, for a student's backward, which must assign dWeight and dBias. */
export abstract class LinearToFill extends Linear {
  protected x: NDArray = zeros([1]);

  override forward(x: NDArray): NDArray {
    this.x = x;
    return super.forward(x);
  }
  abstract override backward(dy: NDArray): NDArray;

  /** All three gradients, right, for mistakes that spoil only one of them. */
  protected right(dy: NDArray): NDArray {
    this.dWeight = dy.T.matmul(this.x);
    this.dBias = this.bias && dy.sum(0);
    return dy.matmul(this.weight);
  }
}

function isSquare({ weight }: Linear): boolean {
  return weight.shape[0] === weight.shape[1];
}

/** Linear: sums, averages and transposes. */
export const linearZoo: readonly ZooEntry[] = [
  {
    id: "linear-sign-of-dw",
    name: "Linear",
    what: "wrong sign of dW",
    why: "the minus of the update −η·dW is put into the gradient",
    fix: "dW = dyᵀ x; the optimizer subtracts",
    cause: "sign",
    expects: { quantity: "weight", says: alone },
    student: class extends LinearToFill {
      backward(dy: NDArray): NDArray {
        this.dWeight = dy.T.matmul(this.x).neg();
        this.dBias = this.bias && dy.sum(0);
        return dy.matmul(this.weight);
      }
    },
  },
  {
    id: "linear-db-averaged",
    name: "Linear",
    what: "db averaged",
    why: "a loss is averaged over the batch, so the bias's gradient seems to need a mean as well",
    fix: "db = Σ over rows of dy; the loss has already divided by N",
    cause: "factor 1/N",
    expects: { quantity: "bias", says: alone },
    student: class extends LinearToFill {
      backward(dy: NDArray): NDArray {
        this.dWeight = dy.T.matmul(this.x);
        this.dBias = this.bias && dy.mean(0);
        return dy.matmul(this.weight);
      }
    },
  },
  {
    id: "linear-dw-averaged",
    name: "Linear",
    what: "dW divided by the batch size",
    why: "lecture notes write 1/N in front of dyᵀ x, for a loss that sums",
    fix: "dW = dyᵀ x; 1/N belongs to the loss, once",
    cause: "factor 1/N",
    expects: { quantity: "weight", says: alone },
    student: class extends LinearToFill {
      backward(dy: NDArray): NDArray {
        this.dWeight = dy.T.matmul(this.x).div(dy.shape[0] as number);
        this.dBias = this.bias && dy.sum(0);
        return dy.matmul(this.weight);
      }
    },
  },
  {
    id: "linear-db-twice",
    name: "Linear",
    what: "db counted twice",
    why: "the loop over samples adds to db, and the line below adds the sum again",
    fix: "db = Σ over rows of dy, once",
    cause: "factor 2",
    expects: { quantity: "bias", says: alone },
    student: class extends LinearToFill {
      backward(dy: NDArray): NDArray {
        this.dWeight = dy.T.matmul(this.x);
        if (this.bias) {
          let db = zeros(this.bias.shape);
          for (let n = 0; n < (dy.shape[0] as number); n++) db = db.add(dy.slice(n));
          this.dBias = db.add(dy.sum(0));
        }
        return dy.matmul(this.weight);
      }
    },
  },
  {
    id: "linear-db-not-summed",
    name: "Linear",
    what: "db not summed",
    why: "y = xWᵀ + b, so dy/db = 1 and db = dy: the broadcast over the batch is invisible in the formula",
    fix: "a broadcast in forward becomes a sum in backward: db = dy.sum(0)",
    cause: "not summed",
    expects: { quantity: "bias", says: /gradient of bias has shape \(4, 3\), expected \(3,\)/ },
    student: class extends LinearToFill {
      backward(dy: NDArray): NDArray {
        this.dWeight = dy.T.matmul(this.x);
        this.dBias = this.bias && dy;
        return dy.matmul(this.weight);
      }
    },
  },
  {
    id: "linear-db-of-first-row",
    name: "Linear",
    what: "db is the first row of dy",
    why: "db = dy has the wrong shape, and dy[0] has the right one",
    fix: "db = dy.sum(0): every row got the same b",
    cause: "not summed",
    expects: { quantity: "bias", says: alone },
    student: class extends LinearToFill {
      backward(dy: NDArray): NDArray {
        this.dWeight = dy.T.matmul(this.x);
        this.dBias = this.bias && dy.slice(0).copy();
        return dy.matmul(this.weight);
      }
    },
  },
  {
    id: "linear-db-other-axis",
    name: "Linear",
    what: "db summed over the features",
    why: "axis 0 and axis 1 are mixed up; with as many samples as outputs even the shape fits",
    fix: "sum over the batch, axis 0",
    cause: "not summed",
    expects: { quantity: "bias", says: /gradient of bias has shape|your backward stands alone/ },
    student: class extends LinearToFill {
      backward(dy: NDArray): NDArray {
        this.dWeight = dy.T.matmul(this.x);
        this.dBias = this.bias && dy.sum(1);
        return dy.matmul(this.weight);
      }
    },
  },
  {
    id: "linear-db-keepdims",
    name: "Linear",
    what: "db has shape (1, M)",
    why: "keepdims is copied from a NumPy solution, where b is (1, M)",
    fix: "a gradient has the shape of its parameter: (M,)",
    cause: "other",
    expects: { quantity: "bias", says: /gradient of bias has shape \(1, 3\), expected \(3,\)/ },
    student: class extends LinearToFill {
      backward(dy: NDArray): NDArray {
        this.dWeight = dy.T.matmul(this.x);
        this.dBias = this.bias && dy.sum(0, true);
        return dy.matmul(this.weight);
      }
    },
  },
  {
    id: "linear-dw-transposed",
    name: "Linear",
    what: "dW transposed where square",
    why: "dW = xᵀ dy is right for y = x W; here y = x Wᵀ, and in a square layer the shapes still fit",
    fix: "dW = dyᵀ x, of shape (M, D)",
    cause: "transposed",
    expects: { quantity: "weight", says: alone },
    student: class extends LinearToFill {
      backward(dy: NDArray): NDArray {
        this.dWeight = isSquare(this) ? this.x.T.matmul(dy) : dy.T.matmul(this.x);
        this.dBias = this.bias && dy.sum(0);
        return dy.matmul(this.weight);
      }
    },
  },
  {
    id: "linear-dw-reshaped",
    name: "Linear",
    what: "dW transposed, then reshaped until it fits",
    why: "xᵀ dy has shape (D, M), and reshape makes the error message go away",
    fix: "transpose, do not reshape: dW = dyᵀ x",
    cause: "transposed",
    expects: { quantity: "weight", says: alone },
    student: class extends LinearToFill {
      backward(dy: NDArray): NDArray {
        this.dWeight = this.x.T.matmul(dy).reshape(this.weight.shape);
        this.dBias = this.bias && dy.sum(0);
        return dy.matmul(this.weight);
      }
    },
  },
  {
    id: "linear-dx-transposed",
    name: "Linear",
    what: "dx = dy·Wᵀ where square",
    why: "textbooks that write y = x W have dx = dy Wᵀ",
    fix: "y = x Wᵀ has dx = dy W",
    cause: "transposed",
    expects: { quantity: "x", says: alone },
    student: class extends LinearToFill {
      backward(dy: NDArray): NDArray {
        const dx = this.right(dy);
        return isSquare(this) ? dy.matmul(this.weight.T) : dx;
      }
    },
  },
  {
    id: "linear-dy-ignored-in-dw",
    name: "Linear",
    what: "dy ignored in dW",
    why: "∂y/∂W = x is mistaken for the gradient; the chain rule's first factor is missing",
    fix: "dW = dyᵀ x",
    cause: "upstream ignored",
    expects: { quantity: "linear in dy", says: /dy ignored/ },
    student: class extends LinearToFill {
      backward(dy: NDArray): NDArray {
        this.dWeight = ones(dy.shape).T.matmul(this.x);
        this.dBias = this.bias && dy.sum(0);
        return dy.matmul(this.weight);
      }
    },
  },
  {
    id: "linear-ones-upstream",
    name: "Linear",
    what: "dy replaced by ones everywhere",
    why: "it was only tried with L = Σ y, where dy is 1",
    fix: "use the dy that backward receives",
    cause: "upstream ignored",
    expects: { quantity: "x", says: alone },
    student: class extends LinearToFill {
      backward(dy: NDArray): NDArray {
        return this.right(sameShape(dy.shape, []) ? dy : ones(dy.shape));
      }
    },
  },
];
