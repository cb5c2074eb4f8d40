/** A grader whose submission never ends: `node grader-to-kill.js <kind of wall> <assignment's name>`. */
import { fileURLToPath } from "node:url";
import { makeBox, wallKinds } from "#internal/grader";
import { Conversation } from "#internal/homework";

const [, , kind = "", assignment = ""] = process.argv;
const wall = wallKinds.find(({ name }) => name === kind)?.find();
if (!wall) throw new Error(`no kind of wall is called ${kind}`);
const box = await makeBox(assignment, fileURLToPath(new URL("../attacks/tiny/calls.js", import.meta.url)));
const own = box.place("loop", "while (true);");
console.log(box.folder);
await new Conversation(wall.command(box.folder, own, assignment), { load: 100, answer: 1 }).load();
