/** A page in headless Chromium that is clicked and typed on, by the DevTools protocol over a pipe. */
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { chromium } from "./chromium.ts";

interface Reply {
  readonly id?: number;
  readonly method?: string;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

export interface Page {
  /** Presses and releases a key. */
  readonly press: (key: "Tab" | "Enter") => Promise<void>;
  /** The value of a JavaScript expression. */
  readonly evaluate: (expression: string) => Promise<unknown>;
}

const keys = { Tab: { windowsVirtualKeyCode: 9 }, Enter: { windowsVirtualKeyCode: 13, text: "\r" } };

/** Opens a page, uses it, and ends the browser. */
export async function withPage<T>(html: string, use: (page: Page) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "chalk-and-tape-"));
  const file = join(folder, "page.html");
  await writeFile(file, html);
  const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-pipe"];
  const child = spawn(chromium ?? "chromium", [...flags, `--user-data-dir=${join(folder, "profile")}`], {
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  try {
    return await use(
      await connected(child.stdio[3] as Writable, child.stdio[4] as Readable, `file://${file}`),
    );
  } finally {
    child.kill();
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
}

async function connected(into: Writable, from: Readable, url: string): Promise<Page> {
  const waiting = new Map<number, (reply: Reply) => void>();
  let rest = "";
  from.setEncoding("utf8").on("data", (text: string) => {
    const messages = (rest + text).split("\0");
    rest = messages.pop() ?? "";
    for (const message of messages) {
      const reply = JSON.parse(message) as Reply;
      waiting.get(reply.id ?? 0)?.(reply);
    }
  });
  let sessionId: string | undefined;
  let count = 0;
  const send = (method: string, params: object = {}): Promise<Readonly<Record<string, unknown>>> =>
    new Promise((resolve, reject) => {
      const id = ++count;
      waiting.set(id, ({ result, error }) =>
        error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result ?? {}),
      );
      into.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`);
    });
  const { targetId } = await send("Target.createTarget", { url });
  const attached = await send("Target.attachToTarget", { targetId, flatten: true });
  sessionId = String(attached.sessionId);
  await send("Emulation.setFocusEmulationEnabled", { enabled: true });
  const evaluate = async (expression: string): Promise<unknown> => {
    const { result } = await send("Runtime.evaluate", {
      expression,
      returnByValue: true,
      awaitPromise: true,
    });
    return (result as { readonly value?: unknown }).value;
  };
  // The target begins as about:blank, which is complete too.
  const loaded = `location.href === ${JSON.stringify(url)} && document.readyState === "complete"`;
  const deadline = Date.now() + 60_000;
  while ((await evaluate(loaded).catch(() => false)) !== true) {
    if (Date.now() > deadline) throw new Error(`Chromium has not loaded ${url} in a minute`);
    await setTimeout(50);
  }
  return {
    evaluate,
    async press(key) {
      const event = { key, code: key, ...keys[key] };
      await send("Input.dispatchKeyEvent", { type: "keyDown", ...event });
      await send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
    },
  };
}
