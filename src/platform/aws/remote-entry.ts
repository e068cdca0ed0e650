// What reaches beyond this machine, but for STS, in one file of the built program: most runs need none of it.
export { providerCredentials } from "../providers/provider-credentials.ts";
export { serveCredentials } from "./credential-server.ts";
export { openEc2 } from "./ec2.ts";
export { openS3 } from "./s3.ts";
