import { expect, test } from "vitest";
import { chooseProxy } from "../../../../src/platform/aws/proxy-choice.ts";
import { ConfigError } from "../../../../src/errors.ts";

const sts = "sts.eu-west-1.amazonaws.com";
const proxy = "http://proxy.example.com:3128";

const choose = (env: Readonly<Record<string, string>>, host = sts, port = 443) =>
  chooseProxy(env, host, port)?.url.href ?? null;

test.for<readonly [env: Readonly<Record<string, string>>, chosen: string | null]>([
  [{}, null],
  [{ HTTPS_PROXY: "" }, null],
  [{ HTTPS_PROXY: proxy }, `${proxy}/`],
  [{ https_proxy: proxy }, `${proxy}/`],
  [{ HTTPS_PROXY: proxy, https_proxy: "http://other" }, `${proxy}/`],
  [{ HTTPS_PROXY: "", https_proxy: proxy }, `${proxy}/`],
  [{ HTTPS_PROXY: "proxy.example.com:3128" }, `${proxy}/`],
  [{ HTTPS_PROXY: "https://proxy.example.com" }, "https://proxy.example.com/"],
  [{ HTTP_PROXY: proxy, ALL_PROXY: proxy }, null],
])("%j", ([env, chosen]) => {
  expect(choose(env)).toBe(chosen);
});

test.for(["socks5://proxy:1080", "http://", "ftp://x", "http://a b"])("%s is none", (value) => {
  expect(() => choose({ HTTPS_PROXY: value })).toThrow(ConfigError);
});

test("a value that is none does not matter where no proxy is used", () => {
  expect(choose({ HTTPS_PROXY: "socks5://x", NO_PROXY: "*" })).toBeNull();
});

test.for(["localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "::1", "[::1]"])(
  "never for this machine: %s",
  (host) => {
    expect(choose({ HTTPS_PROXY: proxy }, host)).toBeNull();
  },
);

test.for<readonly [noProxy: string, host: string, port: number, isExempt: boolean]>([
  ["*", sts, 443, true],
  ["amazonaws.com", sts, 443, true],
  ["amazonaws.com", "amazonaws.com", 443, true],
  ["amazonaws.com", "notamazonaws.com", 443, false],
  [".amazonaws.com", sts, 443, true],
  [".amazonaws.com", "amazonaws.com", 443, false],
  ["*.amazonaws.com", sts, 443, true],
  ["AmazonAWS.com", sts.toUpperCase(), 443, true],
  ["example.com, amazonaws.com ,", sts, 443, true],
  ["example.com", sts, 443, false],
  ["", sts, 443, false],
  [",", sts, 443, false],
  ["amazonaws.com:443", sts, 443, true],
  ["amazonaws.com:8443", sts, 443, false],
  ["10.0.0.0/8", "10.1.2.3", 443, true],
  ["10.0.0.0/8", "11.1.2.3", 443, false],
  ["10.0.0.0/8", sts, 443, false],
  ["10.0.0.0/99", "10.1.2.3", 443, false],
  ["10.1.2.3", "10.1.2.3", 443, true],
  ["10.1.2.3:444", "10.1.2.3", 443, false],
  ["2.3", "10.1.2.3", 443, false],
  ["fd00::/8", "fd00:ec2::254", 443, true],
  ["fd00::/8", "10.1.2.3", 443, false],
  ["fd00:ec2::254", "[fd00:ec2::254]", 443, true],
  ["[fd00:ec2::254]:443", "fd00:ec2::254", 443, true],
])("NO_PROXY=%s, %s:%i: %s", ([noProxy, host, port, isExempt]) => {
  for (const name of ["NO_PROXY", "no_proxy"]) {
    expect(choose({ HTTPS_PROXY: proxy, [name]: noProxy }, host, port) === null).toBe(isExempt);
  }
});
