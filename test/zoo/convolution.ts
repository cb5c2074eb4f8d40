import { Conv1d, Conv2d, ConvTranspose2d } from "chalk-and-tape/manual";
import { col2im, concatenate, im2col, type NDArray, type Pair, type Window, zeros } from "chalk-and-tape/np";
import { alone, type ZooEntry } from "./entry.ts";

/** Conv2d with a right forward, for entries that spoil one gradient. */
abstract class Conv2dToFill extends Conv2d {
  protected x: NDArray = zeros([1]);

  override forward(x: NDArray): NDArray {
    this.x = x;
    return super.forward(x);
  }
  abstract override backward(dy: NDArray): NDArray;

  protected get size(): Pair {
    return this.x.shape.slice(2) as unknown as Pair;
  }
  /** All three gradients, right. */
  protected right(dy: NDArray): NDArray {
    return super.backward(dy);
  }
  /** dx, by another window or weight. */
  protected dxBy(dy: NDArray, window: Window, weight: NDArray = this.weight): NDArray {
    return dxOf(dy, weight, refit(window, this.size, dy), this.groups, this.size);
  }
}

type Four = [number, number, number, number];

/** Conv2d's dW: Σₙ dy Sᵀ, where each column of S holds one window of x. */
function dWeightOf(dy: NDArray, x: NDArray, window: Window, groups: number): NDArray {
  const [N, M, OH, OW] = dy.shape as Four;
  const rows = dy.reshape(N, groups, -1, OH * OW);
  const columns = im2col(x, window).reshape(N, groups, -1, OH * OW);
  return rows.matmul(columns.mT).sum(0).reshape([M, (x.shape[1] as number) / groups, ...window.kernel]); // biome-ignore format: one formula
}

/** Conv2d's dx: every element of Wᵀ dy added to the element of x that its window saw. */
function dxOf(dy: NDArray, weight: NDArray, window: Window, groups: number, size: Pair): NDArray {
  const [N, M, OH, OW] = dy.shape as Four;
  const kernels = weight.reshape(groups, M / groups, -1);
  const columns = kernels.mT.matmul(dy.reshape(N, groups, -1, OH * OW));
  return col2im(columns.reshape([N, (weight.shape[1] as number) * groups, ...window.kernel, OH, OW]), window, size); // biome-ignore format: one formula
}

/** The same window, padded or cut so that it has exactly as many positions as dy. */
function refit(window: Window, size: Pair, dy: NDArray): Window {
  const [kernel, stride, dilation] = [window.kernel, window.stride, window.dilation];
  const sides = ([0, 1] as const).map((axis): Pair => {
    const before = window.padding[axis][0];
    const reach =
      ((dy.shape[axis + 2] as number) - 1) * stride[axis] + dilation[axis] * (kernel[axis] - 1) + 1;
    return [before, reach - size[axis] - before];
  });
  return { ...window, padding: sides as unknown as Window["padding"] };
}

/** Turned by 180°. */
function turned(weight: NDArray): NDArray {
  return weight.slice(null, null, [null, null, -1], [null, null, -1]).copy();
}

/** Convolutions. */
export const convolutionZoo: readonly ZooEntry[] = [
  {
    id: "conv2d-kernel-flipped",
    name: "Conv2d",
    what: "dx with the kernel turned by 180°",
    why: "dx is 'a full convolution with the flipped kernel'; a loop that already scatters dy·W flips it a second time",
    fix: "dx[s·i + k] += dy[i] · W[k]: the same k as in forward",
    cause: "turned",
    expects: { quantity: "x", says: alone },
    student: class extends Conv2dToFill {
      backward(dy: NDArray): NDArray {
        this.right(dy);
        return this.dxBy(dy, this.window, turned(this.weight));
      }
    },
  },
  {
    id: "conv2d-border-left-out",
    name: "Conv2d",
    what: "dx is 0 on the border of the image",
    why: "the loop over x starts at the padding and ends before it, as if x were padded already",
    fix: "dx has x's size: every pixel gets what its windows send back",
    cause: "mask",
    expects: { quantity: "x", says: /border of the image|image rows?|image columns?/ },
    student: class extends Conv2dToFill {
      backward(dy: NDArray): NDArray {
        const dx = this.right(dy).copy();
        const [height, width] = this.size;
        const flat = dx.flat();
        for (let i = 0; i < flat.length; i++) {
          const [row, column] = [Math.floor(i / width) % height, i % width];
          if (row % (height - 1) === 0 || column % (width - 1) === 0) flat[i] = 0;
        }
        return dx;
      }
    },
  },
  {
    id: "conv2d-dw-flipped",
    name: "Conv2d",
    what: "dW turned by 180°",
    why: "convolution in mathematics flips the kernel; a layer computes a correlation, which does not",
    fix: "dW[k] = Σ dy[i] · x[s·i + k]",
    cause: "turned",
    expects: { quantity: "weight", says: alone },
    student: class extends Conv2dToFill {
      backward(dy: NDArray): NDArray {
        const dx = this.right(dy);
        this.dWeight = turned(this.dWeight as NDArray);
        return dx;
      }
    },
  },
  {
    id: "conv2d-stride-forgotten",
    name: "Conv2d",
    what: "dx written as if the stride were 1",
    why: "the loop over dy reads x[i : i + K], which is right for stride 1 only",
    fix: "position i starts at row s·i",
    cause: "other",
    expects: { quantity: "x", says: alone },
    student: class extends Conv2dToFill {
      backward(dy: NDArray): NDArray {
        this.right(dy);
        return this.dxBy(dy, { ...this.window, stride: [1, 1] });
      }
    },
  },
  {
    id: "conv2d-dilation-forgotten",
    name: "Conv2d",
    what: "dx written as if the window had no gaps",
    why: "dilation was added to forward later, and backward's slice was not touched",
    fix: "element k of the window sees row s·i + d·k",
    cause: "other",
    expects: { quantity: "x", says: alone },
    student: class extends Conv2dToFill {
      backward(dy: NDArray): NDArray {
        this.right(dy);
        return this.dxBy(dy, { ...this.window, dilation: [1, 1] });
      }
    },
  },
  {
    id: "conv2d-strides-swapped",
    name: "Conv2d",
    what: "vertical and horizontal stride swapped in dx",
    why: "an image's size names width before height, an array's shape height before width",
    fix: "the first number belongs to rows",
    cause: "other",
    expects: { quantity: "x", says: alone },
    student: class extends Conv2dToFill {
      backward(dy: NDArray): NDArray {
        this.right(dy);
        const [vertical, horizontal] = this.window.stride;
        return this.dxBy(dy, { ...this.window, stride: [horizontal, vertical] });
      }
    },
  },
  {
    id: "conv2d-padding-not-cut",
    name: "Conv2d",
    what: "dx has the size of the padded image",
    why: "forward works on the padded x, so backward finds the gradient of that",
    fix: "cut the padding off again: dx[:, :, p : −p, p : −p]",
    cause: "other",
    expects: { quantity: "x", says: /gradient of x has shape \(2, 2, 5, 8\), expected \(2, 2, 3, 4\)/ },
    student: class extends Conv2dToFill {
      backward(dy: NDArray): NDArray {
        this.right(dy);
        const [[above, below], [left, right]] = this.window.padding;
        const size: Pair = [this.size[0] + above + below, this.size[1] + left + right];
        const bare: Window = { ...this.window, padding: [[0, 0], [0, 0]], mode: "zeros" }; // biome-ignore format: one line
        return dxOf(dy, this.weight, bare, this.groups, size);
      }
    },
  },
  {
    id: "conv2d-padding-cut-at-the-end",
    name: "Conv2d",
    what: "dx is the first H × W of the padded gradient",
    why: "dx[:, :, :H, :W] has the right shape",
    fix: "x began after the padding: dx[:, :, p : p + H, p : p + W]",
    cause: "other",
    expects: { quantity: "x", says: alone },
    student: class extends Conv2dToFill {
      backward(dy: NDArray): NDArray {
        this.right(dy);
        return this.dxBy(dy, { ...this.window, padding: [[0, 0], [0, 0]] }); // biome-ignore format: one line
      }
    },
  },
  {
    id: "conv2d-padding-mode-forgotten",
    name: "Conv2d",
    what: "backward pads with zeros whatever the padding mode",
    why: "the padding seems not to belong to x; but reflected padding is x again",
    fix: "a copy in forward is a sum in backward: the gradient of the padding goes to the elements that it copied",
    cause: "other",
    expects: { quantity: "x", says: alone },
    student: class extends Conv2dToFill {
      backward(dy: NDArray): NDArray {
        this.right(dy);
        const window: Window = { ...this.window, mode: "zeros" };
        this.dWeight = dWeightOf(dy, this.x, window, this.groups);
        return this.dxBy(dy, window);
      }
    },
  },
  {
    id: "conv2d-overlap-overwritten",
    name: "Conv2d",
    what: "where windows overlap, only the last one's gradient remains",
    why: "dx[window] = … instead of dx[window] += …",
    fix: "an element that several windows saw gets the sum",
    cause: "other",
    expects: { quantity: "x", says: alone },
    student: class extends Conv2dToFill {
      backward(dy: NDArray): NDArray {
        this.right(dy);
        const dx = zeros(this.x.shape);
        const [out, [N, M, OH, OW]] = [dx.flat(), dy.shape as [number, number, number, number]];
        for (let i = 0; i < OH * OW; i++) {
          const mask = zeros([1, 1, OH, OW]);
          mask.flat()[i] = 1;
          const one = this.dxBy(dy.mul(mask), this.window).flat();
          const seen = this.dxBy(
            mask.broadcastTo([N, M, OH, OW]),
            this.window,
            this.weight.mul(0).add(1),
          ).flat();
          for (let at = 0; at < out.length; at++) if (seen[at] !== 0) out[at] = one[at] as number;
        }
        return dx;
      }
    },
  },
  {
    id: "conv2d-db-not-summed",
    name: "Conv2d",
    what: "db summed over samples only",
    why: "copied from Linear, whose dy has no positions",
    fix: "b[m] was added at every position of every sample: dy.sum([0, 2, 3])",
    cause: "not summed",
    expects: { quantity: "bias", says: /gradient of bias has shape \(3, 2, 3\), expected \(3,\)/ },
    student: class extends Conv2dToFill {
      backward(dy: NDArray): NDArray {
        const dx = this.right(dy);
        this.dBias = this.bias && dy.sum(0);
        return dx;
      }
    },
  },
  {
    id: "conv2d-db-averaged-over-positions",
    name: "Conv2d",
    what: "db averaged over the positions",
    why: "db needs one number for a whole map, and a mean seems natural",
    fix: "every position adds its dy",
    cause: "other",
    expects: { quantity: "bias", says: alone },
    student: class extends Conv2dToFill {
      backward(dy: NDArray): NDArray {
        const dx = this.right(dy);
        this.dBias = this.bias && dy.mean([2, 3]).sum(0);
        return dx;
      }
    },
  },
  {
    id: "conv2d-groups-mixed",
    name: "Conv2d",
    what: "dW of every group uses the channels of the first",
    why: "x[:, :C/G] is written inside the loop over groups, where it should move with g",
    fix: "group g sees the channels g·C/G … (g + 1)·C/G − 1",
    cause: "other",
    expects: { quantity: "weight", says: alone },
    student: class extends Conv2dToFill {
      backward(dy: NDArray): NDArray {
        const dx = this.right(dy);
        const first = this.x.slice(null, [0, this.weight.shape[1] as number]);
        const repeated = concatenate(Array.from({ length: this.groups }, () => first), 1); // biome-ignore format: one call
        this.dWeight = dWeightOf(dy, repeated, this.window, this.groups);
        return dx;
      }
    },
  },
  {
    id: "conv2d-dw-of-the-last-sample",
    name: "Conv2d",
    what: "dW of the last sample only",
    why: "= instead of += inside the loop over samples",
    fix: "the kernel is shared by all samples: add up",
    cause: "not summed",
    expects: { quantity: "weight", says: alone },
    student: class extends Conv2dToFill {
      backward(dy: NDArray): NDArray {
        const dx = this.right(dy);
        this.dWeight = dWeightOf(dy.slice([-1]), this.x.slice([-1]), this.window, this.groups);
        return dx;
      }
    },
  },
  {
    id: "conv1d-kernel-flipped",
    name: "Conv1d",
    what: "dx with the kernel backwards",
    why: "dx is computed with numpy.convolve, which flips the kernel, instead of numpy.correlate",
    fix: "dx[s·i + k] += dy[i] · W[k]",
    cause: "turned",
    expects: { quantity: "x", says: alone },
    student: class extends Conv1d {
      override backward(dy: NDArray): NDArray {
        super.backward(dy);
        const { weight, dWeight } = this;
        this.weight = weight.slice(null, null, [null, null, -1]).copy();
        const dx = super.backward(dy);
        [this.weight, this.dWeight] = [weight, dWeight];
        return dx;
      }
    },
  },
  {
    id: "conv1d-db-over-channels",
    name: "Conv1d",
    what: "db summed over the channels",
    why: "axes [0, 1] instead of [0, 2]",
    fix: "keep the channels, sum samples and positions: dy.sum([0, 2])",
    cause: "other",
    expects: { quantity: "bias", says: /gradient of bias has shape|your backward stands alone/ },
    student: class extends Conv1d {
      override backward(dy: NDArray): NDArray {
        const dx = super.backward(dy);
        this.dBias = this.bias && dy.sum([0, 1]);
        return dx;
      }
    },
  },
  {
    id: "conv-transpose2d-kernel-turned",
    name: "ConvTranspose2d",
    what: "dx by a convolution with the kernel turned by 180°",
    why: "'transposed' is read as 'flipped'",
    fix: "its backward is the plain convolution of dy with the same kernel",
    cause: "turned",
    expects: { quantity: "x", says: alone },
    student: class extends ConvTranspose2d {
      override backward(dy: NDArray): NDArray {
        super.backward(dy);
        const { weight, dWeight } = this;
        this.weight = turned(weight);
        const dx = super.backward(dy);
        [this.weight, this.dWeight] = [weight, dWeight];
        return dx;
      }
    },
  },
  {
    id: "conv-transpose2d-dw-in-and-out-swapped",
    name: "ConvTranspose2d",
    what: "dW (M, C, KH, KW) where the weight is (C, M, KH, KW)",
    why: "Conv2d's weight begins with the outputs; with as many inputs as outputs all shapes fit",
    fix: "the weight of a transposed convolution begins with the channels of x",
    cause: "other",
    expects: { quantity: "weight", says: alone },
    student: class extends ConvTranspose2d {
      override backward(dy: NDArray): NDArray {
        const dx = super.backward(dy);
        const dW = this.dWeight as NDArray;
        if (dW.shape[0] === dW.shape[1]) this.dWeight = dW.transpose([1, 0, 2, 3]);
        return dx;
      }
    },
  },
  {
    id: "conv-transpose2d-bias-per-element-of-x",
    name: "ConvTranspose2d",
    what: "db leaves out the rows and columns that outputPadding added",
    why: "no window reaches them, so they seem not to belong; but b was added there as well",
    fix: "db = dy.sum([0, 2, 3]), over all of y",
    cause: "other",
    expects: { quantity: "bias", says: alone },
    student: class extends ConvTranspose2d {
      override backward(dy: NDArray): NDArray {
        const dx = super.backward(dy);
        const [[above, below], [left, right]] = this.window.padding;
        const reached = dy.slice(null, null, [0, (dy.shape[2] as number) + below - above], [0, (dy.shape[3] as number) + right - left]); // biome-ignore format: one call
        this.dBias = this.bias && reached.sum([0, 2, 3]);
        return dx;
      }
    },
  },
];
