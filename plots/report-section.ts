import { differenceCurves } from "./differences.ts";
import { html, type Markup, trusted } from "./html.ts";
import { reportWidth } from "./labels.ts";
import { count, finite } from "./number-format.ts";
import { sides } from "./palette.ts";
import type { Picture } from "./picture.ts";
import { complaints, type RunReport, repeatCommand } from "./report-data.ts";
import { epochTable, headline, parityTable } from "./report-tables.ts";
import { sampleGrid } from "./samples.ts";
import { sideBoundary } from "./side-boundary.ts";
import { toSvg } from "./svg.ts";
import { twoSides } from "./two-sides.ts";

/**
 * Formats one run of a report: headline numbers, curves, decision boundary, samples, parity table,
 * and how to repeat it.
 */
export async function runSection(run: RunReport, id: string): Promise<Markup> {
  const { result, parity, boundary = [], samples } = run;
  const wrong = complaints(run);
  const bounds = parity.map((row) => row.bound).filter(finite);
  const bound = run.bound ?? (bounds.length ? Math.max(...bounds) : undefined);
  return html`
<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${result.dataset} <small>${result.model}, ${count(result.parameters)} parameters, ${result.dtype},
engine ${result.engine}, seed ${result.seed}</small></h2>
${wrong.length > 0 ? alarm(wrong) : null}
${headline(result)}
<p class="note">Chalk writes out every pass over an array, as a textbook does; the tape, like a library, does several in one, and the
difference of the times is what that buys. In an update, an optimizer by hand goes over the weights once for
every operation of its formula, on tape once in all.</p>
<div class="charts">
${await figure(twoSides(result.epochs, { measure: "loss", width: reportWidth }), "Loss")}
${await figure(twoSides(result.epochs, { measure: "accuracy", width: reportWidth }), "Accuracy")}
${await figure(differenceCurves(result.epochs, { bound, width: reportWidth }), "Largest difference, on a log scale")}
${await Promise.all(boundary.map((side) => figure(sideBoundary(side), `Decision boundary, ${sides[side.side]}`)))}
</div>
${samples ? await figure(sampleGrid(samples), "Sample pictures: true class, then the prediction of both sides", "pictures") : null}
${epochTable(result.epochs)}
${parityTable(parity)}
<h3>Repeat this run</h3>
<pre><code>${repeatCommand(run)}</code></pre>
</section>`;
}

async function figure(picture: Picture, caption: string, name: string = "chart"): Promise<Markup> {
  return html`
<figure class="${name}"><figcaption>${caption}</figcaption>${trusted(await toSvg(picture))}</figure>`;
}

function alarm(complaints: readonly string[]): Markup {
  const most = 8;
  const rest = complaints.length - most;
  return html`<div class="alarm" role="alert"><p>✗ The two sides disagree.</p><ul>
${complaints.slice(0, most).map((text) => html`<li>${text}</li>`)}
${rest > 0 ? html`<li>… and ${rest} more.</li>` : null}</ul></div>`;
}
