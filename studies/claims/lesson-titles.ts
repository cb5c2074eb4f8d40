/** The lessons that show claims, by number, with their titles. */
export const lessonTitles = {
  "01": "The same classifier, twice",
  "02": "MNIST: input, output, loss",
  "03": "CIFAR-10: colours, pixels and their neighbours",
  "04": "Capacity, bias and variance",
  "05": "Depth against width",
  "06": "Linearly separable, layer by layer",
  "07": "Design flow, and “does not debug itself”",
  "10": "Optimizers, and a loss of your own",
  "11": "Where the time goes",
} as const;

export type LessonNumber = keyof typeof lessonTitles;
