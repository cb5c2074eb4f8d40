import { gemm } from "./gemm.mjs";
import { cifarNet, lenet5, resnet20 } from "./image-networks.mjs";
import { mlp } from "./mlp.mjs";
import { overhead } from "./overhead.mjs";
import { scaling } from "./scaling.mjs";
import { gradcheck, loading, memory, startup } from "./whole-programs.mjs";

/** The jobs in groups; `--jobs` takes the name of a group or of a job. */
export const groups = {
  gemm,
  mlp,
  lenet5,
  "cifar-net": cifarNet,
  resnet20,
  gradcheck,
  loading,
  startup,
  memory,
  overhead,
  scaling: [...mlp, ...scaling],
};
