import { commandDefinitions } from "../app.ts";
import { manualPage } from "./man-page.ts";

/** The text of `man/kops-mfa.1`. No part of the program: `npm run man` writes it. `date` is that of its last change, `2026-01-02`. */
export function manual(version: string, date: string): string {
  return manualPage(commandDefinitions(), { version, date });
}
