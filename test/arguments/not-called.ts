/** Public synchronous calls and parameters that the test leaves out, with the reason. */

export const notCalled: Readonly<Record<string, string>> = {
  "new np.DataError": "its one argument is the message, as of every Error",
  "new np.ShapeError": "its one argument is the message, as of every Error",
  "new datasets.DataError": "its one argument is the message, as of every Error",
  "np.NDArray.apply": "dispatches to the primitives, whose functions and methods are called here",
  "np.NDArray.applyConstant": "dispatches to the primitives, whose functions and methods are called here",
  "autograd.ModuleList.forward": "always throws: a list of modules has no forward",
  "autograd.ModuleDict.forward": "always throws: a dict of modules has no forward",
  "autograd.Tensor.apply": "dispatches to the primitives, whose functions and methods are called here",
  "autograd.Tensor.applyConstant":
    "dispatches to the primitives, whose functions and methods are called here",
};

/** Parameters: everywhere, or of one call. */
export const notTried: Readonly<Record<string, string>> = {
  where: "a word that only stands in messages",
  "autograd.op vjps": "their type follows from forward's, so the compiler knows none of its own",
  "manual.NonlinearClassifier.update dW1": "a number is added to every weight, as everywhere in np",
  "manual.NonlinearClassifier.update dW2": "a number is added to every weight, as everywhere in np",
  "new manual.NonlinearClassifier W1":
    "the contract of both sides takes a weight of either; forward refuses the other",
  "new manual.NonlinearClassifier W2":
    "the contract of both sides takes a weight of either; forward refuses the other",
  "new autograd.NonlinearClassifier W1":
    "the contract of both sides takes a weight of either; forward refuses the other",
  "new autograd.NonlinearClassifier W2":
    "the contract of both sides takes a weight of either; forward refuses the other",
  "autograd.Embedding.forward x": "indices are constants, so an array does as well as a tensor",
};
