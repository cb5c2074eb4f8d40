import { activationCases } from "./cases/activation-cases.ts";
import { adamCases } from "./cases/adam-cases.ts";
import { binaryLossCases } from "./cases/binary-loss-cases.ts";
import { blockCases } from "./cases/block-cases.ts";
import type { Case } from "./cases/case.ts";
import { classLossCases } from "./cases/class-loss-cases.ts";
import { convCases } from "./cases/conv-cases.ts";
import { dropoutCases } from "./cases/dropout-cases.ts";
import { embeddingCases } from "./cases/embedding-cases.ts";
import { imageModelCases } from "./cases/image-model-cases.ts";
import { layerCases } from "./cases/layer-cases.ts";
import { metricLossCases } from "./cases/metric-loss-cases.ts";
import { modelCases } from "./cases/model-cases.ts";
import { normalizationCases } from "./cases/normalization-cases.ts";
import { optimizerCases } from "./cases/optimizer-cases.ts";
import { poolCases } from "./cases/pool-cases.ts";
import { rectifierCases } from "./cases/rectifier-cases.ts";
import { regressionLossCases } from "./cases/regression-loss-cases.ts";
import { smoothCases } from "./cases/smooth-cases.ts";
import { twoInputCases } from "./cases/two-input-cases.ts";

export { type Case, type StudentClass, twins } from "./cases/case.ts";

/** The table that drives the gradient checks, the command line, the students' check and the tests. */
export const cases: readonly Case[] = [
  ...layerCases,
  ...convCases,
  ...poolCases,
  ...twoInputCases,
  ...normalizationCases,
  ...dropoutCases,
  ...embeddingCases,
  ...activationCases,
  ...regressionLossCases,
  ...binaryLossCases,
  ...classLossCases,
  ...metricLossCases,
  ...rectifierCases,
  ...smoothCases,
  ...modelCases,
  ...blockCases,
  ...imageModelCases,
  ...optimizerCases,
  ...adamCases,
];
