import { onReferenceEngine } from "../../np/internal.ts";
import { activationCases } from "./activation-cases.ts";
import { adamCases } from "./adam-cases.ts";
import { binaryLossCases } from "./binary-loss-cases.ts";
import { blockCases } from "./block-cases.ts";
import type { Case } from "./case.ts";
import { classLossCases } from "./class-loss-cases.ts";
import { convCases } from "./conv-cases.ts";
import { designedRows } from "./designed/index.ts";
import { dropoutCases } from "./dropout-cases.ts";
import { embeddingCases } from "./embedding-cases.ts";
import { imageModelCases } from "./image-model-cases.ts";
import { layerCases } from "./layer-cases.ts";
import { metricLossCases } from "./metric-loss-cases.ts";
import { modelCases } from "./model-cases.ts";
import { normalizationCases } from "./normalization-cases.ts";
import { optimizerCases } from "./optimizer-cases.ts";
import { poolCases } from "./pool-cases.ts";
import { rectifierCases } from "./rectifier-cases.ts";
import { regressionLossCases } from "./regression-loss-cases.ts";
import { smoothCases } from "./smooth-cases.ts";
import { twoInputCases } from "./two-input-cases.ts";

/** What somebody thought of. */
const byHand: readonly Case[] = [
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

/** The case table, which the gradient checks, the command line, the students' `check` and the tests use. */
export const cases: readonly Case[] = [...byHand, ...onReferenceEngine(() => designedRows(byHand))];
