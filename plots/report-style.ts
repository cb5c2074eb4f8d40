const light = `--page: #fbfaf6; --board: transparent; --card: #ffffff; --ink: #1f2624; --muted: #59625f; --grid: #e2e3dc;
  --train: #0072b2; --test: #d55e00; --gradient: #00805c; --weight: #a8508a; --alarm: #b3261e; --yes: #12694a;
  --chalk: #cfd5cf; --tape: #59625f; --alarm-page: #fbeae8; --edge: #ffffff; --class-0: #0072b2; --class-1: #e69f00;`;

const dark = `--page: #1d2624; --board: transparent; --card: #24302d; --ink: #eef0e8; --muted: #b2bcb6; --grid: #3a4743;
  --train: #6cc0f0; --test: #f0a35e; --gradient: #4fd0a5; --weight: #e0a0cd; --alarm: #ff8a80; --yes: #7fdcb4;
  --chalk: #55635e; --tape: #eef0e8; --alarm-page: #43201d; --edge: #10181a; --class-0: #9ad6ff; --class-1: #ffc766;`;

/**
 * The report's style sheet: a light theme, a dark theme, and the light theme in print. The charts
 * use the same variables.
 */
export const style: string = `
:root { color-scheme: light dark; ${light} }
@media (prefers-color-scheme: dark) { :root { ${dark} } }
@media print { :root { color-scheme: light; ${light} --page: #fff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", "Helvetica Neue", Arial,
  sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 1200px; margin: 0 auto; padding: 40px 32px 56px; }
h1 { margin: 0; font-size: 1rem; font-weight: 600; color: var(--muted); }
h2 { margin: 0 0 16px; font-size: 1.7rem; line-height: 1.25; }
h2 small { display: block; font-size: 0.95rem; font-weight: 400; color: var(--muted); }
h3 { margin: 32px 0 8px; font-size: 1.05rem; }
.verdict { margin: 4px 0 0; font-size: clamp(2.2rem, 5.5vw, 3.6rem); font-weight: 700; line-height: 1.1; letter-spacing: -0.02em; }
header.no .verdict { color: var(--alarm); }
.strip { position: relative; height: 12px; margin: 16px 0 12px; border-radius: 6px; background: var(--chalk); }
.strip::after { content: ""; position: absolute; inset: 5px 6px auto; border-top: 2px dashed var(--tape); }
header.no .strip::after { transform: rotate(-1.1deg); border-color: var(--alarm); transform-origin: left; }
.verdicts { margin: 0; padding: 0; list-style: none; font-size: 1.1rem; }
.verdicts a { color: inherit; font-weight: 600; text-underline-offset: 3px; }
.verdicts .no { color: var(--alarm); font-weight: 600; }
section { margin-top: 48px; padding-top: 24px; border-top: 1px solid var(--grid); }
.headline { display: flex; flex-wrap: wrap; gap: 16px 30px; margin: 0 0 20px; }
.headline dt { font-size: 0.85rem; color: var(--muted); }
.headline dd { margin: 0; font-size: 1.6rem; font-weight: 600; line-height: 1.3; }
.headline dd:has(br) { font-size: 1.15rem; line-height: 1.5; }
.note { margin: -8px 0 20px; color: var(--muted); max-width: 75ch; }
.of { display: inline-block; min-width: 2.9em; font-size: 0.85rem; font-weight: 400; color: var(--muted); }
.digits, code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.92em; }
.digits .of { font-family: system-ui, sans-serif; }
mark { background: none; color: var(--muted); text-decoration: underline; text-underline-offset: 3px; }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(340px, 100%), 1fr)); gap: 16px; align-items: start; }
figure { margin: 0; padding: 12px 12px 6px; background: var(--card); border: 1px solid var(--grid); border-radius: 8px;
  break-inside: avoid; min-width: 0; }
.charts + figure { margin-top: 16px; }
figcaption { font-weight: 600; font-size: 0.95rem; }
figure svg { display: block; max-width: 100%; height: auto; margin: 4px auto 0; }
.charts svg { width: 100%; }
.alarm { margin: 0 0 20px; padding: 12px 20px; background: var(--alarm-page); border-left: 6px solid var(--alarm); border-radius: 4px; }
.alarm p { margin: 0; font-size: 1.3rem; font-weight: 700; color: var(--alarm); }
.alarm ul { margin: 4px 0 0; padding-left: 20px; }
details { margin-top: 24px; }
summary { font-weight: 600; cursor: pointer; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin-top: 8px; font-size: 0.95rem; }
th, td { padding: 5px 12px; text-align: right; border-bottom: 1px solid var(--grid); font-weight: 400; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
thead tr:nth-child(2) th:first-child { text-align: right; padding-left: 12px; }
thead th { color: var(--muted); font-size: 0.85rem; vertical-align: bottom; }
tr.yes .says { color: var(--yes); }
tr.no > * { color: var(--alarm); font-weight: 700; background: var(--alarm-page); }
pre { margin: 0; padding: 12px 16px; background: var(--card); border: 1px solid var(--grid); border-radius: 8px;
  white-space: pre-wrap; overflow-wrap: anywhere; }
footer { margin-top: 48px; padding-top: 16px; border-top: 1px solid var(--grid); color: var(--muted); max-width: 75ch; }
.key { display: inline-block; width: 30px; vertical-align: middle; }
.key.chalk { height: 8px; border-radius: 4px; background: var(--chalk); }
.key.tape { border-top: 2px dashed var(--tape); }
.pictures { overflow-x: auto; }
.pictures svg { max-width: none; }
@media (max-width: 500px) {
  main { padding: 16px 8px 32px; }
  figure { padding: 8px 4px 4px; }
  .headline { gap: 12px 28px; }
  .headline dd { overflow-wrap: anywhere; }
}
@media print {
  .pictures svg { max-width: 100%; }
  main { max-width: none; padding: 0; }
  section { break-before: auto; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
`;
