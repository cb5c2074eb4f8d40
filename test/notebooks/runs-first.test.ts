import { lessons } from "./lessons.ts";
import { describeRuns } from "./run-lessons.ts";

// A third of the lessons: mocha runs test files side by side.
describeRuns(lessons.filter((_, i) => i % 3 === 0));
