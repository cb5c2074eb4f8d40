export { right } from "./right-answers.ts";
export { wrong } from "./wrong-answers.ts";
