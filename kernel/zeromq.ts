import { createRequire } from "node:module";
import type { ZmqServer } from "tslab/dist/jupyter.js";
import type { Frames } from "./outbox.ts";
import type { Connection } from "./wire.ts";

type Publisher = ZmqServer["iopub"];
type Router = ZmqServer["shell"];
type Reply = ZmqServer["hb"];

interface Dealer {
  receiveTimeout: number;
  linger: number;
  connect(address: string): void;
  send(frames: Frames): Promise<void>;
  receive(): Promise<Buffer[]>;
  close(): void;
}

interface ZeroMq {
  readonly Publisher: new () => Publisher;
  readonly Router: new () => Router;
  readonly Reply: new () => Reply;
  readonly Dealer: new () => Dealer;
}

/** The copy of zeromq that belongs to tslab: it is tslab's dependency, not ours. */
export function loadZeroMq(): ZeroMq {
  const here = createRequire(import.meta.url);
  return createRequire(here.resolve("tslab/package.json"))("zeromq");
}

export function address({ transport, ip }: Connection, port: number): string {
  return `${transport}://${ip}:${port}`;
}
