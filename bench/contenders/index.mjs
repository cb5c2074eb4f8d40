import { chalk } from "./chalk.mjs";
import { np } from "./np.mjs";
import { numpy } from "./numpy.mjs";
import { node, whole } from "./package.mjs";
import { pytorch } from "./pytorch.mjs";
import { tape } from "./tape.mjs";

const engines = ["blas", "wasm", "js"];

/** Who runs, in the order of the table. A contender that is not on this machine says why in `absent`. */
export const contenders = [
  ...engines.map(chalk),
  ...engines.map(tape),
  ...engines.map(np),
  pytorch(1),
  pytorch(2),
  numpy,
  whole,
  node,
];
