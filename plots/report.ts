import { html, type Markup, trusted } from "./html.ts";
import { complaints, type RunReport } from "./report-data.ts";
import { runSection } from "./report-section.ts";
import { style } from "./report-style.ts";

/**
 * Builds the report of one or more comparisons as a single self-contained HTML page: style and
 * pictures are embedded, with no script and no network access, for light, dark and print. All given
 * text is escaped.
 */
export async function compareReport({
  title,
  runs,
}: {
  readonly title: string;
  readonly runs: readonly RunReport[];
}): Promise<string> {
  const sections: Markup[] = [];
  for (const [i, run] of runs.entries()) sections.push(await runSection(run, `run-${i + 1}`));
  const failed = runs.filter((run) => complaints(run).length > 0).length;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${verdictOf(runs.length, failed)} ${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
<main>
<header class="${failed || runs.length === 0 ? "no" : "yes"}">
<h1>${title}</h1>
<p class="verdict">${verdictOf(runs.length, failed)}</p>
<div class="strip" aria-hidden="true"></div>
<ol class="verdicts">${runs.map(runLine)}</ol>
</header>
${sections}
<footer>
<p><b>How to read the curves.</b> <span class="key chalk"></span> Chalk, the thick pale line, is the network with its backward
pass written by hand. <span class="key tape"></span> Tape, the thin dashed line on top, is the same network with gradients from
autograd. Both start from the same weights and see the same batches, and nothing is synchronised in between: where the dashes
run inside the chalk, the two compute the same.</p>
<p><b>And the decision boundaries.</b> The deeper the colour of the field, the surer the network; on the grey line it gives
both classes the same probability.</p>
</footer>
</main>
</body>
</html>
`;
  return page.text;
}

function verdictOf(runs: number, failed: number): string {
  if (runs === 0) return "Nothing was compared.";
  if (failed === 0) return "Chalk and tape agree.";
  return `Chalk and tape disagree${runs > 1 ? `, in ${failed} of ${runs} runs` : ""}.`;
}

function runLine(run: RunReport, i: number): Markup {
  const ok = complaints(run).length === 0;
  return html`
<li class="${ok ? "yes" : "no"}"><a href="#run-${i + 1}">${run.result.dataset}</a> ${ok ? "✓" : "✗"} ${run.verdict}</li>`;
}
