/** What tests and commands use of hw4's grading. */

export { type Bugged, type Stratum, strata, type Variant } from "./bugs/index.ts";
export { keepRetrainedIn, type Retrained, retrain } from "./retrain.ts";
export { type Judged, type Planted, plant, type Score, scoreOfTest } from "./score.ts";
export { unusual } from "./unusual.ts";
