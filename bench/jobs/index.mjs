import { gradcheck } from "./gradcheck.mjs";
import { lenet5, resnet20 } from "./image-networks.mjs";
import { loading } from "./loading.mjs";
import { memory } from "./memory.mjs";
import { mlp } from "./mlp.mjs";
import { overhead } from "./overhead.mjs";
import { startup } from "./startup.mjs";

/** The jobs in groups; `--jobs` takes the name of a group or of a job. */
export const groups = { mlp, lenet5, resnet20, overhead, startup, memory, loading, gradcheck };
