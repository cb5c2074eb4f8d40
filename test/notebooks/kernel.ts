/** A kernel in a process of its own, spoken to as Jupyter does: this package's, or plain tslab. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Dealer, Subscriber } from "zeromq";
import { kernelspec } from "#internal/kernel";
import { freePorts } from "./free-ports.ts";
import { decode, type Message, request } from "./wire.ts";

/** One output of a cell, as a notebook file holds it. */
export type Output =
  | { readonly output_type: "stream"; readonly name: string; text: string }
  | {
      readonly output_type: "display_data" | "execute_result";
      readonly data: Readonly<Record<string, unknown>>;
      readonly metadata: object;
      readonly execution_count?: number;
    };

/** What one request brought back. It grows for as long as the kernel runs: a forgotten promise may write later. */
export interface Execution {
  /** "ok", "error", "aborted" (plain tslab: "abort"), "" (an empty reply), or why no reply came. */
  status: string;
  stdout: string;
  stderr: string;
  /** What `display` showed: MIME type → data, one each. */
  readonly displays: Record<string, unknown>[];
  /** All of it but errors, in the order in which it came; neighbours of one stream are one output. */
  readonly outputs: Output[];
  /** The last value, MIME type → data. Plain tslab prints it to stdout. */
  result: Record<string, unknown> | null;
  /** The `error` message. Plain tslab writes to stderr. */
  error: { readonly ename: string; readonly evalue: string; readonly traceback: readonly string[] } | null;
  /** The content of the reply to the request itself. */
  reply: Readonly<Record<string, unknown>>;
}

/** The command that starts a kernel, before the path of its connection file. */
export interface KernelCommand {
  readonly name: string;
  readonly argv: readonly string[];
}

const require = createRequire(import.meta.url);

export const ourKernel: KernelCommand = {
  name: "this package's kernel",
  argv: kernelspec().argv.slice(0, -1),
};
export const plainTslab: KernelCommand = {
  name: "plain tslab",
  argv: [process.execPath, require.resolve("tslab/bin/tslab"), "kernel", "--config-path"],
};

export function emptyExecution(status: string): Execution {
  return { status, stdout: "", stderr: "", displays: [], outputs: [], result: null, error: null, reply: {} };
}

/** A request whose reply and "idle" have not both come yet. */
interface Pending {
  readonly execution: Execution;
  reply: string | null;
  idle: boolean;
  readonly settle: (status: string) => void;
}

export class Kernel {
  readonly #key = randomUUID();
  readonly #session = randomUUID();
  readonly #shell = new Dealer({ linger: 0 });
  readonly #iopub = new Subscriber({ linger: 0 });
  readonly #control = new Dealer({ linger: 0 });
  readonly #pending = new Map<string, Pending>();
  readonly #onExit = () => this.kill();
  readonly #onSignal = (_: NodeJS.Signals, number: number) => process.exit(128 + number);
  #process: ChildProcess | null = null;
  #folder = "";
  /** Why no reply will come any more; null while the kernel runs. */
  #gone: string | null = null;
  /** What the process wrote outside of any cell. */
  ownStderr = "";

  /** Starts the kernel with `cwd` as the notebook's folder. */
  static async start(cwd: string, command: KernelCommand = ourKernel): Promise<Kernel> {
    const kernel = new Kernel();
    await kernel.#start(cwd, command);
    return kernel;
  }

  async #start(cwd: string, { name, argv }: KernelCommand): Promise<void> {
    const [shell, iopub, stdin, control, heartbeat] = await freePorts(5);
    this.#folder = await mkdtemp(join(tmpdir(), "chalk-and-tape-kernel-"));
    const connection = join(this.#folder, "connection.json");
    await writeFile(
      connection,
      JSON.stringify({
        transport: "tcp",
        ip: "127.0.0.1",
        signature_scheme: "hmac-sha256",
        key: this.#key,
        shell_port: shell,
        iopub_port: iopub,
        stdin_port: stdin,
        control_port: control,
        hb_port: heartbeat,
      }),
    );
    const [program = "", ...rest] = argv;
    // A process group of its own: a stuck kernel is killed together with whatever it has started.
    this.#process = spawn(program, [...rest, connection], {
      cwd,
      detached: true,
      stdio: ["ignore", "ignore", "pipe"],
    });
    // A signal reaches this process only, for the kernel has a group of its own.
    process.once("exit", this.#onExit).once("SIGINT", this.#onSignal).once("SIGTERM", this.#onSignal);
    this.#process.stderr?.on("data", (text: Buffer) => {
      this.ownStderr += text;
    });
    this.#process.on("exit", (code, signal) =>
      this.#giveUp(`the kernel died (${signal ?? `status ${code}`})`),
    );
    this.#shell.connect(`tcp://127.0.0.1:${shell}`);
    this.#iopub.connect(`tcp://127.0.0.1:${iopub}`);
    this.#iopub.subscribe();
    this.#control.connect(`tcp://127.0.0.1:${control}`);
    void this.#listen(this.#shell, (message) => this.#onReply(message));
    void this.#listen(this.#iopub, (message) => this.#onOutput(message));
    await this.#untilReady(name);
  }

  /** The first messages may be lost before both sockets are connected, so ask until one answer is complete. */
  async #untilReady(name: string): Promise<void> {
    for (let attempt = 0; attempt < 60; attempt++) {
      const { status } = await this.#ask("kernel_info_request", {}, 500).done;
      if (status === "ok") return;
      if (status.startsWith("the kernel died")) break;
    }
    await this.stop();
    throw new Error(`${name} did not start: ${this.ownStderr}`);
  }

  /** Runs one cell. A cell that takes longer than `timeoutMs` costs the kernel its life. */
  async execute(code: string, timeoutMs: number = 60_000, options: object = {}): Promise<Execution> {
    const { done } = this.start(code, timeoutMs, options);
    if ((await done).status === timedOut) this.kill();
    return done;
  }

  /** As `execute`; `execution` can be read while the cell runs. */
  start(
    code: string,
    timeoutMs: number = 60_000,
    options: object = {},
  ): { execution: Execution; done: Promise<Execution> } {
    const content = { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false };
    return this.#ask("execute_request", { ...content, ...options }, timeoutMs);
  }

  /** Asks on the control socket, which a busy kernel has to read too. */
  async control(type: string): Promise<Message> {
    await this.#control.send(request(type, {}, this.#key, this.#session).frames);
    const frames = await this.#control.receive();
    return decode(frames, this.#key);
  }

  /** Asks on the shell socket; the answer's content is `reply`. */
  ask(type: string, content: Record<string, unknown> = {}): Promise<Execution> {
    return this.#ask(type, content, 60_000).done;
  }

  /** Sends what has no answer. */
  tell(type: string): void {
    void this.#send(request(type, {}, this.#key, this.#session).frames);
  }

  #ask(
    type: string,
    content: Record<string, unknown>,
    timeoutMs: number,
  ): { execution: Execution; done: Promise<Execution> } {
    const execution = emptyExecution("");
    const { id, frames } = request(type, content, this.#key, this.#session);
    const done = new Promise<Execution>((resolve) => {
      let settled = false;
      const settle = (status: string) => {
        if (!settled) execution.status = status;
        settled = true;
        clearTimeout(timer);
        resolve(execution);
      };
      const timer = setTimeout(() => settle(timedOut), timeoutMs);
      this.#pending.set(id, { execution, reply: null, idle: false, settle });
      if (this.#gone === null) void this.#send(frames);
      else this.#giveUp(this.#gone);
    });
    return { execution, done };
  }

  /** One message at a time: a second `send` before the first is done is an error of zeromq. */
  #sending: Promise<void> = Promise.resolve();
  #send(frames: string[]): Promise<void> {
    this.#sending = this.#sending.then(() => (this.#gone === null ? this.#shell.send(frames) : undefined));
    return this.#sending;
  }

  async #listen(socket: AsyncIterable<Buffer[]>, on: (message: Message) => void): Promise<void> {
    try {
      for await (const frames of socket) on(decode(frames, this.#key));
    } catch (error) {
      this.#giveUp(String(error));
    }
  }

  #onReply({ parent, content }: Message): void {
    const pending = this.#pending.get(parent.msg_id ?? "");
    if (!pending) return;
    const isInfo = "protocol_version" in content; // a kernel_info_reply of tslab has no status
    pending.execution.reply = content;
    pending.reply = isInfo ? "ok" : String(content.status ?? "");
    if (pending.idle) pending.settle(pending.reply);
  }

  #onOutput({ header, parent, content }: Message): void {
    const pending = this.#pending.get(parent.msg_id ?? "");
    if (!pending) return;
    const { execution } = pending;
    keepOutput(execution.outputs, header.msg_type, content);
    if (header.msg_type === "stream") {
      if (content.name === "stderr") execution.stderr += content.text;
      else execution.stdout += content.text;
    } else if (header.msg_type === "display_data" || header.msg_type === "update_display_data") {
      execution.displays.push(content.data as Record<string, unknown>);
    } else if (header.msg_type === "execute_result") {
      execution.result = content.data as Record<string, unknown>;
    } else if (header.msg_type === "error") {
      execution.error = content as unknown as Execution["error"];
    } else if (header.msg_type === "status" && content.execution_state === "idle") {
      pending.idle = true;
      if (pending.reply !== null) pending.settle(pending.reply);
    }
  }

  /** No reply will come any more: tells everyone who still waits. */
  #giveUp(why: string): void {
    this.#gone ??= why;
    for (const pending of this.#pending.values()) pending.settle(why);
  }

  /** The id of the process group. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Ends the whole process group at once and leaves nothing behind. */
  kill(): void {
    this.#giveUp("the kernel was ended");
    process.off("exit", this.#onExit).off("SIGINT", this.#onSignal).off("SIGTERM", this.#onSignal);
    if (this.pid !== undefined && this.#process?.exitCode === null && this.#process.signalCode === null) {
      process.kill(-this.pid, "SIGKILL");
    }
    this.#shell.close();
    this.#iopub.close();
    this.#control.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Waits for stray output of the last cell, then ends the kernel. */
  async stop(): Promise<void> {
    if (this.#gone === null) await new Promise((resolve) => setTimeout(resolve, 100));
    this.kill();
  }
}

function keepOutput(outputs: Output[], type: unknown, content: Readonly<Record<string, unknown>>): void {
  const last = outputs.at(-1);
  if (type === "stream") {
    const [name, text] = [String(content.name), String(content.text)];
    if (last?.output_type === "stream" && last.name === name) last.text += text;
    else outputs.push({ output_type: "stream", name, text });
  } else if (type === "display_data" || type === "execute_result") {
    const data = content.data as Record<string, unknown>;
    outputs.push({ output_type: type, data, metadata: {} });
  }
}

export const timedOut = "no reply in time";
