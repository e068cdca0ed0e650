import type { Ec2, Ec2Answer, Ec2Target } from "../../context/s3-ec2.ts";
import { domainOf } from "./domain.ts";
import { errnoOf } from "../files/errno.ts";
import { isTimeout, sendSigned } from "./signed-request.ts";
import { createClient, loadSdk } from "./sts.ts";
import { child, readXml } from "./xml-elements.ts";

/** EC2 by single requests that the STS client signs. */
export function openEc2(target: Ec2Target): Ec2 {
  return {
    async describeRegions(caller) {
      const sdk = await loadSdk();
      const client = createClient(sdk, { ...target, endpoint: null, iamEndpoint: null }, caller);
      const url = new URL(target.endpoint ?? `https://${regionalHost(target)}`);
      const request = {
        method: "POST",
        url,
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: "Action=DescribeRegions&Version=2016-11-15",
        service: "ec2",
        region: target.region,
      } as const;
      try {
        const signal = AbortSignal.timeout(target.timeoutMs);
        const { text } = await sendSigned(client, request, signal);
        return read(readXml(text, sdk.parseXML)) ?? { kind: "unreachable", host: url.host };
      } catch (error) {
        if (errnoOf(error) === null && !isTimeout(error)) throw error;
        return { kind: "unreachable", host: url.host };
      }
    },
  };
}

/** Null for what EC2 does not answer. */
function read(body: ReturnType<typeof readXml>): Ec2Answer | null {
  const code = ["Response", "Errors", "Error", "Code"].reduce(child, body);
  if (typeof code === "string") return { kind: "refused", code };
  const info = ["DescribeRegionsResponse", "regionInfo"].reduce(child, body);
  if (info === null) return null;
  const names = [child(info, "item")].flat().map((item) => child(item, "regionName"));
  return { kind: "regions", regions: names.filter((name) => typeof name === "string") };
}

/** docs.aws.amazon.com/general/latest/gr/ec2-service.html */
export function regionalHost({ region, useFips, useDualstack }: Ec2Target): string {
  const name = `ec2${useFips ? "-fips" : ""}.${region}`;
  if (useDualstack) {
    return `${name}.${region.startsWith("cn-") ? "api.amazonwebservices.com.cn" : "api.aws"}`;
  }
  return `${name}.${domainOf(region)}`;
}
