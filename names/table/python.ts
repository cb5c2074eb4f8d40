import { rows, type Section } from "../row.ts";

/** What Python's syntax does, and how JavaScript says it. */
// biome-ignore format: a table, one row a line
export const python: Section = {
  title: "Python's syntax",
  rows: [
    ...rows("other", [
      ["a + b · a - b · a * b · a / b · a ** b · -a", ["NDArray.add", "NDArray.sub", "NDArray.mul", "NDArray.div", "NDArray.pow", "NDArray.neg"], "a + b · a * 2", ["Tensor.add", "Tensor.sub", "Tensor.mul", "Tensor.div", "Tensor.pow", "Tensor.neg"], "`a.add(b)`, `a.mul(2)`; for 2 / a write `a.pow(-1).mul(2)`, or `np.divide(2, a)`"],
      ["a > 0 · a == b · a <= b", ["NDArray.greater", "NDArray.equal", "NDArray.lessEqual"], "a > 0 · a == b", ["Tensor.gt", "Tensor.eq", "Tensor.le"], "`a === b` asks whether both are the same object"],
      ["(a > 0) & (b > 0) · ~mask · a | b", ["np.logicalAnd", "np.logicalOr", "np.logicalNot"], "mask & other", ["np.logicalAnd", "np.logicalOr", "np.logicalNot"]],
      ["len(x)", "NDArray.shape", "len(x)", "Tensor.shape", "`x.shape[0]`"],
      ["print(x)", null, "print(x)", null, "`console.log(x)`, or x as the last line of a notebook's cell"],
      ["for row in x", "NDArray.slice", "for row in x", "Tensor.unbind", "`for (let i = 0; i < x.shape[0]; i++) x.slice(i)`"],
      ["x.sum(axis=0, keepdims=True)", "NDArray.sum", "x.sum(dim=0, keepdim=True)", "Tensor.sum", "JavaScript has no keyword arguments: `x.sum(0, true)`; PyTorch's keyword-only arguments stand in an object, `x.var(0, { keepdim: true })`"],
      [null, null, "nn.Conv2d(3, 8, kernel_size=3, padding=1)", "autograd.Conv2d", "what a class needs stands in order, its options in an object: `new Conv2d(3, 8, 3, { padding: 1 })`, `new MaxPool2d(2, { stride: 2 })`, `new Dropout(0.2)`"],
      ["float(x)", "NDArray.item", "float(loss) · loss.item()", "Tensor.item"],
      ["x.copy()", "NDArray.copy", "x.clone()", "Tensor.clone", "`const y = x` is the same array, as in Python"],
      ["import numpy as np", null, "import torch", null, "`import { np, autograd } from \"chalk-and-tape\"`, or `import { tensor, Linear } from \"chalk-and-tape/autograd\"`"],
      ["snake_case", null, "snake_case", null, "camelCase: `expand_dims` is `expandDims`, `masked_fill` is `maskedFill`"],
      ["None", null, "None", null, "`null`"],
      ["True · False", null, "True · False", null, "`true`, `false`; in arrays 1 and 0"],
      ["x if c else y", null, null, null, "`c ? x : y`"],
      ["range(n)", "np.arange", "range(n)", null, "`for (let i = 0; i < n; i++)`, or `np.arange(n)` as an index"],
      ["lambda x: x ** 2", null, "lambda x: x ** 2", null, "`(x) => x.pow(2)`"],
      ["assert np.allclose(a, b)", "np.allclose", "torch.testing.assert_close", "np.allclose"],
      ["np.vectorize · np.nditer", null, "torch.vmap · torch.compile · torch.jit", null, "write the formula in array functions, which loop in compiled code"],
      ["np.fft", null, "torch.fft", null, "no Fourier transforms: no network of the course needs them"],
      ["np.matrix · np.ma · np.recarray", null, null, null, "arrays of numbers are the only kind"],
      [null, null, "torch.device · torch.cuda · Tensor.to(device)", null, "there is one device, the CPU; leave it out"],
      [null, null, "torch.distributed", null, "one process; np shares large operations among threads by itself"],
      ["plt.plot", "plots.line", "plt.plot", "plots.line", "a picture as the last line of a cell is shown; `await show(picture)` on a terminal"],
      ["plt.scatter", "plots.scatter", "plt.scatter", "plots.scatter"],
      ["plt.hist", "plots.histogram", "plt.hist", "plots.histogram"],
      ["plt.imshow · torchvision.utils.make_grid", "plots.imageGrid", "plt.imshow", "plots.imageGrid"],
      ["plt.matshow · sns.heatmap", ["plots.heatmap", "plots.confusionMatrix"], "plt.matshow", ["plots.heatmap", "plots.confusionMatrix"]],
      ["plt.contourf", "plots.decisionBoundary", "plt.contourf", "plots.decisionBoundary"],
      ["plt.show · plt.savefig", "plots.show", "plt.show", "plots.show"],
    ]),
  ],
};
