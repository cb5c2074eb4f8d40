import type { Subject } from "../../gradcheck/internal.ts";
import { NDArray } from "../../np/index.ts";

/** The number between the elements of a strided view, which no right program reads. */
const between = 9e9;

/** The same values as a view: column by column, at every second place of the memory. */
export function strided(x: NDArray): NDArray {
  const columns = x.T.flat();
  const memory = NDArray.empty([2 * x.size + 1], x.dtype);
  const data = memory.flat();
  if (x.dtype.startsWith("float")) data.fill(between);
  for (let i = 0; i < columns.length; i++) data[2 * i + 1] = columns[i] as number;
  const { shape, strides } = NDArray.empty(x.T.shape, x.dtype);
  const twice = strides.map((step) => 2 * step);
  return memory.viewAs(shape, twice, 1).T;
}

/** A subject whose inputs and dy lie in memory as a row says. */
export function laidOut(layout: "strided" | undefined, subject: Subject): Subject {
  if (!layout) return subject;
  return {
    parameters: subject.parameters,
    forward: (...inputs) => subject.forward(...inputs.map(strided)),
    gradients: (dy, ...inputs) => subject.gradients(dy && strided(dy), ...inputs.map(strided)),
  };
}
