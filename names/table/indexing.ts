import { rows, type Section } from "../row.ts";

/** Parts of an array. */
// biome-ignore format: a table, one row a line
export const indexing: Section = {
  title: "Indexing",
  rows: [
    ...rows("differentiable", [
      ["x[0]", "NDArray.slice", "x[0]", "Tensor.slice", "`x.slice(0)`; JavaScript has no brackets for arrays, and `x[0]` throws"],
      ["x[0, 1]", ["NDArray.slice", "NDArray.item"], "x[0, 1]", ["Tensor.slice", "Tensor.item"], "`x.slice(0, 1)` is an array without axes, `x.item(0, 1)` the number"],
      ["x[:, 0]", "NDArray.slice", "x[:, 0]", "Tensor.slice", "`x.slice(null, 0)`: null keeps an axis whole"],
      ["x[1:3] · x[:, ::2] · x[::-1]", "NDArray.slice", "x[1:3]", "Tensor.slice", "`x.slice([1, 3])`, `x.slice(null, [null, null, 2])`, `x.slice([null, null, -1])`: a view"],
      ["x[..., 0]", "NDArray.slice", "x[..., 0]", "Tensor.slice", "a null for each axis before: `x.slice(null, null, 0)`"],
      ["x[idx] · x[[2, 0]] · x[range(N), y]", "NDArray.slice", "x[idx] · C[X]", "Tensor.slice", "`x.slice(np.array([2, 0]))`, `x.slice(np.arange(N), y)`: a copy; a list would be a range"],
      ["x[mask] · x[x > 0]", "NDArray.slice", "x[mask] · Tensor.masked_select", ["Tensor.slice", "Tensor.maskedSelect"], "`x.slice(x.greater(0))`; a mask is uint8"],
      ["np.take", ["np.take", "NDArray.take"], "Tensor.take · Tensor.index_select", "Tensor.indexSelect"],
      ["np.take_along_axis", ["np.takeAlongAxis", "np.gather"], "Tensor.gather · Tensor.take_along_dim", "Tensor.gather", "`np.gather(x, indices, axis)`, `x.gather(dim, index)` of a tensor"],
      ["np.add.at", ["np.scatter", "np.unslice"], "Tensor.scatter_add · Tensor.scatter · Tensor.index_add", ["Tensor.scatter", "Tensor.scatterAdd"], "`np.scatter` and `np.unslice` add into zeros: the adjoints of `gather` and `slice`"],
      ["np.copyto(x, v, where=mask)", "np.where", "Tensor.masked_fill", "Tensor.maskedFill", "`where(mask, v, x)` makes a new array"],
    ]),
    ...rows("other", [
      ["x[i, j] = v · x[mask] = 0 · np.put · np.place · np.putmask · np.put_along_axis · np.copyto · np.fill_diagonal", "NDArray.set", "x[i] = v · Tensor.put · Tensor.index_put · Tensor.index_copy · Tensor.index_fill · Tensor.masked_scatter", ["Tensor.maskedFill", "np.where"], "`x.set(v, i, j)`, `x.set(0, mask)` change an array in place; a tensor does not change: `maskedFill`, `np.where`, or `x.data.set(v, i)` before the forward pass"],
      ["x[idx] += v", "NDArray.set", "x[idx] += v", null, "`x.set(x.slice(idx).add(v), idx)`"],
      ["x += y · x -= lr * dx · x /= n", "NDArray.addInPlace", "x -= lr * x.grad", "NDArray.addInPlace", "`x.addInPlace(dx, -lr)`, and for the others `x = x.div(n)`; for parameters of the tape `p.data.addInPlace(p.grad.data, -lr)`, or an optimizer"],
      ["x[:] = y", "NDArray.copyFrom", "Tensor.copy_", null],
      ["ndarray.fill", "NDArray.set", "Tensor.fill_", null, "`x.set(7)`"],
    ]),
    ...rows("constant", [
      ["np.nonzero", ["np.nonzero", "NDArray.nonzero"], "Tensor.nonzero", null],
      ["np.argwhere", "np.argwhere", "Tensor.argwhere", null],
      ["np.flatnonzero", "np.flatnonzero", null, null],
    ]),
  ],
};
