// Everything that is loaded only when STS is called; built into a file of its own.
export {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from "@aws-sdk/client-sts";
export { parseXML } from "@aws-sdk/xml-builder";
export { ReadyAgents } from "./preconnected-agents.ts";
