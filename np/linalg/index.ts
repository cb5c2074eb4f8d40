/** NumPy's `np.linalg`: norms, linear systems, and matrices taken apart. */
export { norm } from "../functions/norm.ts";
export { type Eigen, eigh } from "./eigh.ts";
export { type LeastSquares, lstsq } from "./lstsq.ts";
export { det, inv, solve } from "./solve.ts";
export { type Svd, type SvdOptions, svd } from "./svd.ts";
