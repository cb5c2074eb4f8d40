/** Grades a folder of the tiny assignment: `node run-tiny.js SUBMISSIONS OUT`. A test kills it. */
import { gradeAll, readSubmissions } from "#internal/grader";
import { secret, tiny, tinyGround } from "./tiny.ts";

const [, , submissions = "", out = ""] = process.argv;
const ground = await tinyGround();
try {
  const all = await readSubmissions([submissions], "tiny");
  const { graded, kept } = await gradeAll({ graded: tiny, submissions: all, out, secret, ground, jobs: 2 });
  console.log(JSON.stringify({ graded, kept }));
} finally {
  ground.remove();
}
