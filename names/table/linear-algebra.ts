import { rows, type Section } from "../row.ts";

/** Products. */
// biome-ignore format: a table, one row a line
export const linearAlgebra: Section = {
  title: "Linear algebra",
  rows: [
    ...rows("differentiable", [
      ["np.matmul · a @ b · np.linalg.matmul", ["NDArray.matmul", "np.matmul"], "Tensor.matmul · a @ b", "Tensor.matmul", "vectors too"],
      ["np.dot", ["np.dot", "NDArray.dot"], "Tensor.dot", "Tensor.dot"],
      [null, null, "Tensor.mm", "Tensor.mm"],
      [null, null, "Tensor.bmm", "Tensor.bmm"],
      ["np.matvec", null, "Tensor.mv", "Tensor.mv"],
      ["np.outer · np.linalg.outer", "np.outer", "Tensor.outer · Tensor.ger", "Tensor.outer"],
      ["np.vecdot · np.linalg.vecdot", "np.vecdot", "torch.linalg.vecdot", "np.vecdot"],
      ["np.einsum", "np.einsum", "torch.einsum", "np.einsum", "`einsum(\"ij,jk->ik\", a, b)` takes tensors too"],
      ["np.trace · np.linalg.trace", ["np.trace", "NDArray.trace"], "Tensor.trace", "Tensor.trace"],
      [null, "np.addmm", "Tensor.addmm", "np.addmm", "input + a · b, without `beta` and `alpha`"],
    ]),
    ...rows("other", [
      ["np.linalg.eigh", "np.linalg.eigh", "torch.linalg.eigh", null, "`linalg.eigh(a)` of a symmetric matrix: `{ eigenvalues, eigenvectors }`. What is in np.linalg takes arrays and has no gradient, except `norm`"],
      ["np.linalg.svd", "np.linalg.svd", "torch.linalg.svd · Tensor.svd", null, "`linalg.svd(a, { fullMatrices: false })`: `{ U, S, Vh }`"],
      ["np.linalg.solve", "np.linalg.solve", "torch.linalg.solve · Tensor.solve", null],
      ["np.linalg.lstsq", "np.linalg.lstsq", "torch.linalg.lstsq · Tensor.lstsq", null, "`linalg.lstsq(a, b)`: `{ x, residuals, rank, s }`"],
      ["np.linalg.inv", "np.linalg.inv", "torch.linalg.inv · Tensor.inverse", null, "for A⁻¹ b `linalg.solve(a, b)` is more exact"],
      ["np.linalg.det", "np.linalg.det", "torch.linalg.det · Tensor.det", null],
      ["np.inner · np.vdot", null, "Tensor.inner · Tensor.vdot", null, "`dot`, or `a.matmul(b.mT)`"],
      ["np.tensordot · np.linalg.tensordot", null, "torch.tensordot", null, "`einsum`"],
      ["np.kron", null, "Tensor.kron", null, "`einsum(\"ij,kl->ikjl\", a, b)`, then `reshape`"],
      ["np.vecmat", null, null, null, "`x.reshape(1, -1).matmul(a)`"],
      ["np.linalg.multi_dot", null, "torch.linalg.multi_dot", null, "`a.matmul(b).matmul(c)`"],
      [null, null, "Tensor.addmv · Tensor.addr · Tensor.addbmm · Tensor.baddbmm", null, "`matmul` and `add`; PyTorch's bmm-and-add in two calls"],
    ]),
  ],
};
