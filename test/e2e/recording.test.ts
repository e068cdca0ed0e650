import { readFileSync } from "node:fs";
import { userInfo } from "node:os";
import { parseXML } from "@aws-sdk/xml-builder";
import { describe, expect, test } from "vitest";
import { describeShell } from "../support/shells.ts";
import { makePictures } from "../recording/pictures.ts";

const pictures = ["docs/session-dark.svg", "docs/session-light.svg"].map(
  (file) => [file, readFileSync(file, "utf8")] as const,
);

describeShell("bash", () => {
  test("the pictures show what the program does now (else: npm run recording)", async () => {
    expect([...(await makePictures())]).toEqual(pictures);
  });
});

describe.each(pictures)("%s", (file, svg) => {
  test("is well-formed", () => {
    expect(Object.keys(parseXML(svg) as object)).toEqual(["svg"]);
    expect(svg).not.toMatch(/&(?!amp;|lt;|gt;|quot;)/);
    expect(() => parseXML(svg.replace("</svg>", "")) as object).toThrow();
  });

  test("runs nothing and loads nothing", () => {
    const elements = new Set([...svg.matchAll(/<([a-zA-Z]+)/g)].map(([, name]) => name));
    const drawn = ["svg", "title", "desc", "style", "rect", "path", "circle", "text", "g"];
    expect([...elements].sort()).toEqual(drawn.sort());
    expect(svg.replace("http://www.w3.org/2000/svg", "")).not.toMatch(
      /https?:|url\(|@import|\bon\w+=|href/,
    );
  });

  test("shows no secret, and nothing of the machine", () => {
    expect(svg).not.toMatch(/A[SK]IA[A-Z0-9]{16}|\b\d{6}\b|\/tmp|127\.0\.0\.1|localhost/);
    for (const own of [process.cwd(), userInfo().homedir]) expect(svg).not.toContain(own);
  });

  test("says in words what it is, and is still for who wants no motion", () => {
    expect(svg).toMatch(
      /^<svg [^>]*role="img" aria-labelledby="title description">\n<title id="title">.+<\/title>\n<desc id="description">.{100,}<\/desc>/,
    );
    expect(svg).toContain(
      "@media (prefers-reduced-motion: reduce) { * { animation: none !important } }",
    );
  });

  test("is all there without animation: only cursors of earlier prompts are hidden", () => {
    const hidden = [...svg.matchAll(/opacity:\s*0\b/g)].length;
    const inKeyframes = [...svg.matchAll(/@keyframes [^\n]*/g)].flatMap(([line]) => [
      ...line.matchAll(/opacity:0\b/g),
    ]).length;
    expect(hidden - inKeyframes).toBe(1);
    expect(svg).toContain(".typing { opacity: 0 }");
    expect(svg).not.toMatch(/<text[^>]*class="typing"/);
  });

  test("is in the README, with words for who sees no pictures", () => {
    const readme = readFileSync("README.md", "utf8");
    expect(readme).toMatch(new RegExp(`<picture>[^]*${file}[^]*alt="[^"]{100,}"[^]*</picture>`));
  });
});
