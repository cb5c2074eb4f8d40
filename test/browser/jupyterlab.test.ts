import { execFileSync, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { exhibits } from "../classroom/exhibits.ts";
import { contentOf } from "../classroom/jupyterlab-sanitizer.ts";
import { lessonCells } from "../notebooks/authoring/lesson-source.ts";
import { notebookFile } from "../notebooks/authoring/notebook-file.ts";
import { freePorts } from "../notebooks/free-ports.ts";
import { skipUnless } from "../skip.ts";
import { chromium } from "./chromium.ts";
import { withPage } from "./page.ts";

/** Whether JupyterLab is on the PATH. */
function hasJupyterLab(): boolean {
  try {
    execFileSync("jupyter", ["lab", "--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const shown = `[...document.querySelectorAll(".jp-OutputArea-output.jp-RenderedHTMLCommon")].map((one) => one.innerHTML)`;

/** What JupyterLab takes the handler from, unless the notebook is trusted. */
const control = '<p onclick="alert(1)">untrusted</p>';

describe("in a notebook that is not trusted, in JupyterLab itself", () => {
  before(function () {
    skipUnless(this, chromium !== undefined && hasJupyterLab(), "JupyterLab and Chromium");
  });

  it("every exhibit has its steps, its images and every cell", async () => {
    const all = await exhibits();
    const html = [...all.map((one) => one.toHtml().text), control];
    const cells = lessonCells("```typescript all\n1\n```", "L.md"); // one cell, so that all of it is in view
    const file = notebookFile(cells, () =>
      html.map((one) => ({ output_type: "display_data", data: { "text/html": one }, metadata: {} })),
    );
    const folder = await mkdtemp(join(tmpdir(), "chalk-and-tape-lab-"));
    await writeFile(join(folder, "L.ipynb"), file);
    const [port] = await freePorts(1);
    const own = (name: string): string => join(folder, name);
    const server = spawn(
      "jupyter",
      ["lab", "--no-browser", "--allow-root", `--ServerApp.root_dir=${folder}`, `--ServerApp.port=${port}`, "--IdentityProvider.token=", "--ServerApp.password="], // biome-ignore format: one line
      {
        stdio: "ignore",
        env: { ...process.env, JUPYTER_DATA_DIR: own("data"), JUPYTER_CONFIG_DIR: own("config"), JUPYTER_RUNTIME_DIR: own("runtime") }, // biome-ignore format: one line
      },
    );
    const ended = new Promise((resolve) => server.once("close", resolve));
    try {
      const url = `http://127.0.0.1:${port}/lab/tree/L.ipynb`;
      for (let tries = 0; tries < 100 && !(await fetch(url).catch(() => null))?.ok; tries++)
        await new Promise((resolve) => setTimeout(resolve, 300));
      const found = await withPage(
        `<meta http-equiv="refresh" content="0; url=${url}">`,
        async ({ evaluate }) => {
          let outputs: string[] = [];
          for (let tries = 0; tries < 200 && outputs.length < html.length; tries++) {
            await new Promise((resolve) => setTimeout(resolve, 300));
            outputs = ((await evaluate(shown).catch(() => null)) as string[] | null) ?? [];
          }
          return outputs;
        },
      );
      expect(found).to.have.length(html.length);
      expect(found.pop(), "the notebook is trusted").to.include("untrusted").and.not.include("onclick");
      for (const [i, output] of found.entries()) {
        const [now, then] = [contentOf(output), contentOf(html[i] ?? "")];
        expect(now, all[i]?.constructor.name).to.deep.equal(then);
      }
    } finally {
      server.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    }
  });
});
