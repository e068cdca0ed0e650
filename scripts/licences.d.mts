interface Metafile {
  readonly outputs: Readonly<
    Record<
      string,
      { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }
    >
  >;
}

export const permittedLicences: readonly string[];
export function bundledInputs(metafile: Metafile): readonly string[];
export function licencesOf(inputs: readonly string[]): string;
export function packagesIn(text: string): readonly string[];
