/** Public synchronous calls and parameters that the test leaves out, with the reason. */

export const notCalled: Readonly<Record<string, string>> = {
  "new np.DataError": "its one argument is the message, as of every Error",
  "new np.ShapeError": "its one argument is the message, as of every Error",
  "new datasets.DataError": "its one argument is the message, as of every Error",
  "np.NDArray.apply": "dispatches to the primitives, whose functions and methods are called here",
  "np.NDArray.applyConstant": "dispatches to the primitives, whose functions and methods are called here",
  "autograd.Tensor.apply": "dispatches to the primitives, whose functions and methods are called here",
  "autograd.Tensor.applyConstant":
    "dispatches to the primitives, whose functions and methods are called here",
};

/** Parameters by name. */
export const notTried: Readonly<Record<string, string>> = {
  where: "a word that only stands in messages",
};
