/** A lesson as one static page: no scripts, nothing to load, readable on a phone and in the dark. */
import { marked } from "marked";
import { html, type Markup, svgAddress, trusted } from "#internal/plots";
import { type SavedCell, sourceOf } from "../authoring/notebook-file.ts";
import type { Output } from "../kernel.ts";

/** A page of the site. */
export interface Link {
  readonly file: string;
  readonly title: string;
}

/** The page of a lesson, with what it shows. */
export interface LessonPage extends Link {
  readonly cells: readonly SavedCell[];
}

const style = `
:root { color-scheme: light dark; --ink: #1c2422; --paper: #fdfdfb; --code: #f1f3f0; --line: #c9d1cd; --link: #0b5c7a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e9e6; --paper: #15191a; --code: #20272a; --line: #46514f; --link: #7cc7e6; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 48rem; color: var(--ink); background: var(--paper); font: 1.05rem/1.55 system-ui, sans-serif; overflow-wrap: break-word; }
a { color: var(--link); }
pre { margin: .5rem 0; padding: .6rem .8rem; overflow-x: auto; font: .85rem/1.45 ui-monospace, monospace; overflow-wrap: normal; }
.code pre, .text pre { background: var(--code); border-radius: 4px; }
.text code { background: var(--code); padding: 0 .2em; }
.text pre code { padding: 0; }
.code { border-left: 4px solid var(--link); margin-top: 1rem; }
.output { border-left: 4px solid var(--line); padding-left: .6rem; overflow-x: auto; }
.output img { max-width: 100%; height: auto; background: #fff; }
table { border-collapse: collapse; font-size: .9rem; display: block; overflow-x: auto; }
th, td { border: 1px solid var(--line); padding: .25rem .5rem; text-align: left; vertical-align: top; }
summary { cursor: pointer; }
details details { margin-left: .4rem; }
nav { display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; margin: 1rem 0; }
`;

/** Lessons name each other by their notebooks; here by their pages. */
function markdown(text: string): Markup {
  const page = marked.parse(text, { async: false });
  return trusted(page.replace(/href="(?:\.\/)?(\d\d-[\w-]+)\.ipynb"/g, 'href="$1.html"'));
}

/** The best of the formats of an output that needs no script. */
function shown(output: Output): Markup {
  if (output.output_type === "stream") return html`<pre>${output.text}</pre>`;
  const { data } = output;
  const format = (type: string): string | null => (type in data ? String(data[type]) : null);
  const svg = format("image/svg+xml");
  if (svg !== null) {
    return html`<img alt="${format("text/plain") ?? "a picture"}" src="${svgAddress(svg)}">`;
  }
  const own = format("text/html");
  return own === null ? html`<pre>${format("text/plain")}</pre>` : trusted(own);
}

function cell(one: SavedCell): Markup {
  const { id, cell_type, outputs = [] } = one;
  if (cell_type === "markdown")
    return html`<section class="text" id="${id}">${markdown(sourceOf(one))}</section>`;
  const code = html`<div class="code"><pre><code>${sourceOf(one)}</code></pre></div>`;
  const results = outputs.map((output) => html`<div class="output">${shown(output)}</div>`);
  return html`<section id="${id}">${code}${results}</section>`;
}

function page(title: string, body: Markup): string {
  return `<!doctype html>\n${html`<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${trusted(style)}</style></head><body>${body}</body></html>`.text}\n`;
}

/** The first heading of a lesson. */
export function titleOf(name: string, cells: readonly SavedCell[]): string {
  const [, title] = cells.map((one) => /^# (.*)$/m.exec(sourceOf(one))).find((found) => found !== null) ?? [];
  if (title === undefined) throw new Error(`${name}: a lesson begins with a heading: # Title`);
  return title;
}

/** The page of a lesson, with links to the one before, the contents and the one after. */
export function lessonPage({ title, cells }: LessonPage, before: Link | null, after: Link | null): string {
  const nav = html`<nav>${before && html`<a href="${before.file}">← ${before.title}</a>`}<a href="index.html">All lessons</a>${after && html`<a href="${after.file}">${after.title} →</a>`}</nav>`;
  return page(title, html`${nav}<main>${cells.map(cell)}</main>${nav}`);
}

export function contentsPage(links: readonly Link[]): string {
  const items = links.map(
    ({ file, title }) => html`<li><a href="${file}">${file.slice(0, 2)} ${title}</a></li>`,
  );
  return page(
    "Lessons",
    html`<h1>Lessons</h1><p>Each page shows a lesson with what its cells gave. To run them: <code>npx chalk-and-tape notebook</code></p><ul>${items}</ul>`,
  );
}
