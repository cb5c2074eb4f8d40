import type { StudyResult } from "../run-study.ts";
import type { Finding } from "../study.ts";
import type { LessonNumber } from "./lesson-titles.ts";

/** Numbers of a computation, with the verdict that follows from them. */
export interface Computed extends Finding {
  readonly numbers: Readonly<Record<string, number>>;
}

/** Where a verdict comes from. None is typed: studies and computations give it, a dated fact has none. */
export type Evidence =
  | {
      readonly kind: "measured";
      /** Names of studies. Their results are read, on further data sets too. */
      readonly studies: readonly string[];
      /** What a result says about this claim, where the study's own finding is about another one. */
      readonly reading?: (result: StudyResult) => Finding | null;
    }
  | {
      readonly kind: "computed";
      readonly dataset: string;
      /** Deterministic and short. */
      readonly run: () => Computed;
    }
  | {
      readonly kind: "dated";
      /** The day for which the sentence is true, as 2026-11-29. */
      readonly date: string;
      readonly sentence: string;
    };

/** A claim of the lecture, in neutral words and with the slide's own hedge, and what is known about it. */
export interface ClaimDefinition {
  readonly id: string;
  /** The number of the lesson that shows it, as "06". */
  readonly lesson: LessonNumber;
  /** Names of slides: the title, and from the second of a title on which one, as "With deep learning (2)". */
  readonly slides: readonly string[];
  /** A few words, for a picture. */
  readonly short: string;
  readonly statement: string;
  /** The slide's own word that limits the claim, such as "usually"; without one, null. */
  readonly hedge: string | null;
  readonly evidence: Evidence;
  /** A sentence for a corrected slide, where one is due. */
  readonly corrected?: string;
}
