/** How variables vary together. */
import { type Contract, type None, settleOptions } from "../arguments/contract.ts";
import { finite, flag } from "../arguments/kinds.ts";
import { ShapeError } from "../errors.ts";
import { leader } from "../leader.ts";
import type { Operators } from "../operators.ts";
import { formatShape } from "../shape.ts";

export interface CovOptions {
  /** Whether the rows are the variables, and the columns the samples; default true. */
  readonly rowvar?: boolean;
  /** The sums are divided by n − ddof; default 1. */
  readonly ddof?: number;
}

const covContract: Contract<None, CovOptions> = {
  name: "cov",
  positional: {},
  options: { rowvar: flag(true), ddof: finite(1) },
};

/**
 * The covariances of variables: Σ (xᵢ − mean xᵢ)(xⱼ − mean xⱼ) / (n − 1) over their n samples. A
 * vector is one variable.
 * @example cov(array([[1, 2, 3], [6, 4, 2]])) // [[1, -2], [-2, 4]]
 */
export function cov<A extends Operators<A>>(x: A, options: CovOptions = {}): A {
  leader<A>("cov", x);
  const { rowvar, ddof } = settleOptions("cov", covContract, options);
  if (x.ndim > 2)
    throw new ShapeError(`cov: x has shape ${formatShape(x.shape)}; expected a matrix or a vector`);
  const variables = x.ndim < 2 ? x.reshape(1, -1) : rowvar ? x : x.T;
  const away = variables.sub(variables.mean(1, true));
  const products = away.matmul(away.T).div(Math.max((variables.shape[1] as number) - ddof, 0));
  return products.shape[0] === 1 ? products.reshape([]) : products;
}
