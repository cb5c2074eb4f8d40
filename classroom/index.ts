/** For lessons and labs: predictions, chalk and tape side by side, steps to open, and a ladder of checks. */

export type { Agreement } from "./agreement.ts";
export type { Comparable } from "./array-in.ts";
export { type AttemptRow, type Attempts, attempt } from "./attempt.ts";
export { type Compared, type ComparedRow, cmp } from "./cmp.ts";
export type { Exhibit, ExhibitBundle } from "./exhibit.ts";
export { playBack } from "./play-back.ts";
export { type Measured, measured } from "./predictions/measured.ts";
export { type Prediction, type PredictOptions, predict } from "./predictions/predict.ts";
export { type PredictionRow, type Predictions, predictions } from "./predictions/predictions.ts";
export type { Answer, ChoiceFeedback, Feedback, RangeFeedback } from "./predictions/record.ts";
export { type LadderRow, type LadderTable, ladderTable } from "./sanity-ladder/ladder-table.ts";
export type { Rung } from "./sanity-ladder/rungs.ts";
export { type SanityLadder, type SanityLadderOptions, sanityLadder } from "./sanity-ladder/sanity-ladder.ts";
export type { Classifier } from "./sanity-ladder/side.ts";
export { type SideBySide, type SideBySideRow, sideBySide } from "./side-by-side/side-by-side.ts";
export { stepThrough } from "./side-by-side/step-through.ts";
export { type Step, type Stepper, type StillPicture, stepper } from "./stepper.ts";
export { timeit } from "./timeit.ts";
