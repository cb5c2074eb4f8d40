import { Session } from "node:inspector";
import { type Connection, writeMessage } from "./wire.ts";
import { address, loadZeroMq } from "./zeromq.ts";

/** From the control thread: ends what the main thread executes, a loop of microtasks too. */
export function terminateMainThread(): Promise<void> {
  const session = new Session();
  return new Promise((resolve, reject) => {
    session.connectToMainThread();
    session.post("Runtime.terminateExecution", (error) => {
      session.disconnect();
      if (error) reject(error);
      else resolve();
    });
  });
}

const patienceMs = 2000;

/** Whether the main thread still answers on its shell socket, as a user's client would find out. */
export async function isAnswering(connection: Connection): Promise<boolean> {
  const { Dealer } = loadZeroMq();
  const client = new Dealer();
  client.receiveTimeout = patienceMs;
  client.linger = 0;
  try {
    client.connect(address(connection, connection.shell_port));
    await client.send(writeMessage(connection.key, "kernel_info_request", {}));
    await client.receive();
    return true;
  } catch {
    return false;
  } finally {
    client.close();
  }
}
