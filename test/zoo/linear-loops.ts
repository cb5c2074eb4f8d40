import { Linear } from "chalk-and-tape/manual";
import { type NDArray, stack, zeros } from "chalk-and-tape/np";
import { alone, type ZooEntry } from "./entry.ts";
import { LinearToFill } from "./linear.ts";

/** Σ over chosen samples of dy[n]ᵀ x[n]: dW as a loop. */
function outerProducts(dy: NDArray, x: NDArray, samples: number): NDArray {
  let dW = zeros([dy.shape[1] as number, x.shape[1] as number]);
  for (let n = 0; n < samples; n++) {
    dW = dW.add(dy.slice([n, n + 1]).T.matmul(x.slice([n, n + 1])));
  }
  return dW;
}

/** Linear: loops over samples, and state that outlives one backward. */
export const linearLoopsZoo: readonly ZooEntry[] = [
  {
    id: "linear-last-sample-lost",
    name: "Linear",
    what: "the loop over samples stops one short",
    why: "for n in 0 … N − 1 becomes n < N − 1",
    fix: "n < N, or dyᵀ x, which has no loop",
    cause: "not summed",
    expects: { quantity: "weight", says: alone },
    student: class extends LinearToFill {
      backward(dy: NDArray): NDArray {
        this.dWeight = outerProducts(dy, this.x, (dy.shape[0] as number) - 1);
        this.dBias = this.bias && dy.sum(0);
        return dy.matmul(this.weight);
      }
    },
  },
  {
    id: "linear-last-sample-only",
    name: "Linear",
    what: "dW of the last sample only",
    why: "= instead of += inside the loop over samples",
    fix: "add up the samples: dW = Σ dy[n]ᵀ x[n]",
    cause: "not summed",
    expects: { quantity: "weight", says: alone },
    student: class extends LinearToFill {
      backward(dy: NDArray): NDArray {
        for (let n = 0; n < (dy.shape[0] as number); n++) {
          this.dWeight = dy.slice([n, n + 1]).T.matmul(this.x.slice([n, n + 1]));
        }
        this.dBias = this.bias && dy.sum(0);
        return dy.matmul(this.weight);
      }
    },
  },
  {
    id: "linear-product-of-means",
    name: "Linear",
    what: "dW from the averages of dy and x over the batch",
    why: "the mean of products is mistaken for the product of means",
    fix: "multiply sample by sample, then add: dyᵀ x",
    cause: "other",
    expects: { quantity: "weight", says: alone },
    student: class extends LinearToFill {
      backward(dy: NDArray): NDArray {
        this.dWeight = dy.sum(0, true).T.matmul(this.x.mean(0, true));
        this.dBias = this.bias && dy.sum(0);
        return dy.matmul(this.weight);
      }
    },
  },
  {
    id: "linear-dx-rows-reversed",
    name: "Linear",
    what: "dx in the reverse order of samples",
    why: "the loop prepends rows to a list, since backward runs backward",
    fix: "row n of dx belongs to row n of x: dx = dy W",
    cause: "permuted rows",
    expects: { quantity: "x", says: alone },
    student: class extends LinearToFill {
      backward(dy: NDArray): NDArray {
        this.right(dy);
        const rows: NDArray[] = [];
        for (let n = 0; n < (dy.shape[0] as number); n++) {
          rows.unshift(
            dy
              .slice([n, n + 1])
              .matmul(this.weight)
              .reshape(-1),
          );
        }
        return stack(rows);
      }
    },
  },
  {
    id: "linear-dw-left-at-zero",
    name: "Linear",
    what: "dW keeps its initial zeros",
    why: "add returns a new array, which is discarded",
    fix: "dW = dW.add(…)",
    cause: "zero",
    expects: { quantity: "weight", says: alone },
    student: class extends LinearToFill {
      backward(dy: NDArray): NDArray {
        const dW = zeros(this.weight.shape);
        dW.add(dy.T.matmul(this.x));
        this.dWeight = dW;
        this.dBias = this.bias && dy.sum(0);
        return dy.matmul(this.weight);
      }
    },
  },
  {
    id: "linear-dw-never-assigned",
    name: "Linear",
    what: "dW never assigned",
    why: "computed into a local variable",
    fix: "this.dWeight = …",
    cause: "zero",
    expects: { quantity: "weight", says: /backward assigned no gradient of weight/ },
    student: class extends LinearToFill {
      backward(dy: NDArray): NDArray {
        const dWeight = dy.T.matmul(this.x);
        this.dBias = this.bias && dy.sum(0);
        return dWeight.ndim === 2 ? dy.matmul(this.weight) : dy;
      }
    },
  },
  {
    id: "linear-accumulates",
    name: "Linear",
    what: "gradients accumulated over calls",
    why: "PyTorch adds to .grad, so chalk seems to need that too",
    fix: "chalk's backward assigns",
    cause: "accumulated",
    expects: { quantity: "repeatable", says: /assign gradients, not add/ },
    student: class extends LinearToFill {
      backward(dy: NDArray): NDArray {
        const dW = dy.T.matmul(this.x);
        const db = dy.sum(0);
        this.dWeight = this.dWeight ? this.dWeight.add(dW) : dW;
        this.dBias = this.bias && (this.dBias ? this.dBias.add(db) : db);
        return dy.matmul(this.weight);
      }
    },
  },
  {
    id: "linear-accumulates-in-place",
    name: "Linear",
    what: "dW added up in one array over calls",
    why: "dW += in NumPy writes into the existing array",
    fix: "chalk's backward assigns",
    cause: "accumulated",
    expects: { quantity: "repeatable", says: /assign gradients, not add/ },
    student: class extends LinearToFill {
      backward(dy: NDArray): NDArray {
        this.dWeight ??= zeros(this.weight.shape);
        this.dWeight.addInPlace(dy.T.matmul(this.x));
        this.dBias = this.bias && dy.sum(0);
        return dy.matmul(this.weight);
      }
    },
  },
  {
    id: "linear-batch-of-four",
    name: "Linear",
    what: "backward contains the batch size of the first try",
    why: "for n < 4 works as long as every batch has 4 samples; the last one of an epoch has fewer",
    fix: "n < x.shape[0], or dyᵀ x, which has no loop",
    cause: "other",
    expects: { quantity: "another batch size", says: /another size/ },
    student: class extends LinearToFill {
      backward(dy: NDArray): NDArray {
        this.dWeight = outerProducts(dy, this.x, Math.min(4, dy.shape[0] as number));
        this.dBias = this.bias && dy.sum(0);
        return dy.matmul(this.weight);
      }
    },
  },
  {
    id: "linear-first-x-for-ever",
    name: "Linear",
    what: "a stale cache: the first x for ever",
    why: "the cache is filled when it is empty, as caches usually are",
    fix: "every forward remembers its own x",
    cause: "stale cache",
    expects: { quantity: "remembers its last forward", says: /earlier forward/ },
    student: class extends Linear {
      #x: NDArray | null = null;
      override forward(x: NDArray): NDArray {
        this.#x ??= x.copy();
        return super.forward(x);
      }
      override backward(dy: NDArray): NDArray {
        const dx = super.backward(dy);
        this.dWeight = dy.T.matmul(this.remembered(this.#x));
        return dx;
      }
    },
  },
  {
    id: "linear-steps-in-backward",
    name: "Linear",
    what: "backward also takes a step of gradient descent",
    why: "NumPy versions of one class often update in backward",
    fix: "backward computes gradients; the optimizer changes weights",
    cause: "other",
    expects: { quantity: "inputs unchanged", says: /in place/ },
    student: class extends LinearToFill {
      backward(dy: NDArray): NDArray {
        const dx = this.right(dy);
        this.weight.addInPlace(this.dWeight as NDArray, -0.01);
        return dx;
      }
    },
  },
];
