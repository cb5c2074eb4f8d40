import { node, python } from "./bare.mjs";
import { chalk } from "./chalk.mjs";
import { jax } from "./jax.mjs";
import { np } from "./np.mjs";
import { numpy } from "./numpy.mjs";
import { whole } from "./ours.mjs";
import { pytorch } from "./pytorch.mjs";
import { tape } from "./tape.mjs";
import { tfjs } from "./tfjs.mjs";

const engines = ["blas", "wasm", "js"];
const ours = [whole, ...engines.map(chalk), ...engines.map(tape), ...engines.map(np)];

/** Who runs, in the order of the table. A contender that is not on this machine says why in `absent`. */
export const contenders = [...ours, pytorch(1), pytorch(2), numpy, tfjs, jax, node, python];
