import { Bilinear } from "chalk-and-tape/manual";
import { type NDArray, zeros } from "chalk-and-tape/np";
import { alone, type Cause, type ZooEntry } from "./entry.ts";

/** Bilinear with a right forward and right gradients; a student overrides one of them. */
abstract class BilinearToFill extends Bilinear {
  protected x1: NDArray = zeros([1]);
  protected x2: NDArray = zeros([1]);
  override forward(x1: NDArray, x2: NDArray): NDArray {
    [this.x1, this.x2] = [x1, x2];
    return super.forward(x1, x2);
  }
  override backward(dy: NDArray): [dx1: NDArray, dx2: NDArray] {
    return this.wrong(super.backward(dy), dy);
  }
  protected abstract wrong(right: [NDArray, NDArray], dy: NDArray): [dx1: NDArray, dx2: NDArray];

  /** Σₘ dyₘ Wₘ, (N, D, E). */
  protected dProducts(dy: NDArray): NDArray {
    const [m, d, e] = this.weight.shape as [number, number, number];
    return dy.matmul(this.weight.reshape(m, d * e)).reshape(-1, d, e);
  }
}

const entry = {
  name: "Bilinear",
  fix: "dx1 = Σ dyₘ Wₘ x2, dx2 = Σ dyₘ Wₘᵀ x1, dWₘ = Σ dyₘ x1 x2ᵀ",
  cause: "other" as Cause,
  expects: { quantity: "x2", says: alone },
};

/** The layer with two inputs. */
export const bilinearZoo: readonly ZooEntry[] = [
  {
    ...entry,
    id: "bilinear-second-forgotten",
    what: "only dx1 is returned",
    why: "every other layer returns one gradient",
    cause: "zero",
    expects: { quantity: "x2", says: /backward returned no dx2/ },
    student: class extends BilinearToFill {
      protected wrong([dx1]: [NDArray, NDArray]): [NDArray, NDArray] {
        return [dx1] as unknown as [NDArray, NDArray];
      }
    },
  },
  {
    ...entry,
    id: "bilinear-swapped",
    what: "[dx2, dx1]",
    why: "dx1 contains x2 and dx2 contains x1, which invites swapping them",
    expects: { quantity: "x", says: /gradient of x has shape/ },
    student: class extends BilinearToFill {
      protected wrong([dx1, dx2]: [NDArray, NDArray]): [NDArray, NDArray] {
        return [dx2, dx1];
      }
    },
  },
  {
    ...entry,
    id: "bilinear-second-without-first",
    what: "dx2 = Σ dyₘ Wₘ without x1",
    why: "x1 is treated as part of the weight and forgotten",
    student: class extends BilinearToFill {
      protected wrong([dx1]: [NDArray, NDArray], dy: NDArray): [NDArray, NDArray] {
        return [dx1, this.dProducts(dy).sum(1)];
      }
    },
  },
  {
    ...entry,
    id: "bilinear-own-input",
    what: "dx1 uses x1",
    why: "d(x²) = 2x: right only for a quadratic form of one input",
    expects: { quantity: "x", says: /your backward stands alone|no error/ },
    student: class extends BilinearToFill {
      protected wrong([dx1, dx2]: [NDArray, NDArray], dy: NDArray): [NDArray, NDArray] {
        const [d, e] = this.weight.shape.slice(1) as [number, number];
        return d === e
          ? [
              this.dProducts(dy)
                .mul(this.x1.reshape(-1, 1, e))
                .sum(2),
              dx2,
            ]
          : [dx1, dx2];
      }
    },
  },
  {
    ...entry,
    id: "bilinear-batch-averaged",
    what: "dW and db are averaged over the batch",
    why: "the mean belongs to the loss, which has already divided by N",
    cause: "factor 1/N",
    expects: { quantity: "weight", says: /divided by \d+ = N, the batch/ },
    student: class extends BilinearToFill {
      protected wrong(right: [NDArray, NDArray], dy: NDArray): [NDArray, NDArray] {
        const n = dy.shape[0] as number;
        this.dWeight = this.dWeight?.div(n) ?? null;
        this.dBias = this.dBias?.div(n) ?? null;
        return right;
      }
    },
  },
];
