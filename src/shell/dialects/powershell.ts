import { byLine, type LineDialect } from "./dialect.ts";

/**
 * ASCII only, in one line. Windows PowerShell decodes what a program prints with the OEM code page and hands
 * it over line by line; and the typographic quotes U+2018 to U+201B end a single-quoted string as `'` does:
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules
 * `-join` and not `+`: a chain of some thousand `+` overflows the parser's stack and ends PowerShell itself.
 */
function quote(value: string): string {
  const parts = value.match(/[\x20-\x7e]+|[^\x20-\x7e]/g) ?? [];
  const operands = parts.map((part) => (/^[\x20-\x7e]/.test(part) ? literal(part) : char(part)));
  const [first = "''"] = operands;
  return first.startsWith("'") && operands.length === 1 ? first : `-join (${operands.join(", ")})`;
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const char = (unit: string): string =>
  `[char]0x${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** An assignment and not Remove-Item, which complains where the variable is missing. */
const remove = (variable: string): string => `$env:${variable} = $null;\n`;

const lines = byLine({
  name: "powershell",
  aliases: ["pwsh"],
  // An empty value removes the variable before PowerShell 7.5 and is kept since; here it removes it in every
  // version: https://github.com/PowerShell/PowerShell/issues/21186
  set: (variable, value) =>
    value === "" ? remove(variable) : `$env:${variable} = ${quote(value)};\n`,
  unset: remove,
  fail: "throw 'kops-mfa failed, and nothing was changed';\n",
  evaluate: (command) => `${command} | Out-String | Invoke-Expression`,
});

export const powershell: LineDialect<"powershell"> = {
  ...lines,
  // `Invoke-Expression` fails on an empty text; this line says nothing and does nothing.
  render: (change) => lines.render(change) || "$null = $null;\n",
};
