import { expectArgument, listWith, objectWith, text } from "../np/internal.ts";
import { type Picture, toSvg } from "../plots/index.ts";
import { html, type Markup, standalone, svgAddress } from "../plots/internal.ts";
import { Exhibit } from "./exhibit.ts";
import { htmlTable } from "./table.ts";

/** One step: a title, some text, and what belongs to it. */
export interface Step {
  readonly title: string;
  readonly text?: string | undefined;
  /** Names and values, shown as a small table. */
  readonly values?: Readonly<Record<string, string>> | undefined;
  /** A picture, or SVG text with its description. */
  readonly picture?: Picture | StillPicture | undefined;
}

/** A finished picture: SVG text, and what it shows in words. */
export interface StillPicture {
  readonly svg: string;
  readonly description: string;
}

/**
 * Steps that open one after the other. Each step is inside the one before it, as nested `<details>`:
 * that works without scripts and styles, with the keyboard, and in a notebook that is not trusted.
 */
export class Stepper extends Exhibit {
  readonly title: string;
  readonly steps: readonly Step[];
  readonly #images: readonly (Markup | null)[];

  constructor(title: string, steps: readonly Step[], images: readonly (Markup | null)[]) {
    super();
    this.title = title;
    this.steps = steps;
    this.#images = images;
  }

  /** The steps one below the other, each value on one line. */
  override toString(): string {
    const lines = this.steps.map(({ title, text, values = {} }, i) => {
      const said = Object.entries(values).map(([name, value]) => `${name}: ${oneLine(value)}`);
      return [`${i + 1}. ${title}`, ...(text === undefined ? [] : [text]), ...said].join("\n   ");
    });
    return [this.title, ...lines].join("\n");
  }

  override toHtml(): Markup {
    const nested = this.steps.reduceRight<Markup | null>((inner, step, i) => {
      const { title, text, values = {} } = step;
      const rows = Object.entries(values);
      const summary = `${i + 1} of ${this.steps.length}: ${title}`;
      return html`<details><summary>${summary}</summary>${text === undefined ? null : html`<p>${text}</p>`}${
        this.#images[i]
      }${rows.length === 0 ? null : htmlTable(["what", "value"], rows)}${inner}</details>`;
    }, null);
    return html`<p><b>${this.title}</b></p>${nested}`;
  }
}

const steps = listWith(
  "a list of steps",
  objectWith<Step>("a step: { title, text, values, picture }", { title: text }),
);

/**
 * Shows steps that a reader opens one by one. Pictures become images inside the page, with their
 * description for people who cannot see them.
 * @throws TypeError for steps without a title
 * @example String(await stepper("Two steps", [{ title: "first" }, { title: "second" }])) // "Two steps\n1. first\n2. second"
 */
export async function stepper(title: string, list: readonly Step[]): Promise<Stepper> {
  expectArgument("stepper", "title", text, title);
  expectArgument("stepper", "list", steps, list);
  const images = list.map(async ({ picture }) => {
    if (picture === undefined) return null;
    const svg = "svg" in picture ? picture.svg : standalone(await toSvg(picture));
    return image(svg, picture.description);
  });
  return new Stepper(title, list, await Promise.all(images));
}

function oneLine(value: string): string {
  const line = value.replace(/\s+/g, " ");
  return line.length <= 90 ? line : `${line.slice(0, 89)}…`;
}

/** SVG as an image inside the page: a notebook that is not trusted shows no `<svg>`, but does show `<img>`. */
function image(svg: string, description: string): Markup {
  return html`<p><img alt="${description}" src="${svgAddress(svg)}"></p>`;
}
