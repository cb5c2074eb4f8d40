import { AdaptiveAvgPool2d, AvgPool2d, MaxPool2d } from "chalk-and-tape/manual";
import {
  argmaxPool,
  array,
  col2im,
  im2col,
  type NDArray,
  scatter,
  type Window,
  zeros,
} from "chalk-and-tape/np";
import { adaptiveAverages, poolDivisor, poolWindow } from "#internal/contracts";
import { alone, type ZooEntry } from "./entry.ts";

type Images = readonly [N: number, C: number, H: number, W: number];

/** MaxPool2d with a right forward, to write a backward for. */
abstract class MaxPoolToFill extends MaxPool2d {
  protected x: NDArray = zeros([1]);

  override forward(x: NDArray): NDArray {
    this.x = x;
    return super.forward(x);
  }
  abstract override backward(dy: NDArray): NDArray;

  protected right(dy: NDArray): NDArray {
    return super.backward(dy);
  }
  protected get window(): Window {
    return poolWindow("MaxPool2d", this.x.shape, this.pool);
  }
  /** Adds up what each window gives to each of its elements, (N, C, KH, KW, OH, OW). */
  protected spread(dSeen: NDArray): NDArray {
    const [, , H, W] = this.x.shape as Images;
    return col2im(dSeen, this.window, [H, W]);
  }
  /** An array that has one number for each window, as im2col's shape. */
  protected perWindow(y: NDArray): NDArray {
    const [N, C, OH, OW] = y.shape as Images;
    return y.reshape(N, C, 1, 1, OH, OW).broadcastTo(im2col(this.x, this.window).shape);
  }
}

/** AvgPool2d with a right forward, to write a backward for. */
abstract class AvgPoolToFill extends AvgPool2d {
  protected x: NDArray = zeros([1]);

  override forward(x: NDArray): NDArray {
    this.x = x;
    return super.forward(x);
  }
  abstract override backward(dy: NDArray): NDArray;

  /** dx, if windows give to every element dy divided by this. */
  protected dividedBy(dy: NDArray, divisor: NDArray | number): NDArray {
    const window = poolWindow("AvgPool2d", this.x.shape, this.pool);
    const [N, C, OH, OW] = dy.shape as Images;
    const [, , H, W] = this.x.shape as Images;
    const share = dy.div(divisor).reshape(N, C, 1, 1, OH, OW);
    return col2im(share.broadcastTo([N, C, ...window.kernel, OH, OW]), window, [H, W]);
  }
}

/** Pooling: who won, and what an average is divided by. */
export const poolingZoo: readonly ZooEntry[] = [
  {
    id: "max-pool2d-all-ties",
    name: "MaxPool2d",
    what: "dy goes to every element that equals the largest",
    why: "the mask x == y is one line, and ties seem rare; after a ReLU whole windows are 0",
    fix: "only the first of them won: remember its position",
    cause: "mask",
    expects: { quantity: "x", says: /at a kink(.|\n)*right except for the mask/ },
    student: class extends MaxPoolToFill {
      backward(dy: NDArray): NDArray {
        const seen = im2col(this.x.sub(this.x.min()).add(1), this.window);
        const [N, C, KH, KW, OH, OW] = seen.shape as [number, number, number, number, number, number];
        const largest = seen.reshape(N, C, KH * KW, OH, OW).max(2);
        return this.spread(this.perWindow(dy).mul(seen.equal(this.perWindow(largest))));
      }
    },
  },
  {
    id: "max-pool2d-last-of-equals",
    name: "MaxPool2d",
    what: "the last of equal elements gets dy",
    why: "the search for the largest uses x >= best; x > best keeps the first",
    fix: "the first of equal elements wins, as in PyTorch",
    cause: "other",
    expects: { quantity: "x", says: /the convention for this kink decides/ },
    student: class extends MaxPoolToFill {
      backward(dy: NDArray): NDArray {
        const [N, C, H, W] = this.x.shape as Images;
        // The first element of the reversed image is the last one.
        const later = array(Array.from({ length: H * W }, (_, i) => i * 1e-9)).reshape(H, W);
        const winners = argmaxPool(this.x.add(later), this.window).reshape(N, C, -1);
        return scatter(dy.reshape(N, C, -1), winners, 2, [N, C, H * W]).reshape(N, C, H, W);
      }
    },
  },
  {
    id: "max-pool2d-overlap-overwritten",
    name: "MaxPool2d",
    what: "an element that won twice gets only the last dy",
    why: "dx[winner] = dy instead of dx[winner] += dy",
    fix: "add up: overlapping windows may share a winner",
    cause: "other",
    expects: { quantity: "x", says: alone },
    student: class extends MaxPoolToFill {
      backward(dy: NDArray): NDArray {
        const [, , H, W] = this.x.shape as Images;
        const [dx, winners, dys] = [zeros(this.x.shape), argmaxPool(this.x, this.window).flat(), dy.flat()];
        const perPlane = dys.length / (this.x.size / (H * W));
        for (const [i, winner] of winners.entries())
          dx.flat()[Math.floor(i / perPlane) * H * W + winner] = dys[i] as number;
        return dx;
      }
    },
  },
  {
    id: "max-pool2d-shared",
    name: "MaxPool2d",
    what: "dy shared by all elements of the window",
    why: "copied from AvgPool2d",
    fix: "only the largest moved y",
    cause: "other",
    expects: { quantity: "x", says: alone },
    student: class extends MaxPoolToFill {
      backward(dy: NDArray): NDArray {
        const [KH, KW] = this.pool.kernel;
        return this.spread(this.perWindow(dy.div(KH * KW)));
      }
    },
  },
  {
    id: "max-pool2d-largest-as-slope",
    name: "MaxPool2d",
    what: "the winner gets dy · x",
    why: "y = x · mask, and the product rule is applied to the wrong factor",
    fix: "y is the winner itself, so its slope is 1",
    cause: "extra factor",
    expects: { quantity: "x", says: alone },
    student: class extends MaxPoolToFill {
      backward(dy: NDArray): NDArray {
        return this.right(dy).mul(this.x);
      }
    },
  },
  {
    id: "avg-pool2d-not-divided",
    name: "AvgPool2d",
    what: "every element gets all of dy",
    why: "that is the backward of a sum, not of a mean",
    fix: "dx = dy / K² on the window",
    cause: "other",
    expects: { quantity: "x", says: alone },
    student: class extends AvgPoolToFill {
      backward(dy: NDArray): NDArray {
        return this.dividedBy(dy, 1);
      }
    },
  },
  {
    id: "avg-pool2d-always-kernel-size",
    name: "AvgPool2d",
    what: "divides by K² however many elements were counted",
    why: "at the edge fewer elements may have been averaged: without the padding, or where the last window hangs over",
    fix: "divide by what forward divided by, position by position",
    cause: "other",
    expects: { quantity: "x", says: alone },
    student: class extends AvgPoolToFill {
      backward(dy: NDArray): NDArray {
        const [KH, KW] = this.pool.kernel;
        return this.dividedBy(dy, KH * KW);
      }
    },
  },
  {
    id: "avg-pool2d-padding-not-counted",
    name: "AvgPool2d",
    what: "padding not counted, though forward counts it",
    why: "the gradient of the padding is dropped, so it seems not to count in the average",
    fix: "countIncludePad is true by default: the zeros were averaged as well",
    cause: "other",
    expects: { quantity: "x", says: alone },
    student: class extends AvgPoolToFill {
      backward(dy: NDArray): NDArray {
        const window = poolWindow("AvgPool2d", this.x.shape, this.pool);
        const counted = { ...this.pool, countIncludePad: false };
        return this.dividedBy(dy, poolDivisor(this.x.shape, "float64", window, counted));
      }
    },
  },
  {
    id: "avg-pool2d-divided-by-stride",
    name: "AvgPool2d",
    what: "divided by stride² instead of K²",
    why: "the two are equal in the usual 2 × 2 pooling",
    fix: "K² elements were averaged, however far the window moves",
    cause: "other",
    expects: { quantity: "x", says: alone },
    student: class extends AvgPoolToFill {
      backward(dy: NDArray): NDArray {
        const [vertical, horizontal] = this.pool.stride;
        return this.dividedBy(dy, vertical * horizontal);
      }
    },
  },
  {
    id: "adaptive-avg-pool2d-equal-windows",
    name: "AdaptiveAvgPool2d",
    what: "backward cuts the image into equal windows of ⌊H/OH⌋ rows",
    why: "that is right if OH divides H, the only case that was tried",
    fix: "window i is ⌊i·H/OH⌋ … ⌈(i + 1)·H/OH⌉ − 1, and windows may overlap",
    cause: "other",
    expects: { quantity: "x", says: alone },
    student: class extends AdaptiveAvgPool2d {
      #x: NDArray = zeros([1]);
      override forward(x: NDArray): NDArray {
        this.#x = x;
        return super.forward(x);
      }
      override backward(dy: NDArray): NDArray {
        const [N, C, H, W] = this.#x.shape as Images;
        const [, , OH, OW] = dy.shape as Images;
        const [KH, KW] = [Math.max(1, Math.floor(H / OH)), Math.max(1, Math.floor(W / OW))];
        const dx = zeros(this.#x.shape);
        const out = dx.flat();
        for (const [i, value] of dy.flat().entries()) {
          const [plane, row, column] = [Math.floor(i / (OH * OW)), Math.floor(i / OW) % OH, i % OW];
          for (let k = 0; k < KH * KW; k++) {
            const [y, x] = [row * KH + Math.floor(k / KW), column * KW + (k % KW)];
            if (y < H && x < W && plane < N * C) out[(plane * H + y) * W + x] = value / (KH * KW);
          }
        }
        return dx;
      }
    },
  },
  {
    id: "adaptive-avg-pool2d-not-divided",
    name: "AdaptiveAvgPool2d",
    what: "every element gets all of dy",
    why: "that is the backward of a sum, not of a mean",
    fix: "dx = dy / (number of elements in the window)",
    cause: "other",
    expects: { quantity: "x", says: alone },
    student: class extends AdaptiveAvgPool2d {
      #x: NDArray = zeros([1]);
      override forward(x: NDArray): NDArray {
        this.#x = x;
        return super.forward(x);
      }
      override backward(dy: NDArray): NDArray {
        const { matrix } = adaptiveAverages("AdaptiveAvgPool2d", this.#x.shape, "float64", this.outputSize);
        const ones = matrix.greater(0).astype("float64");
        return dy
          .reshape(-1, matrix.shape[0] as number)
          .matmul(ones)
          .reshape(this.#x.shape);
      }
    },
  },
];
