import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Conversation, Failure } from "../../homework/internal.ts";
import { type Box, makeBox } from "../box/box.ts";
import type { CommandOptions, Wall } from "./wall.ts";

/** What a probe reported, by name; or how its process ended. */
export interface Report {
  readonly reached: Readonly<Record<string, number>>;
  /** The failure's cause: "not loaded", "ended", "time"; "" if the probe answered. */
  readonly cause: string;
}

/** Runs probes in the place of submissions. Its name is in the command line of each of their processes. */
export class ProbeBox {
  readonly name: string = `probe${randomBytes(8).toString("hex")}`;
  #box: Box | null = null;

  async open(): Promise<void> {
    this.#box = await makeBox(this.name, fileURLToPath(new URL("./probe-calls.js", import.meta.url)));
  }

  close(): void {
    this.#box?.remove();
  }

  /** Runs a module whose export `reached` has what it reached. */
  async run(
    wall: Wall,
    text: string,
    { load = 10, ...options }: CommandOptions & { readonly load?: number } = {},
  ): Promise<Report> {
    const box = this.#box as Box;
    const command = wall.command(box.folder, box.place("probe", text), this.name, options);
    const conversation = new Conversation(command, { load, answer: 2 });
    try {
      await conversation.load();
      const answer = await conversation.ask("reached", {});
      const reached = Object.entries(answer).map(([name, x]) => [name.replaceAll("_", " "), x.item()]);
      return { reached: Object.fromEntries(reached), cause: "" };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return { reached: {}, cause: error.cause };
    } finally {
      conversation.close();
    }
  }

  /** How many processes with this box's name in their command line are alive; null where /proc does not say. */
  alive(): number | null {
    let names: string[];
    try {
      names = readdirSync("/proc");
    } catch {
      return null;
    }
    return names.filter((name) => /^\d+$/.test(name) && commandLine(name).includes(this.name)).length;
  }
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8"); // empty for a process that has ended
  } catch {
    return "";
  }
}
