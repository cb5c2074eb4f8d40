import { expect } from "chai";
import { grad, type Tensor, tensor } from "chalk-and-tape/autograd";
import { array, NDArray, ones } from "chalk-and-tape/np";

describe("tensors, copies and conversions", () => {
  it("numpy() is the array itself, for a tensor without a gradient", () => {
    const x = tensor([1, 2]);
    expect(x.numpy()).to.equal(x.data);
    expect(x.numpy()).to.be.instanceOf(NDArray);
    const p = tensor([1], { requiresGrad: true });
    expect(() => p.numpy()).to.throw(TypeError, "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead, or x.data"); // biome-ignore format: one line
    expect(p.detach().numpy()).to.equal(p.data);
  });
  it("to(dtype) converts, and refuses a device", () => {
    expect(tensor([1.5]).to("int32").toArray()).to.deep.equal([1]);
    expect(() => tensor([1]).to("cuda" as "int32")).to.throw(RangeError, 'to: dtype is "cuda", expected one of float64, float32, int32, uint8'); // biome-ignore format: one line
  });
  it("a gradient goes back through a conversion", () => {
    const x = tensor([1, 2], { requiresGrad: true });
    x.float().double().mul(3).sum().backward();
    expect(x.grad?.toArray()).to.deep.equal([3, 3]);
  });
  it("clone has memory of its own; detach shares it", () => {
    const x = tensor([1, 2], { requiresGrad: true });
    const [copy, same] = [x.clone(), x.detach()];
    x.data.addInPlace(ones([2]));
    expect([copy.toArray(), same.toArray()]).to.deep.equal([[1, 2], [2, 3]]); // biome-ignore format: two rows
    expect([copy.requiresGrad, same.requiresGrad]).to.deep.equal([true, false]);
    expect((grad((a: Tensor) => a.clone().mul(2).sum())(array([1])) as Tensor).toArray()).to.deep.equal([2]);
  });
});

describe("tensors, mistakes with PyTorch's methods", () => {
  const x = tensor([[1, 2, 3], [4, 5, 6]]); // biome-ignore format: a matrix
  const at = (...values: number[]): Tensor => tensor(values, { dtype: "int32" });
  const calls: readonly [title: string, call: () => unknown, message: string][] = [
    ["unsqueeze beyond the axes", () => x.unsqueeze(3), "unsqueeze: axis 3 does not exist"],
    ["flatten the wrong way round", () => x.flatten(1, 0), "flatten: flatten() has invalid args: start_dim cannot come after end_dim"],
    ["transpose with all axes", () => x.transpose([1, 0] as never, undefined as never), "permute takes all axes in the new order"],
    ["t of three axes", () => x.reshape(1, 2, 3).t(), "t: t() expects a tensor with <= 2 dimensions, but self is 3D; use mT"],
    ["view in another size", () => x.view(4), "view: 6 element(s) of shape (2, 3) do not fill shape (4,)"],
    ["repeat with fewer numbers than axes", () => x.repeat(2), "repeat: Number of dimensions of repeat dims can not be smaller"],
    ["split into lengths that do not fit", () => x.split([1, 3]), "split: expects the lengths to sum exactly to 2, the length of axis 0, got [1, 3]"],
    ["mm of a batch", () => x.mm(x.reshape(1, 3, 2)), "mm: shapes (2, 3) and (1, 3, 2); expected 2 and 2 axes"],
    ["bmm of unequal batches", () => x.reshape(1, 2, 3).bmm(ones([2, 3, 1])), "bmm: batches of 1 and 2 matrices; expected equal numbers"],
    ["dot of matrices", () => x.dot(x), "dot: shapes (2, 3) and (2, 3); expected 1 and 1 axes"],
    ["clamp without a limit", () => x.clamp(), "At least one of 'min' or 'max' must not be None"],
    ["gather with an index of fewer axes", () => x.gather(0, at(0)), "gather: the index has shape (1,); expected as many axes as x, (2, 3)"],
    ["gather outside", () => x.gather(1, at(3).reshape(1, 1)), "gather: index 3 on axis 1"],
    ["scatter twice to one place", () => x.scatter(1, at(0, 0).reshape(1, 2), 5), "scatter: the index names a position twice; scatterAdd adds"],
    ["a list as mask", () => x.maskedFill([1] as never, 0), "maskedFill: mask is [1], expected a tensor or an array"],
    ["keepdim in an object, where PyTorch also takes it by position", () => x.max(1, { keepdim: true } as never), "keepdims is { keepdim }; expected true or false"],
    ["an unknown option of std", () => x.std(1, { ddof: 0 } as never), 'std: unknown option "ddof"; expected correction, keepdim'],
    ["the nuclear norm", () => x.norm("nuc" as never), 'norm: p is "nuc", expected "fro", or a number'],
  ]; // biome-ignore format: a table, one case a line
  for (const [title, call, message] of calls) it(title, () => expect(call).to.throw(message));
});
