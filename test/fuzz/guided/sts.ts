import { checkAnswer } from "../sts-answer.ts";

/** The first character is for the status. */
export function check(text: string): Promise<void> {
  const status = [200, 400, 403][text.charCodeAt(0) % 3] ?? 200;
  return checkAnswer({ status, body: text.slice(1) });
}

export const words = [
  ...[
    "<",
    ">",
    "</",
    "/>",
    "<a>",
    "</a>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?xml?>",
    "&amp;",
    "&#0;",
    "&#x110000;",
  ],
  ...[
    "<!DOCTYPE a [<!ENTITY x 'y'>]>",
    ' a="b"',
    "<Error>",
    "</Error>",
    "<Code>",
    "</Code>",
    "<member>",
    "</member>",
  ],
  ...[
    "<Credentials>",
    "</Credentials>",
    "<Expiration>",
    "</Expiration>",
    "Result>",
    "Response>",
    "2026-01-02T03:04:05Z",
  ],
];
