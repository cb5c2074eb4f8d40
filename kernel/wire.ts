/**
 * Jupyter's messages, for the control thread, which does not load tslab.
 * A message is [...identities, "<IDS|MSG>", HMAC, header, parent header, metadata, content].
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#the-wire-protocol
 */
import { createHmac, randomUUID } from "node:crypto";
import type { Frames } from "./outbox.ts";

/** What of Jupyter's connection file we read. */
export interface Connection {
  readonly transport: string;
  readonly ip: string;
  readonly key: string;
  readonly shell_port: number;
  readonly iopub_port: number;
  readonly stdin_port: number;
  readonly control_port: number;
  readonly hb_port: number;
}

export interface Request {
  readonly identities: readonly Buffer[];
  readonly header: { readonly msg_type: string };
}

const delimiter = "<IDS|MSG>";

/** Reads a request; null if its signature is not ours. */
export function readRequest(key: string, frames: readonly Buffer[]): Request | null {
  const at = frames.findIndex((frame) => frame.equals(Buffer.from(delimiter)));
  const [signature, ...parts] = frames.slice(at + 1).map(String);
  if (at < 0 || signature !== sign(key, parts)) return null;
  return { identities: frames.slice(0, at), header: JSON.parse(parts[0] ?? "{}") };
}

/** The frames of a reply to `request`, or of a request of our own. */
export function writeMessage(
  key: string,
  type: string,
  content: object,
  request: Request | null = null,
): Frames {
  const header = {
    msg_id: randomUUID(),
    msg_type: type,
    session: "control",
    username: "kernel",
    date: new Date().toISOString(),
    version: "5.3",
  };
  const parts = [header, request?.header ?? {}, {}, content].map((part) => JSON.stringify(part));
  return [...(request?.identities ?? []), delimiter, sign(key, parts), ...parts];
}

function sign(key: string, parts: readonly string[]): string {
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}
