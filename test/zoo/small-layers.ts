import { Dropout, Dropout2d, Embedding, Identity, Residual } from "chalk-and-tape/manual";
import { type NDArray, zeros } from "chalk-and-tape/np";
import { alone, type Cause, type ZooEntry } from "./entry.ts";

const entry = { cause: "other" as Cause, expects: { quantity: "x", says: alone } };

/** Embedding that remembers its indices, for a student's dW. */
abstract class EmbeddingToFill extends Embedding {
  protected x: NDArray = zeros([1]);
  override forward(x: NDArray): NDArray {
    this.x = x;
    return super.forward(x);
  }
  /** Row by row: the index, and dy's row for it. */
  protected *rows(dy: NDArray): Generator<[row: number, dy: NDArray]> {
    const [indices, each] = [this.x.flat(), dy.reshape(this.x.size, -1)];
    for (let n = 0; n < indices.length; n++) yield [indices[n] as number, each.slice(n)];
  }
}

/** Dropout, embeddings, shortcuts and the identity. */
export const smallLayersZoo: readonly ZooEntry[] = [
  {
    ...entry,
    id: "dropout-new-mask",
    name: "Dropout",
    what: "a new mask in backward",
    why: "the line that draws the mask was copied from forward",
    fix: "remember the mask of forward",
    student: class extends Dropout {
      override backward(dy: NDArray): NDArray {
        super.forward(dy);
        return super.backward(dy);
      }
    },
  },
  {
    ...entry,
    id: "dropout-backward-without-scale",
    name: "Dropout",
    what: "backward masks but does not scale",
    why: "dropped elements get no gradient, and the rest seems to pass unchanged",
    fix: "y = x ⊙ mask with 1 / (1 − p) in the mask, so dx = dy ⊙ the same mask",
    student: class extends Dropout {
      override backward(dy: NDArray): NDArray {
        const dx = super.backward(dy);
        return this.training && this.p < 1 ? dx.mul(1 - this.p) : dx;
      }
    },
  },
  {
    ...entry,
    id: "dropout-passes-all",
    name: "Dropout",
    what: "backward returns dy unchanged",
    why: "dropout has no parameters, so it seems to have no backward",
    fix: "dropped elements get no gradient: dx = dy ⊙ mask",
    student: class extends Dropout {
      override backward(dy: NDArray): NDArray {
        return dy;
      }
    },
  },
  {
    ...entry,
    id: "dropout-scaled-in-evaluation",
    name: "Dropout",
    what: "in evaluation backward scales by 1 − p",
    why: "the first paper scales in evaluation; inverted dropout does not",
    fix: "in evaluation y = x, and dx = dy",
    student: class extends Dropout {
      override backward(dy: NDArray): NDArray {
        const dx = super.backward(dy);
        return this.training ? dx : dx.mul(1 - this.p);
      }
    },
  },
  {
    ...entry,
    id: "dropout-images-by-pixel",
    name: "Dropout2d",
    what: "backward takes the zeros of y for the mask, and forgets the scale",
    why: "y is available, and 0 where something was dropped",
    fix: "keep the mask, whose numbers are 0 and 1 / (1 − p)",
    student: class extends Dropout2d {
      #y: NDArray = zeros([1]);
      override forward(x: NDArray): NDArray {
        this.#y = super.forward(x);
        return this.#y;
      }
      override backward(dy: NDArray): NDArray {
        return dy.mul(this.#y.notEqual(0));
      }
    },
  },
  {
    ...entry,
    id: "embedding-overwritten",
    name: "Embedding",
    what: "an index that occurs twice keeps only its last gradient",
    why: "dW[x] = dy assigns, also in NumPy with dW[x] += dy",
    fix: "add for every occurrence: np.add.at, scatter",
    expects: { quantity: "weight", says: alone },
    student: class extends EmbeddingToFill {
      override backward(dy: NDArray): null {
        const dW = zeros(this.weight.shape);
        for (const [row, d] of this.rows(dy)) if (row !== this.paddingIdx) dW.slice(row).copyFrom(d);
        this.dWeight = dW;
        return null;
      }
    },
  },
  {
    ...entry,
    id: "embedding-averaged",
    name: "Embedding",
    what: "the gradients of an index are averaged",
    why: "otherwise a frequent word would make larger steps than a rare one",
    fix: "a row that is used twice is summed twice",
    expects: { quantity: "weight", says: alone },
    student: class extends EmbeddingToFill {
      override backward(dy: NDArray): null {
        const dW = zeros(this.weight.shape);
        const indices = [...this.x.flat()];
        for (const [row, d] of this.rows(dy)) {
          const times = indices.filter((index) => index === row).length;
          if (row !== this.paddingIdx) dW.slice(row).addInPlace(d.copy(), 1 / times);
        }
        this.dWeight = dW;
        return null;
      }
    },
  },
  {
    ...entry,
    id: "embedding-padding-learns",
    name: "Embedding",
    what: "the padding row gets a gradient",
    why: "forward looks it up like any other row",
    fix: "leave out the rows of dy whose index is paddingIdx",
    expects: { quantity: "weight", says: /differs|different|disagree|chalk/ },
    student: class extends EmbeddingToFill {
      override backward(dy: NDArray): null {
        const dW = zeros(this.weight.shape);
        for (const [row, d] of this.rows(dy)) dW.slice(row).addInPlace(d.copy());
        this.dWeight = dW;
        return null;
      }
    },
  },
  {
    ...entry,
    id: "residual-without-shortcut",
    name: "Residual",
    what: "the shortcut's gradient is forgotten",
    why: "backward walks back through the layers, and the shortcut is not one of them",
    fix: "x took two paths: dx = main's dx + shortcut's dx",
    student: class extends Residual {
      override backward(dy: NDArray): NDArray {
        const dx = this.main.backward(dy);
        this.shortcut.backward(dy);
        return dx;
      }
    },
  },
  {
    ...entry,
    id: "residual-shortcut-is-the-identity",
    name: "Residual",
    what: "dy itself is added, whatever the shortcut",
    why: "in most blocks the shortcut is the identity",
    fix: "add the shortcut's own backward(dy)",
    expects: { quantity: "no error", says: /ShapeError/ },
    student: class extends Residual {
      override backward(dy: NDArray): NDArray {
        return this.main.backward(dy).add(dy);
      }
    },
  },
  {
    ...entry,
    id: "residual-branches-in-a-row",
    name: "Residual",
    what: "the shortcut's backward receives main's dx",
    why: "every other backward receives what the previous one returned",
    fix: "both branches get dy, since both were added to y",
    student: class extends Residual {
      override backward(dy: NDArray): NDArray {
        const dx = this.main.backward(dy);
        const same = dx.shape.join() === dy.shape.join();
        return dx.add(this.shortcut.backward(same ? dx : dy));
      }
    },
  },
  {
    ...entry,
    id: "identity-of-ones",
    name: "Identity",
    what: "dx = 1",
    why: "the derivative of x is 1",
    fix: "times dy, as in every layer: dx = dy",
    cause: "upstream ignored",
    student: class extends Identity {
      override backward(dy: NDArray): NDArray {
        return dy.mul(0).add(1);
      }
    },
  },
];
