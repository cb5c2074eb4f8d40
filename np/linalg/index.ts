/** NumPy's `np.linalg`: norms, and matrices taken apart. */
export { norm } from "../functions/norm.ts";
export { type Eigen, eigh } from "./eigh.ts";
export { type Svd, type SvdOptions, svd } from "./svd.ts";
