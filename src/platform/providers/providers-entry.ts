// AWS's own providers: everything that is loaded only when one of them is asked; built into a file of its own.
export { fromLoginCredentials } from "@aws-sdk/credential-provider-login";
export { fromSSO } from "@aws-sdk/credential-provider-sso";
export { fromWebToken } from "@aws-sdk/credential-provider-web-identity";
export { fromInstanceMetadata } from "@smithy/credential-provider-imds";
export { externalDataInterceptor, getHomeDir } from "@smithy/shared-ini-file-loader";
