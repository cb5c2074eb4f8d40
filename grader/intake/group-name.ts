/** What the name of a folder or file in a class archive says. */
export interface GroupName {
  /** The student, as the archive writes it. */
  readonly student: string;
  /** The file's own name, where the archive puts everything into one name; null for a folder. */
  readonly file: string | null;
  /** Later attempts have larger numbers. */
  readonly order: number;
  /** ISO, if the name says it. */
  readonly handedIn: string | null;
  readonly notes: readonly string[];
}

const canvas = /^(?<who>[^_]+)(?<late>_LATE)?_(?<user>\d+)_(?<upload>\d+)_(?<file>.+)$/;
const moodle = /^(?<who>[^_]+_\d+)_assignsubmission_(?:file|onlinetext)_?(?<file>.*)$/;
const blackboard =
  /^.+?_(?<who>[^_]+)_attempt_(?<date>\d{4}-\d\d-\d\d)-(?<time>\d\d-\d\d-\d\d)_?(?<file>.*)$/;

/** Reads a name as Canvas, Moodle or Blackboard write it; anything else is the student's id. */
export function readGroupName(name: string): GroupName {
  const fromCanvas = canvas.exec(name)?.groups;
  if (fromCanvas)
    return {
      student: `${fromCanvas.who}_${fromCanvas.user}`,
      file: fromCanvas.file ?? null,
      order: Number(fromCanvas.upload),
      handedIn: null,
      notes: fromCanvas.late ? ["Canvas marks it as late"] : [],
    };
  const fromMoodle = moodle.exec(name)?.groups;
  if (fromMoodle)
    return {
      student: fromMoodle.who as string,
      file: fromMoodle.file || null,
      order: 0,
      handedIn: null,
      notes: [],
    };
  const fromBlackboard = blackboard.exec(name)?.groups;
  if (fromBlackboard) {
    const handedIn = `${fromBlackboard.date}T${fromBlackboard.time?.replaceAll("-", ":")}Z`;
    const { who, file } = fromBlackboard;
    return {
      student: who as string,
      file: file || null,
      order: Date.parse(handedIn) || 0,
      handedIn: Number.isNaN(Date.parse(handedIn)) ? null : handedIn,
      notes: [],
    };
  }
  return { student: name, file: null, order: 0, handedIn: null, notes: [] };
}

/** Whether an archive of a learning platform made this name. */
export function isPlatformName(name: string): boolean {
  return canvas.test(name) || moodle.test(name) || blackboard.test(name);
}
