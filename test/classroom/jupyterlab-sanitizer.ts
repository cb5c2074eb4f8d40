/**
 * What JupyterLab lets through in the HTML of a notebook that is not trusted, as facts.
 * Source: JupyterLab 4, packages/apputils/src/sanitizer.ts, options of sanitize-html. Attributes are
 * listed for the tags that tables, images and steps need; inline styles, which it filters by
 * property, are not used here.
 */
import sanitizeHtml from "sanitize-html";

const tags =
  "a abbr acronym address area article aside audio b bdi bdo big blockquote br button canvas caption center cite code col colgroup colspan command data datalist dd del details dfn dir div dl dt em fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hgroup hr i img input ins kbd label legend li map mark menu meter nav nobr ol optgroup option output p pre progress q rowspan s samp section select small source span strike strong sub summary sup table tbody td textarea tfoot th thead time tr track tt u ul var video wbr";

// biome-ignore format: one tag a line
const attributes: Readonly<Record<string, string>> = {
  "*": "class dir draggable hidden id inert itemprop itemref itemscope lang spellcheck style title translate",
  a: "accesskey coords href hreflang name rel shape tabindex target type",
  details: "open",
  div: "align",
  img: "align alt border height hspace ismap name src usemap vspace width",
  p: "align",
  pre: "width",
  table: "align bgcolor border cellpadding cellspacing frame rules summary width",
  td: "abbr align axis bgcolor char charoff colspan headers height nowrap rowspan scope valign width",
  th: "abbr align axis bgcolor char charoff colspan headers height nowrap rowspan scope valign width",
  tr: "align bgcolor char charoff valign",
};

/** The HTML as JupyterLab shows it before anybody trusts the notebook. An image may be a data URI. */
export function asUntrusted(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: tags.split(" "),
    allowedAttributes: Object.fromEntries(
      Object.entries(attributes).map(([tag, names]) => [tag, names.split(" ")]),
    ),
    allowedSchemesAppliedToAttributes: ["href", "cite"],
  });
}

/** What a reader needs: steps with their depth, images with their description, cells of tables. */
export interface Content {
  readonly steps: readonly string[];
  readonly images: readonly string[];
  readonly cells: readonly string[];
  readonly text: string;
}

/** Reads the HTML that this package writes: lower-case tags, attributes in double quotes. */
export function contentOf(html: string): Content {
  let depth = 0;
  const steps = [...html.matchAll(/<(\/?)details[^>]*>|<summary[^>]*>(.*?)<\/summary>/gs)].flatMap(
    ([, closing, title]) => {
      if (title === undefined) depth += closing === "/" ? -1 : 1;
      return title === undefined ? [] : [`${depth} ${plain(title)}`];
    },
  );
  const images = [...html.matchAll(/<img[^>]*>/g)].map(([tag]) => {
    const [, alt = "no alt"] = /\balt="([^"]*)"/.exec(tag) ?? [];
    return `${plain(alt)} ${/\bsrc="([^"]*)"/.exec(tag)?.[1] ?? "no src"}`;
  });
  const cells = [...html.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/gs)].map(([, cell = ""]) => plain(cell));
  return { steps, images, cells, text: plain(html) };
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };

function plain(html: string): string {
  return html
    .replace(/<(style|script)\b.*?<\/\1>/gs, "")
    .replace(/<[^>]*>/g, "")
    .replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => entities[name] ?? "");
}
