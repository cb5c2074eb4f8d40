import type { Check, Examiner } from "../checks/check.ts";
import { Failure } from "../checks/failure.ts";
import { type Choice, choiceIn, estimatedSeconds, mostSeconds } from "./choice.ts";
import { judgedBy } from "./judge.ts";
import { type Practice, practiceLayer, practiceLayers } from "./practice/pool.ts";
import { standsIn, textIds, textIn, wordCount, wordLimits } from "./words.ts";

/** Half a point for each pair of practice layers. */
function practiceCheck(practice: Practice): Check {
  const { id, title, shows } = practice;
  const isBug = shows === "wrong";
  return {
    id: `practice-${id}`,
    task: 1,
    points: 0.5,
    title: isBug
      ? `gradientIsRight: finds "${title}", and passes the same layer without it`
      : `gradientIsRight: passes a right layer (${title}), and finds a bug in it`,
    needs: [],
    run: (examiner) => expectBoth(examiner, practice),
  };
}

/** The wrong layer and the right one, in a drawn order: whoever guesses is wrong once. */
async function expectBoth(examiner: Examiner, { title, variants }: Practice): Promise<void> {
  const { random } = examiner;
  const { right, wrong } = variants[random.integers(0, variants.length)] as (typeof variants)[number];
  const pair = [
    { text: right, isRight: true },
    { text: wrong, isRight: false },
  ];
  if (random.integers(0, 2) === 1) pair.reverse();
  for (const { text, isRight } of pair) {
    const judged = await judgedBy(examiner, await practiceLayer(text, random));
    const which = isRight ? "right" : "wrong";
    examiner.require(judged.isRight !== null, {
      cause: "thrown",
      where: `${judged.reason}; this came from the ${which} one of two layers (${title})`,
    });
    examiner.require(judged.isRight === isRight, {
      cause: isRight ? "false alarm" : "missed",
      where: isRight
        ? `gradientIsRight says false of the right layer of this pair (${title})`
        : `gradientIsRight says true of the wrong layer of this pair (${title})`,
    });
  }
}

const known = new WeakMap<object, Promise<Choice>>();

/**
 * The choice in the submission. It is asked for once: a file that would answer each check with another
 * choice has handed in the first.
 * @throws Failure for one that has another form
 */
export function expectChoice(examiner: Examiner): Promise<Choice> {
  const { submission } = examiner;
  const choice = known.get(submission) ?? askedChoice(examiner);
  known.set(submission, choice);
  return choice;
}

async function askedChoice(examiner: Examiner): Promise<Choice> {
  const arrays = await examiner.ask("choice", {});
  try {
    return choiceIn(arrays);
  } catch (error) {
    throw new Failure("answer", { where: (error as Error).message });
  }
}

/** The public checks. */
export const checks: readonly Check[] = [
  ...practiceLayers.map(practiceCheck),
  {
    id: "choice-form",
    task: 2,
    points: 1,
    title: "choice: every value is there, and within its limits",
    needs: [],
    run: async (examiner) => {
      await expectChoice(examiner);
    },
  },
  {
    id: "choice-time",
    task: 2,
    points: 1,
    title: `choice: training takes at most ${mostSeconds} s, as the text counts it`,
    needs: ["choice-form"],
    run: async (examiner) => {
      const seconds = estimatedSeconds(await expectChoice(examiner));
      examiner.require(seconds <= mostSeconds, {
        cause: "over budget",
        where: `by its parameters, images and epochs, this training takes ${Math.ceil(seconds)} s; expected at most ${mostSeconds} s: take fewer units, epochs or images`,
      });
    },
  },
  {
    id: "texts",
    task: 3,
    points: 1,
    title: `answers: each of the three texts has ${wordLimits.least} to ${wordLimits.most} words`,
    needs: [],
    run: async (examiner) => {
      const letters = await examiner.ask("answers", {});
      for (const id of textIds) {
        const text = textIn(letters[id]);
        const words = wordCount(text);
        examiner.require(words >= wordLimits.least && words <= wordLimits.most, {
          where: `answers.${id} has ${words} words, expected ${wordLimits.least} to ${wordLimits.most}`,
        });
        examiner.require(standsIn(examiner.source, text), {
          cause: "not in the file",
          where: `answers.${id} does not stand in your file as a text, and a person would see nothing: write it between backticks`,
        });
      }
    },
  },
];
