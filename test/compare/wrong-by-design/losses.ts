import type { CrossEntropyLossOptions, MultiMarginLossOptions } from "chalk-and-tape/contracts";
import * as manual from "chalk-and-tape/manual";
import { NDArray } from "chalk-and-tape/np";
import { type Wrong, wrong } from "./wrong.ts";

export const wrongLosses: readonly Wrong[] = [
  wrong(
    "MultiMarginLoss",
    "margin 0 is taken for not given",
    class extends manual.MultiMarginLoss {
      constructor({ margin, ...options }: MultiMarginLossOptions = {}) {
        super({ ...options, margin: margin || 1 });
      }
    },
    /margin 0/,
  ),
  wrong(
    "CrossEntropyLoss",
    "a sum also counts ignored rows",
    class extends manual.CrossEntropyLoss {
      constructor(options: CrossEntropyLossOptions = {}) {
        super(options.reduction === "sum" ? { ...options, ignoreIndex: -100 } : options);
      }
    },
    /reduction sum, ignoreIndex/,
  ),
  wrong(
    "CrossEntropyLoss",
    "over pixels a mean divides by ignored pixels as well",
    class extends manual.CrossEntropyLoss {
      share: number = 1;
      override forward(logits: NDArray, target: NDArray): NDArray {
        const isPixels = logits.ndim > 2 && target.ndim < logits.ndim && this.reduction === "mean";
        const counted = target.notEqual(this.ignoreIndex).sum().item();
        this.share = isPixels ? counted / target.size : 1;
        return super.forward(logits, target).mul(this.share);
      }
      override backward(dy?: NDArray | number): NDArray {
        return super.backward(dy).mul(this.share);
      }
    },
    /ignoreIndex 2.*target pixels/,
  ),
  wrong(
    "CrossEntropyLoss",
    "class indices by their first digit",
    class extends manual.CrossEntropyLoss {
      override forward(logits: NDArray, target: NDArray): NDArray {
        const digit = (index: number): number => (index < 0 ? index : Number(String(index)[0]));
        const isSoft = target.dtype === "float64" || target.dtype === "float32";
        const digits = NDArray.from(Int32Array.from(target.flat(), digit), [...target.shape]);
        return super.forward(logits, isSoft ? target : digits);
      }
    },
    /70 samples/,
  ),
  wrong(
    "NLLLoss",
    "scores of the first five classes",
    class extends manual.NLLLoss {
      override backward(dy?: NDArray | number): NDArray {
        const dx = super.backward(dy);
        const classes = dx.shape[1] as number;
        if (classes <= 5 || dx.ndim > 2) return dx;
        const isFirst = Array.from({ length: classes }, (_, c) => c).map((c) => (c < 5 ? 1 : 0));
        return dx.mul(NDArray.from(Float64Array.from(isFirst), [classes]));
      }
    },
    /one sample|70 samples|views/,
  ),
];
