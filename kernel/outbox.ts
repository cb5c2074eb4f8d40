export type Frames = (Uint8Array | string)[];

/** Sends one message after the other: a zeromq socket refuses a second one before the first has gone. */
export class Outbox {
  readonly #socket: { send(frames: Frames): Promise<void> };
  #last: Promise<void> = Promise.resolve();

  constructor(socket: { send(frames: Frames): Promise<void> }) {
    this.#socket = socket;
  }

  send(frames: Frames): void {
    this.#last = this.#last
      .then(() => this.#socket.send(frames))
      .catch((error: unknown) => {
        process.stderr.write(`A message to Jupyter was not sent: ${error}\n`);
      });
  }
}
