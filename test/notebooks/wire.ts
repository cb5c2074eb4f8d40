/**
 * Jupyter's wire protocol: a message is [...identities, "<IDS|MSG>", HMAC, header, parent header, metadata, content].
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#the-wire-protocol
 */
import { createHmac, randomUUID } from "node:crypto";

export interface Header {
  readonly msg_id: string;
  readonly msg_type: string;
}

export interface Message {
  readonly header: Header;
  readonly parent: Partial<Header>;
  readonly content: Readonly<Record<string, unknown>>;
}

const delimiter = "<IDS|MSG>";

/** A request with a fresh id, and its frames, signed. */
export function request(
  type: string,
  content: Record<string, unknown>,
  key: string,
  session: string,
): { id: string; frames: string[] } {
  const id = randomUUID();
  const header = {
    msg_id: id,
    msg_type: type,
    session,
    username: "test",
    date: new Date().toISOString(),
    version: "5.3",
  };
  const parts = [header, {}, {}, content].map((part) => JSON.stringify(part));
  return { id, frames: [delimiter, sign(key, parts), ...parts] };
}

/** Reads what a kernel sent. @throws Error when the signature is not ours */
export function decode(frames: readonly Uint8Array[], key: string): Message {
  const texts = frames.map((frame) => Buffer.from(frame).toString("utf8"));
  const [signature, ...parts] = texts.slice(texts.indexOf(delimiter) + 1);
  if (signature !== sign(key, parts))
    throw new Error(`a message has the wrong signature: ${texts.join(" ")}`);
  const [header, parent, , content] = parts.map((part) => JSON.parse(part) as Record<string, unknown>);
  return { header, parent, content } as unknown as Message;
}

function sign(key: string, parts: readonly string[]): string {
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}
