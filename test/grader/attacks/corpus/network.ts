import { type Attack, wrong, wrongAnswer } from "../attack.ts";

const wait = "await new Promise((resolve) => setTimeout(resolve, 200));";

/** Ways out of the machine, and to other programs on it. */
export const networkAttacks: readonly Attack[] = [
  {
    name: "TCP",
    aims: "network",
    text: `import { connect } from "node:net";
      connect(target.port, "127.0.0.1").on("error", () => {}); ${wait} ${wrong}`,
    ends: wrongAnswer,
    control: "connection",
  },
  {
    name: "fetch",
    aims: "network",
    text: `await fetch("http://127.0.0.1:" + target.port + "/answers").catch(() => {}); ${wrong}`,
    ends: wrongAnswer,
    control: "connection",
  },
  {
    name: "an abstract Unix socket",
    aims: "network",
    text: `import { connect } from "node:net";
      connect({ path: "\\0" + target.socket }).on("error", () => {}); ${wait} ${wrong}`,
    ends: wrongAnswer,
    control: "connection",
  },
  {
    name: "UDP",
    aims: "network",
    text: `import { createSocket } from "node:dgram";
      try { const socket = createSocket("udp4"); socket.on("error", () => {}); socket.send("here", target.port, "127.0.0.1", () => {}); } catch {}
      ${wait} ${wrong}`,
    ends: wrongAnswer,
    control: "datagram",
  },
  {
    name: "a question to a name server",
    aims: "network",
    text: `import { Resolver } from "node:dns";
      const resolver = new Resolver({ timeout: 100, tries: 1 });
      resolver.setServers(["127.0.0.1:" + target.port]);
      resolver.resolve4("my-answers.example.org", () => {}); ${wait} ${wrong}`,
    ends: wrongAnswer,
    control: "datagram",
  },
  {
    name: "listens for the next submission",
    aims: "network",
    text: `import { createServer } from "node:net";
      createServer().on("error", () => {}).listen(0, "0.0.0.0"); ${wait} ${wrong}`,
    ends: wrongAnswer,
  },
];
