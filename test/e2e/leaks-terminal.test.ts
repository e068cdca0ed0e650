import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { isOnPath } from "../support/programs.ts";
import { Person } from "./person.ts";
import { Secrets } from "./secrets.ts";

let person: Person;
beforeAll(async () => {
  person = await Person.arrive();
});
afterAll(() => person.leave());

const skipWithoutTmux = !isOnPath("tmux") && process.env["KOPS_MFA_REQUIRE_ALL"] !== "1";

test.skipIf(skipWithoutTmux)(
  "neither a wrong code nor the right one is on the screen, or in its scroll-back",
  async () => {
    const socket = person.path("tmux");
    const tmux = (...words: readonly string[]) =>
      spawnSync("tmux", ["-S", socket, "-f", "/dev/null", ...words], {
        env: person.env,
        encoding: "utf8",
      }).stdout;
    onTestFinished(() => void tmux("kill-server"));
    const scrollBack = () => tmux("capture-pane", "-p", "-J", "-S", "-");
    const shows = (text: string, times = 1) =>
      expect.poll(scrollBack, { timeout: 20_000 }).toMatch(RegExp(`(${text}[^]*){${times}}`));

    tmux("new-session", "-d", "-x", "100", "-y", "12", "bash --norc --noprofile");
    // Higher than the window, so that the prompts scroll out of it.
    tmux("send-keys", `eval "$(kops-mfa env prod)"; seq 30; echo "rc"=$?`, "Enter");
    const secrets = new Secrets(person, "918273");
    await shows("MFA code of jon");
    tmux("send-keys", "-l", "918273");
    tmux("send-keys", "Enter");
    await shows("MFA code of jon", 2);
    tmux("send-keys", "-l", person.code());
    tmux("send-keys", "Enter");
    await shows("rc=0");
    secrets.look();
    expect(scrollBack()).toContain("STS refused the code");
    secrets.expectNone("the terminal", scrollBack());
  },
);
