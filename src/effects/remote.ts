// Whatever reaches beyond this machine, in one file of the built program: most runs find their session kept.
export { providerCredentials } from "./credentials.ts";
export { serveCredentials } from "./credential-server.ts";
export { openEc2 } from "./ec2.ts";
export { openS3 } from "./s3.ts";
export { openSts } from "./sts.ts";
