import type { Essay } from "../assignment.ts";

/** Three texts, each read and graded in two minutes. */
export const essays: readonly Essay[] = [
  {
    id: "size",
    task: 3,
    points: 2,
    title: "Which sizes did you try, and why did you choose this one?",
    rubric: [
      { points: 0.5, text: "Names at least three networks that were tried, the smallest first." },
      { points: 1, text: "Gives training and validation numbers for at least two of them." },
      {
        points: 0.5,
        text: "The choice follows from these numbers; of nearly equal ones it takes the smaller.",
      },
    ],
  },
  {
    id: "stop",
    task: 3,
    points: 2,
    title: "Which number told you to stop, and how uncertain is it?",
    rubric: [
      {
        points: 0.5,
        text: "Says which number was watched: validation loss or accuracy, and after which epoch.",
      },
      { points: 1, text: "Says how uncertain it is: about 2 points for 500 images, or a spread over seeds." },
      {
        points: 0.5,
        text: "Says why the test images may do worse: the choice was made on the validation images.",
      },
    ],
  },
  {
    id: "blind",
    task: 3,
    points: 2,
    title: "A mistake that your gradient test cannot see",
    rubric: [
      {
        points: 1,
        text: "Describes a mistake whose gradients are right: of the model, the loss or the data.",
      },
      { points: 0.5, text: "Says why no gradient test can see it: backward belongs to the wrong forward." },
      { points: 0.5, text: "Names something that would show it, such as memorising 50 images." },
    ],
  },
];
