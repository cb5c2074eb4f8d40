import { random } from "../../../np/index.ts";
import { practiceLayers } from "./pool.ts";
import { base } from "./texts.ts";

/** The text of `practice.ts` for one student: ten layers, labelled. */
export function practiceFile(seed: number): string {
  const draw = random(seed);
  const chosen = practiceLayers.map(({ variants, ...one }) => ({
    ...one,
    text: (variants[draw.integers(0, variants.length)] as (typeof variants)[number])[one.shows],
  }));
  const classes = chosen.map(({ text, title, shows }, i) => {
    const label = shows === "wrong" ? `Wrong: ${title}.` : `Right: ${title}.`;
    return `/** ${label} */\n${text.replace("class NAME", `export class ${className(i)}`)}`;
  });
  const list = chosen.map(
    ({ title, shows }, i) =>
      `  { title: ${JSON.stringify(title)}, isRight: ${shows === "right"}, make: () => new ${className(i)}() },`,
  );
  return [
    "/** Ten layers to try your test on: eight are wrong, two are right. Change nothing here. */",
    'import * as np from "chalk-and-tape/np";\n',
    `const rng = np.random(${draw.integers(1, 1000)});\n`,
    base,
    ...classes,
    "/** All of them; `make` gives a new one. */",
    `export const practice = [\n${list.join("\n")}\n];\n`,
  ].join("\n");
}

function className(index: number): string {
  return `Layer${index + 1}`;
}
