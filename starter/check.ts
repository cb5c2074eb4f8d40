import { check } from "chalk-and-tape/compare";
import { MyLinear } from "./my-linear.js";

const { failed } = check("Linear", MyLinear);

if (failed > 0) {
  console.log("\nThe lines with ✗ say what is wrong. Correct my-linear.ts, then run this again.");
  process.exitCode = 1;
} else {
  console.log(
    "\nAll gradients agree. Next: another layer, in a file like my-linear.ts, and a line for it here.",
  );
}
