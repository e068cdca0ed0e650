/** Asks STS who the variables of the environment belong to, as `aws sts get-caller-identity` does where the AWS CLI is installed. */
export const callerIdentityScript = `
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
const { STSClient, GetCallerIdentityCommand } = require("@aws-sdk/client-sts");
new STSClient({}).send(new GetCallerIdentityCommand({})).then(
  ({ Arn }) => console.log("  " + Arn),
  (error) => {
    console.error("  " + error.message);
    process.exitCode = 1;
  },
);
`;

/** What Jon types, in any POSIX shell, each line shown before it runs. */
export const shellScript = String.raw`
set -e
type_line() { printf '\n\033[32m$\033[0m \033[1m%s\033[0m\n' "$1"; }
shortened() { sed -E 's/^((AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN)=.{6}).*/\1…/; s/^/  /'; }

type_line 'eval "$(kops-mfa env)"'
eval "$(kops-mfa env)"

type_line 'env | grep -E "^(AWS|KOPS)_" | sort      # secrets shortened by the demo'
env | grep -E '^(AWS|KOPS)_' | sort | shortened

type_line 'aws sts get-caller-identity --query Arn  # what STS says to these variables'
"$DEMO_NODE" "$DEMO_HOME/caller-identity.cjs"

type_line 'kops-mfa status'
kops-mfa status | sed 's/^/  /'

type_line 'bash -c '\''eval "$(kops-mfa env)"; …'\''        # another shell: the session is kept, nobody is asked'
AWS_PROFILE=prod "$DEMO_SHELL" -c 'eval "$(kops-mfa env)"; echo "  $AWS_ACCESS_KEY_ID, and no question"'

type_line 'eval "$(kops-mfa env --unset)"           # out again: AWS_PROFILE is back, the keys are gone'
eval "$(kops-mfa env --unset)"
env | grep -E '^(AWS|KOPS)_' | sort | shortened
printf '\n'
`;
