/** Prints that are sent as they come; more in the same second are gathered. */
const burst = 100;
/** How long gathered prints wait. */
const pauseMs = 50;
/** What one cell may print: a browser shows a million characters slowly, and an endless loop would fill the memory. */
const mostCharacters = 1_000_000;

/** What a cell prints on one stream, in few messages and up to a limit. */
export class PacedText {
  readonly #send: (text: string) => void;
  #gathered = "";
  #characters = 0;
  #sent = 0;
  #second = 0;
  #last = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(send: (text: string) => void) {
    this.#send = send;
  }

  write(text: string): void {
    const left = mostCharacters - this.#characters;
    if (left <= 0) return;
    this.#characters += text.length;
    this.#gathered += text.length <= left ? text : `${text.slice(0, left)}${ending}`;
    const now = performance.now();
    if (now - this.#second >= 1000) {
      this.#second = now;
      this.#sent = 0;
    }
    if (this.#sent < burst || now - this.#last >= pauseMs) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), pauseMs);
  }

  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#gathered === "") return;
    this.#sent++;
    this.#last = performance.now();
    const text = this.#gathered;
    this.#gathered = "";
    this.#send(text);
  }
}

const ending = `\n… the rest is left out: a cell prints at most ${mostCharacters.toLocaleString("en")} characters\n`;
