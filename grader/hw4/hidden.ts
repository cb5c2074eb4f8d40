import { type Check, expectChoice, judgedBy } from "../../homework/internal.ts";
import { retrain } from "./retrain.ts";
import { enough, type Judged, plant, scoreOfTest } from "./score.ts";

/** The accuracy that the declared network must reach on images which no student uses. */
export const bars = { cifar10: 0.33, shapes: 0.33 } as const;

/** How far the declared accuracy may be from the one that is measured again. */
const tolerance = 0.01;

/** The checks that no student's edition holds. */
export const hidden: readonly Check[] = [
  {
    id: "planted-bugs",
    task: 1,
    points: enough,
    title: "gradientIsRight: 20 planted bugs, each with a right twin, and 5 unusual right layers",
    needs: [],
    credit: Array.from({ length: enough }, (_, points) => `${points} of ${enough}`),
    run: async (examiner) => {
      const judged: Judged[] = [];
      for (const planted of plant(examiner.random))
        judged.push({ ...planted, isRight: (await judgedBy(examiner, planted.layer)).isRight });
      const { caught, falseAlarms, points } = scoreOfTest(judged);
      const where = `gradientIsRight finds ${caught} of 20 bugs whose right twins it passes, and calls ${falseAlarms} of 25 right layers wrong`;
      examiner.require(points === enough, { cause: `${points} of ${enough}`, where });
    },
  },
  {
    id: "accuracy-declared",
    task: 2,
    points: 3,
    title: "choice: trained again, the network has the declared validation accuracy, within 1 %",
    needs: ["choice-time"],
    run: async (examiner) => {
      const choice = await expectChoice(examiner);
      const { validationAccuracy } = await retrain(choice);
      examiner.require(Math.abs(validationAccuracy - choice.validationAccuracy) <= tolerance + 1e-9, {
        cause: "other accuracy",
        where: `choice.validationAccuracy is ${choice.validationAccuracy}; trained again, the network has ${validationAccuracy}`,
      });
    },
  },
  {
    id: "accuracy-bar",
    task: 2,
    points: 3,
    title: "choice: the network meets the bar on test images",
    needs: ["choice-time"],
    run: async (examiner) => {
      const choice = await expectChoice(examiner);
      const { testAccuracy } = await retrain(choice);
      const bar = bars[choice.data];
      examiner.require(testAccuracy >= bar, {
        cause: "below the bar",
        where: `on 500 test images the network has an accuracy of ${testAccuracy}, expected ${bar} or more`,
      });
    },
  },
];
