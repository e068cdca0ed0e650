/** The file that `--output` names; null for standard output, which `-` means too. */
export function outputFile(output: string | null | undefined): string | null {
  return output === "-" ? null : (output ?? null);
}
