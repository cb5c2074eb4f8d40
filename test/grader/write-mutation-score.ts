/** Measures and writes `grader/hwN/mutation.json`: `node .build/test/grader/write-mutation-score.js hw1`. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { mutationScore } from "./mutation-score.js";

const [, , id = "hw1"] = process.argv;
const score = await mutationScore(id, (done, of) => {
  if (done % 20 === 0 || done === of) console.log(`${done} of ${of} mutants`);
});
const file = fileURLToPath(new URL(`../../../grader/${id}/mutation.json`, import.meta.url));
writeFileSync(file, `${JSON.stringify(score, null, 2)}\n`);
console.log(`${score.caught} of ${score.mutants} caught; survivors: ${score.survivors.join("; ") || "none"}`);
