import ts from "@tslab/typescript-for-tslab";
import jupyter, { JupyterHandlerImpl, ZmqServer } from "tslab/dist/jupyter.js";
import type { ErrorContent } from "./error-content.ts";
import { ExecutionQueue } from "./execution-queue.ts";
import { type Frames, Outbox } from "./outbox.ts";
import { PacedText } from "./paced-text.ts";
import type { Session } from "./session.ts";
import { redirect } from "./streams.ts";
import { type Connection, readRequest } from "./wire.ts";
import { address, loadZeroMq } from "./zeromq.ts";

type Message = Parameters<ZmqServer["publishStatus"]>[1];

/** What tslab hands a signed message to. */
interface Socket {
  send(frames: Frames): void;
}

/** The part of an `execute_request` that we read. */
interface ExecuteRequest {
  readonly code: string;
  readonly silent?: boolean;
  readonly store_history?: boolean;
  readonly stop_on_error?: boolean;
}

/** What tslab's server answers. It would print a warning about all else below the cell that ran last. */
const answered = new Set([
  "kernel_info_request",
  "execute_request",
  "is_complete_request",
  "inspect_request",
  "complete_request",
  "comm_info_request",
  "shutdown_request",
]);

/** tslab's server on the shell socket, with our own way to run cells. The control thread has the other sockets. */
export class Server extends ZmqServer {
  readonly #session: Session;
  readonly #connection: Connection;
  readonly #iopub: Socket;
  readonly #end: () => void;
  readonly #queue = new ExecutionQueue();
  #count = 0;

  /** `publish` sends to the iopub socket, `end` ends the process. */
  constructor(session: Session, connection: Connection, publish: (frames: Frames) => void, end: () => void) {
    super(new JupyterHandlerImpl(session.executor, false), "");
    this.#session = session;
    this.#connection = connection;
    this.#iopub = { send: publish };
    this.#end = end;
    this.connInfo = { ...connection, signature_scheme: "hmac-sha256", kernel_name: "tslab" };
  }

  /** The socket is bound before it is read: zeromq may refuse to bind a socket that waits for a message. */
  override async init(): Promise<void> {
    const { Router } = loadZeroMq();
    this.shell = new Router();
    this.stdin = new Router();
    await this.stdin.bind(address(this.#connection, this.#connection.stdin_port));
    await this.shell.bind(address(this.#connection, this.#connection.shell_port));
    const outbox: unknown = new Outbox(this.shell);
    const replies = outbox as typeof this.shell; // tslab calls nothing but send
    for await (const frames of this.shell) {
      const request = readRequest(this.#connection.key, frames);
      if (!request || !answered.has(request.header.msg_type)) continue;
      void this.handleShellMessage(replies, ...frames);
    }
  }

  override publishStatus(execution_state: string, message: Message): void {
    this.#reply(this.#iopub, message, "status", { execution_state });
  }

  override handleExecute(socket: Socket, message: Message): Promise<void> {
    const request = message.content as ExecuteRequest;
    let reply: object = {};
    return this.#queue.add({
      stopOnError: request.stop_on_error ?? true,
      run: async () => {
        // Whatever goes wrong is an error of this cell; the queue goes on.
        const error = await this.#run(message, request).catch((thrown: unknown) =>
          this.#session.explain(thrown),
        );
        reply = error ? { status: "error", ...error } : { status: "ok", payload: [], user_expressions: {} };
        return error === null;
      },
      reply: () => this.#reply(socket, message, "execute_reply", { ...reply, execution_count: this.#count }),
      abort: () =>
        this.#reply(socket, message, "execute_reply", { status: "aborted", execution_count: this.#count }),
    });
  }

  async #run(
    message: Message,
    { code, silent = false, store_history }: ExecuteRequest,
  ): Promise<ErrorContent | null> {
    const print = (name: string): PacedText =>
      new PacedText((text) => this.#reply(this.#iopub, message, "stream", { name, text }));
    const [stdout, stderr] = [print("stdout"), print("stderr")];
    const flush = (): void => {
      stdout.flush();
      stderr.flush();
    };
    const publish = (type: string, content: object): void => {
      flush(); // what was printed before stands before
      this.#reply(this.#iopub, message, type, content);
    };
    if (!silent && store_history !== false) this.#count++;
    const execution_count = this.#count;
    if (!silent) publish("execute_input", { code, execution_count });
    redirect("stdout", (text) => {
      stderr.flush();
      stdout.write(text);
    });
    redirect("stderr", (text) => {
      stdout.flush();
      stderr.write(text);
    });
    // Where tslab's `display` writes.
    const lastWriteDisplayData = (data: object, isUpdate: boolean): void =>
      publish(isUpdate ? "update_display_data" : "display_data", data);
    Object.assign(jupyter, { lastWriteDisplayData });
    const { error, shown } = await this.#session.run(code, execution_count);
    flush();
    if (error) publish("error", error);
    if (shown && !silent) publish("execute_result", { execution_count, data: shown, metadata: {} });
    return error;
  }

  override handleKernelInfo(socket: Socket, message: Message): void {
    const info = this.handler.handleKernel();
    const language_info = { ...info.language_info, version: ts.version };
    this.#reply(socket, message, "kernel_info_reply", { status: "ok", ...info, language_info });
  }

  override handleCommInfoRequest(socket: Socket, message: Message): void {
    this.#reply(socket, message, "comm_info_reply", { status: "ok", comms: {} });
  }

  override handleShutdown(socket: Socket, message: Message): void {
    super.handleShutdown(socket, message);
    setTimeout(this.#end, 50);
  }

  /** Only after the reply is sent; the sockets end with the process. */
  override close(): void {
    this.handler.close();
  }

  #reply(socket: Socket, message: Message, type: string, content: object): void {
    const reply = message.createReply();
    reply.header.msg_type = type;
    reply.content = content;
    reply.signAndSend(this.connInfo.key, socket);
  }
}
