import { rows, type Section } from "../row.ts";

/** Sums, extremes, statistics and order. */
// biome-ignore format: a table, one row a line
export const reductions: Section = {
  title: "Sums, statistics and order",
  rows: [
    ...rows("differentiable", [
      ["np.sum", ["np.sum", "NDArray.sum"], "Tensor.sum", "Tensor.sum", "`x.sum(axis, keepdims)`, by position on both sides; integers are summed in float64"],
      ["np.mean", ["np.mean", "NDArray.mean"], "Tensor.mean", "Tensor.mean"],
      ["np.std", ["np.std", "NDArray.std"], "Tensor.std", "Tensor.std", "NumPy divides by n, PyTorch by n − 1, and so do these two"],
      ["np.var", ["np.var", "NDArray.var"], "Tensor.var", "Tensor.var", "as for `std`: `np.var(x, axis)` divides by n, `x.var(dim)` of a tensor by n − 1"],
      ["np.max · np.amax", ["np.max", "NDArray.max"], "Tensor.max · Tensor.amax", "Tensor.max", "`const [values, indices] = x.max(dim)` of a tensor; `np.max(x, axis)` are the values"],
      ["np.min · np.amin", ["np.min", "NDArray.min"], "Tensor.min · Tensor.amin · Tensor.aminmax", "Tensor.min"],
      ["np.prod", ["np.prod", "NDArray.prod"], "Tensor.prod", "Tensor.prod"],
      ["np.cumsum · np.cumulative_sum", ["np.cumsum", "NDArray.cumsum"], "Tensor.cumsum", "Tensor.cumsum"],
      ["np.cumprod · np.cumulative_prod", ["np.cumprod", "NDArray.cumprod"], "Tensor.cumprod", "Tensor.cumprod"],
      ["np.median", "np.median", "Tensor.median", "Tensor.median", "NumPy's is the mean of the two in the middle; PyTorch's, and so a tensor's method, the lower of them"],
      ["np.quantile", "np.quantile", "Tensor.quantile", "np.quantile"],
      ["np.percentile", "np.percentile", null, "np.percentile"],
      ["np.sort · ndarray.sort", "np.sort", "Tensor.sort · Tensor.msort", "Tensor.sort", "a new array; `x.sort(dim)` of a tensor is `{ values, indices }`"],
      [null, "np.topk", "Tensor.topk", "Tensor.topk"],
      ["scipy.special.logsumexp", "np.logsumexp", "Tensor.logsumexp", ["np.logsumexp", "Tensor.logsumexp"]],
      ["scipy.special.softmax", "np.softmax", "Tensor.softmax · F.softmax", ["Tensor.softmax", "functional.softmax"], "the axis is required"],
      ["scipy.special.log_softmax", "np.logSoftmax", "Tensor.log_softmax · F.log_softmax", ["Tensor.logSoftmax", "functional.logSoftmax"]],
      ["np.cov", "np.cov", "Tensor.cov", "np.cov", "`{ rowvar: false }` if the rows are samples"],
      ["np.linalg.norm · np.linalg.vector_norm", ["np.norm", "np.linalg.norm"], "Tensor.norm", "Tensor.norm"],
      [null, "np.standardize", null, "np.standardize", "(x − mean) / std in one pass"],
    ]),
    ...rows("constant", [
      ["np.argmax", ["np.argmax", "NDArray.argmax"], "Tensor.argmax", "Tensor.argmax", "int32"],
      ["np.argmin", ["np.argmin", "NDArray.argmin"], "Tensor.argmin", "Tensor.argmin"],
      ["np.argsort", ["np.argsort", "NDArray.argsort"], "Tensor.argsort", "Tensor.argsort"],
      ["np.all", ["np.all", "NDArray.all"], "Tensor.all", "Tensor.all"],
      ["np.any", ["np.any", "NDArray.any"], "Tensor.any", "Tensor.any"],
      ["np.count_nonzero", "np.countNonzero", "Tensor.count_nonzero", "np.countNonzero"],
      ["np.unique · np.unique_values", "np.unique", "Tensor.unique", null, "arrays only: `unique(x.data)`"],
      ["np.bincount", "np.bincount", "Tensor.bincount", null],
      ["np.histogram", "np.histogram", "Tensor.histogram · Tensor.histc", null],
      ["np.searchsorted", "np.searchsorted", "torch.searchsorted", null],
      ["np.unique_counts", "np.uniqueCounts", null, null],
      ["np.unique_inverse", "np.uniqueInverse", null, null],
    ]),
    ...rows("other", [
      ["np.average", null, null, null, "`x.mul(w).sum(axis).div(w.sum(axis))`"],
      ["np.ptp", null, null, null, "`x.max(axis).sub(x.min(axis))`"],
      ["np.corrcoef", null, "Tensor.corrcoef", null, "the covariance divided by the outer product of the standard deviations"],
      ["np.diff", null, "Tensor.diff", null, "`x.slice([1]).sub(x.slice([null, -1]))`"],
      [null, null, "Tensor.kthvalue", null, "`np.sort(x, axis)`, then `slice`"],
      [null, null, "Tensor.mode", null, "`unique` and `bincount`"],
      [null, null, "Tensor.logcumsumexp · Tensor.cummax · Tensor.cummin", null, "no layer of the course needs them"],
    ]),
  ],
};
