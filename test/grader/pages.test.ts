import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { unzipSync } from "fflate";
import type { GradedAssignment, GradedCheck, PageOptions, SubmissionResult } from "#internal/grader";
import { writePages } from "#internal/grader";
import { tagsOf, textOf, unbalanced } from "./html-text.ts";

const run = async () => {};
const check = (id: string, title: string, points: number) => ({ id, task: 1, title, points, needs: [], run });
const graded: GradedAssignment = {
  assignment: {
    id: "hw9",
    title: "A <small> one & more",
    points: 20,
    hours: 1,
    hints: "what",
    tasks: [{ number: 1, title: "Layer" }],
    checks: [check("t1-w", "dW is xᵀ dy", 4), check("t1-b", "db is the sum over the batch", 6)],
    essays: [
      {
        id: "width",
        task: 1,
        points: 5,
        title: "Why <this> width?",
        rubric: [{ points: 5, text: "names a & b" }],
      },
    ],
    hidden: 1,
    credit: { "extra factor": 0.5 },
  },
  hidden: [check("h1-odd", "odd batches", 5)],
  right: [],
  wrong: [],
};

const passed = { share: 1, state: "passed", advice: null, cause: null } as const;
const checkOf = (id: string, title: string, points: number, more: Partial<GradedCheck>): GradedCheck => ({
  ...{ id, task: 1, title, points, isHidden: false, ...passed },
  ...more,
});
const secret = "SECRET-0.123456789";
const half = {
  share: 0.5,
  state: "failed",
  cause: "extra factor",
  advice: { where: "db: 3 of 3 differ", what: "db: found = expected / 4", cure: "drop the division" },
} as const;

function resultOf(student: string, more: Partial<SubmissionResult> = {}): SubmissionResult {
  const checks = [
    checkOf("t1-w", "dW is xᵀ dy", 4, {}),
    checkOf("t1-b", "db is the sum over the batch", 6, half),
    checkOf("h1-odd", "odd batches", 5, {
      ...{ isHidden: true, share: 0.2, state: "failed", cause: `thrown ${secret}` },
      advice: { where: `x was ${secret}`, what: secret, cure: secret },
    }),
  ];
  return {
    ...{
      assignment: "hw9",
      student,
      attempt: 2,
      handedIn: "2026-11-01T10:00:00Z",
      source: "ab12",
      state: "graded",
    },
    ...{ reason: "", checks, score: 8, of: 15, essays: { width: "Because 10 < 20." }, hints: ["t1-b"] },
    ...{ wall: "bubblewrap", grader: "0.1.0, Node 24.1.0", noise: secret },
    ...more,
  };
}

const refused = (student: string, reason: string): SubmissionResult =>
  resultOf(student, { state: "not gradable", reason, checks: [], score: 0, essays: {}, hints: [] });

describe("the pages of a grading run", () => {
  let out = "";
  beforeEach(async () => {
    out = await mkdtemp(join(tmpdir(), "pages-"));
  });
  afterEach(() => rm(out, { recursive: true, force: true }));

  async function pages(results: readonly SubmissionResult[], options: Partial<PageOptions> = {}) {
    await writePages(results, graded, out, {
      wall: "bubblewrap",
      selfTest: [],
      sources: new Map(),
      ...options,
    });
    const read = (name: string) => readFile(join(out, name), "utf8");
    const names = await readdir(join(out, "feedback"));
    return { read, names, student: (name: string) => read(`feedback/${name}.html`) };
  }

  it("say points, partial credit and its reason, the hint level, and the hints that were asked for", async () => {
    const { student } = await pages([resultOf("ada")]);
    const text = textOf(await student("ada"));
    expect(text).to.include("Points: 8 of 20. The checks gave 8 of 15.");
    expect(text).to.include("1|dW is xᵀ dy|passed|4 of 4|");
    expect(text).to.include(
      '1|db is the sum over the batch|not passed|3 of 6|db: found = expected / 4 Partial credit: the cause is "extra factor", for which this assignment gives 50 % of 6 points. You asked for a hint here.',
    );
    expect(text, "the hint level is what").to.not.include("drop the division");
    expect(text).to.include("Attempt 2, handed in 2026-11-01T10:00:00Z");
    expect(text).to.match(
      /Why <this> width\? A person grades this text: up to 5 points, not counted yet\..*5\|names a & b.*Because 10 < 20\./,
    );
  });
  it("give a hidden check's title and result, and no input, value, cause or output", async () => {
    const { student } = await pages([resultOf("ada")]);
    const page = await student("ada");
    expect(textOf(page)).to.include(
      "1|odd batches (hidden)|not passed|1 of 5|A hidden check shows only how it ended.",
    );
    expect(page).to.not.include("SECRET");
  });
  it("show rubric points, a late rule and overrides, and the sum after them", async () => {
    const final = {
      points: 10.5,
      changes: [
        { text: "2 days late", points: -1.5 },
        { text: "override: <illness>", points: 1 },
      ],
      essays: { width: { points: 3, comment: "Say & why" } },
    };
    const { student } = await pages([resultOf("ada")], { finals: new Map([["ada", final]]) });
    const text = textOf(await student("ada"));
    expect(text).to.include("Points: 10.5 of 20.");
    expect(text).to.include("2 days late|-1.5").and.to.include("override: <illness>|+1");
    expect(text).to.include("3 of 5 points. Say & why");
  });
  it("put not gradable first, with the reason and without points", async () => {
    const { student, read } = await pages([
      resultOf("ada"),
      refused("bob", "hw9.ts does not parse: line 3: <oops>"),
    ]);
    const text = textOf(await student("bob"));
    expect(text).to.match(
      /^hw9: A <small> one & more hw9: A <small> one & more Not gradable: hw9.ts does not parse: line 3: <oops>. This decides no points/,
    );
    expect(text).to.not.match(/Points: \d/);
    const report = textOf(await read("class.html"));
    expect(report).to.include("2 submissions: 1 graded, 1 not gradable");
    expect(report.indexOf("bob|hw9.ts does not parse")).to.be.within(1, report.indexOf("Mean"));
    expect(report, "0 of nobody's points").to.include("Mean 8, median 8, lowest 8, highest 8");
  });
  it("warn on top of every page where nothing or little isolated", async () => {
    for (const [wall, warning] of [
      ["none (--unsafe)", "Graded without a wall (none (--unsafe))"],
      ["second user and limits (network open)", "The network was open while this was graded"],
    ] as const) {
      const { student, read } = await pages([resultOf("ada", { wall })], { wall });
      for (const page of [await student("ada"), await read("class.html"), await read("honesty.html")])
        expect(page, wall).to.include(`<body>\n<p class="warning">${warning}`);
    }
    const { student } = await pages([resultOf("ada")]);
    expect(await student("ada")).to.not.include('class="warning"');
  });
  it("report the class: distribution, share per check, causes with examples, self-test", async () => {
    const right = (student: string) =>
      resultOf(student, {
        score: 15,
        checks: [
          checkOf("t1-w", "dW is xᵀ dy", 4, {}),
          checkOf("t1-b", "db is the sum over the batch", 6, {}),
        ],
      });
    const many = Array.from({ length: 12 }, (_, i) => resultOf(`s${String(i).padStart(2, "0")}`));
    const selfTest = [
      { wall: "network", kind: "probe", tried: "connect to 1.1.1.1", holds: true },
      { wall: "file", kind: "probe", tried: "read /etc/passwd", holds: false },
      { wall: "file", kind: "control", tried: "read its own file", holds: false },
    ] as const;
    const { read } = await pages([...many, right("zoe"), right("yan")], { selfTest });
    const report = textOf(await read("class.html"));
    expect(report).to.include("8 to 10|12|").and.to.include("14 to 16|2|").and.to.include("0 to 2|0|");
    expect(report).to.include("Mean 9, median 8, lowest 8, highest 15");
    expect(report).to.include("t1-w|dW is xᵀ dy|100 %|0|0|100 %");
    expect(report).to.include("t1-b|db is the sum over the batch|14 %|12|0|57 %");
    expect(report).to.include(
      "12 students|t1-b: db is the sum over the batch|extra factor|db: found = expected / 4|s00, s01, s02, s03, s04, …",
    );
    expect(report).to.include("network|probe|connect to 1.1.1.1|must be denied|as it must");
    expect(report).to.include("file|probe|read /etc/passwd|must be denied|NOT DENIED");
    expect(report).to.include("file|control|read its own file|must work|INSTRUMENT BROKEN");
  });
  it("are well-formed pages without script, whatever students are called and write", async () => {
    const nasty = `</pre></title></style><script>x()</script><img src=x onerror="x()">'"&\u001b[31mred\u202eevil\u0000`;
    const failed = { ...half, advice: { where: nasty, what: nasty, cure: nasty } };
    const result = resultOf(nasty, {
      ...{ handedIn: nasty, source: nasty, grader: nasty, essays: { width: nasty }, wall: nasty },
      checks: [checkOf("t1-w", nasty, 4, failed)],
    });
    const finals = new Map([
      [
        nasty,
        {
          points: 1,
          changes: [{ text: nasty, points: 1 }],
          essays: { width: { points: 1, comment: nasty } },
        },
      ],
    ]);
    const { names, read } = await pages([result, refused(`../${nasty}`, nasty)], {
      finals,
      sources: new Map([[nasty, "("]]),
    });
    expect(names).to.have.length(2);
    for (const name of ["class.html", "honesty.html", ...names.map((one) => `feedback/${one}`)]) {
      const page = await read(name);
      expect(unbalanced(page), name).to.equal("");
      const allowed = "html head meta title style body p strong h1 h2 h3 table tr th td pre br a meter".split(
        " ",
      );
      expect(
        tagsOf(page).filter((tag) => !allowed.includes(tag)),
        name,
      ).to.deep.equal([]);
      expect(page, name).to.not.match(/<[^>]*\son\w+=|\u202e|<script|<img/);
      expect(
        [...page].filter((letter) => letter < " " && letter !== "\n"),
        name,
      ).to.deep.equal([]);
      expect(textOf(page), name).to.include(`<script>x()</script><img src=x onerror="x()">'"&red`);
      expect(page).to.match(
        /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-/,
      );
    }
    const links = [...(await read("class.html")).matchAll(/href="([^"]*)"/g)].map(([, href = ""]) =>
      decodeURIComponent(href),
    );
    expect(links.length).to.be.above(1);
    for (const link of links) expect(names).to.include(link.replace("feedback/", ""));
  });
  it("stay small for texts that are not", async () => {
    const long = "é\u{1f600}<".repeat(400_000);
    const result = resultOf("ada", {
      essays: { width: long },
      checks: [checkOf("t1-w", "dW", 4, { ...half, advice: { where: long, what: long, cure: long } })],
    });
    const { student, read } = await pages([result, refused("bob", long)]);
    for (const page of [await student("ada"), await student("bob"), await read("class.html")]) {
      expect(page.length).to.be.below(120_000);
      expect(page)
        .to.include("characters more)")
        .and.to.not.match(/[\ud800-\udbff](?![\udc00-\udfff])/);
    }
  });
  it("keep students apart whose names are alike to a file system, and stay in their folder", async () => {
    const students = ["a/b", "a%2Fb", "..", ".", "a b", "a_b", "é", "", "CON:"];
    const { names } = await pages(students.map((student) => resultOf(student)));
    expect(names).to.have.length(students.length);
    for (const name of names) expect(name).to.match(/^[\w@%-][\w.@% -]*\.html$/);
  });
  it("are the same bytes the second time", async () => {
    const options = { handedInAs: new Map([["ada", "ada_12_34_hw9.ts"]]) };
    const all = async () => {
      await pages([resultOf("ada")], options);
      return Promise.all(
        ["feedback/ada.html", "feedback-canvas.zip", "class.html"].map((name) =>
          readFile(join(out, name), "hex"),
        ),
      );
    };
    const first = await all();
    expect(await all()).to.deep.equal(first);
    expect(first[1]?.slice(20, 28), "no time of today in the zip").to.equal("00002100");
  });
  it("go back to Canvas and to Moodle under the names that these find", async () => {
    const handedInAs = new Map([
      ["ada", "lovelaceada_LATE_812_90210_hw9-2.ts"],
      ["bob", "submissions/smithbob_813_90211_my_hw9.ts"],
      ["Cay Horn", "Cay Horn_5571_assignsubmission_file_/hw9.ts"],
      ["dee", "..\\dee_5572_assignsubmission_file_hw9.ts"],
      ["eve", "eve.ts"],
    ]);
    const { student } = await pages(
      [...handedInAs.keys()].map((one) => resultOf(one)),
      { handedInAs },
    );
    const canvas = unzipSync(await readFile(join(out, "feedback-canvas.zip")));
    expect(Object.keys(canvas)).to.deep.equal([
      "lovelaceada_LATE_812_90210_hw9.html",
      "smithbob_813_90211_my_hw9.html",
    ]);
    expect(new TextDecoder().decode(canvas["smithbob_813_90211_my_hw9.html"])).to.equal(await student("bob"));
    const moodle = unzipSync(await readFile(join(out, "feedback-moodle.zip")));
    expect(Object.keys(moodle)).to.deep.equal([
      "Cay Horn_5571_assignfeedback_file_feedback.html",
      "dee_5572_assignfeedback_file_feedback.html",
    ]);
  });
  it("go back by the place that a result names, and no zip is written for no name", async () => {
    await pages([resultOf("ada", { place: "Ada L_77_assignsubmission_file_" })]);
    const moodle = unzipSync(await readFile(join(out, "feedback-moodle.zip")));
    expect(Object.keys(moodle)).to.deep.equal(["Ada L_77_assignfeedback_file_feedback.html"]);
    expect(await readdir(out)).to.not.include("feedback-canvas.zip");
  });
});
