# kops-mfa in nushell (0.102 or later), in config.nu, as the files in that directory are read after it:
#   mkdir $nu.user-autoload-dirs.0; kops-mfa init nushell --output ($nu.user-autoload-dirs.0 | path join kops-mfa.nu)
#
#   kops-mfa use prod    puts the session of a profile into this shell
#   kops-mfa off         takes it out again
#
# Everything else runs the program as usual. With  kops-mfa init nushell --wrap kops,kubectl  these commands renew a session
# that is over before they run.
#
# What nushell leaves open:
# - A command does not see whether somebody pipes it, so  kops-mfa env  always changes this shell; with --shell or --format it
#   prints.
# - A wrapped command gets its words as nushell's own commands do: * and ~ as they are (say  ...(glob *.yaml)), true in quotes.
# - What a command changes after  NAME=value  is taken back, so that  NAME=value kops-mfa use  is refused.
# - kops-mfa exec  runs programs: nushell cannot look up a command by its name.

# Whether the words ask for something to read, not for a change of this shell.
def __kops_mfa_prints [words: list<string>] {
  $words | any {|word| $word =~ '^(-h|--help|--(format|output|shell)(=.*)?)$' }
}

# The words for the next renewal: without the code, which works once.
def __kops_mfa_without_code [words: list<string>] {
  let codes = $words | enumerate | where item == '--token-code' | get index
  let rest = $words | enumerate | where {|word| $word.index not-in $codes and ($word.index - 1) not-in $codes }
  $rest | get item | where {|word| $word !~ '^(--renew$|--token-code=)' }
}

# All that a session sets or unsets.
const __kops_mfa_variables = [
  AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_CREDENTIAL_EXPIRATION AWS_SESSION_EXPIRATION
  KOPS_MFA_PROFILE KOPS_MFA_EXPIRES_AT KOPS_MFA_ACCESS_KEY_ID KOPS_MFA_SESSION_ID KOPS_MFA_SET KOPS_MFA_PREVIOUS KOPS_MFA_SERVER
  AWS_REGION AWS_DEFAULT_REGION KOPS_STATE_STORE KOPS_CLUSTER_NAME
  KOPS_MFA_ROLE_ARN KOPS_MFA_ARN KOPS_MFA_EXTERNAL_ID KOPS_MFA_ROLE_SESSION_NAME KOPS_MFA_REGION
  AWS_PROFILE AWS_DEFAULT_PROFILE AWS_SECURITY_TOKEN AWS_ACCESS_KEY AWS_SECRET_KEY
  AWS_ROLE_ARN AWS_ROLE_SESSION_NAME AWS_WEB_IDENTITY_TOKEN_FILE
  AWS_CONTAINER_CREDENTIALS_FULL_URI AWS_CONTAINER_CREDENTIALS_RELATIVE_URI
  AWS_CONTAINER_AUTHORIZATION_TOKEN AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE KOPS_AWS_ROLE_ARN
]

# What is assigned in front of a call (AWS_PROFILE=x kops-mfa use), by name, given where its words are in the source: a command
# sees such a variable as any other.
def __kops_mfa_assigned [words: record] {
  # A span over two files has no source.
  let file = view files | where start <= $words.start and end >= $words.start | get 0?.start? | default $words.start
  let source = if $file < $words.start { view span ([($words.start - 500) $file] | math max) $words.start } else { '' }
  let value = r#'(?:\$?'[^']*'|\$?"(?:[^"\\]|\\.)*"|`[^`]*`|\([^()]*\)|[^\s;|(){}'"`]+)*'#
  let call = $source | parse --regex ('(?s)(?:^|[\s;|&({])(?<assignments>(?:[A-Za-z_]\w*=' + $value + '[ \t]+)+)\S*[ \t]*$')
  $call | get 0?.assignments? | default '' | parse --regex '(?:^|[ \t])(?<name>[A-Za-z_]\w*)=' | get name
}

# Takes over what these words print; words that ask for something to read run as usual. A failure is an error, and changes nothing.
def --env __kops_mfa_change [words: list<string>, assigned: list<string>] {
  if (__kops_mfa_prints $words) {
    ^kops-mfa ...$words
  } else if $assigned != [] {
    let name = $assigned.0
    error make --unspanned { msg: $"kops-mfa: ($name) is set for this command only, and nushell takes back what such a command changes; nothing has changed. Set $env.($name) first, or use an option of kops-mfa use" }
  } else {
    let lines = with-env { KOPS_MFA_SHELL: nushell } { ^kops-mfa ...$words }
    $lines | from json | load-env
    # A list is not exported. First the access key ID of the session, then the words that made it.
    $env.__kops_mfa_words = if '--unset' in $words { [] } else { [$env.KOPS_MFA_ACCESS_KEY_ID ...(__kops_mfa_without_code $words)] }
  }
}

# One MFA code, and this shell can run kops.
def --env --wrapped kops-mfa [...words: string] {
  let assigned = if $words.0? in [use off env] { __kops_mfa_assigned (metadata $words).span } else { [] }
  match $words.0? {
    'use' => { __kops_mfa_change [env ...($words | skip 1)] $assigned }
    'off' => { __kops_mfa_change [env --unset ...($words | skip 1)] $assigned }
    'env' => { __kops_mfa_change $words $assigned }
    # No program can see the functions of a shell.
    'doctor' => { with-env { KOPS_MFA_INTEGRATION: nushell } { ^kops-mfa ...$words } }
    _ => { ^kops-mfa ...$words }
  }
}

# Renews the session that this shell carries, if it is ours and has less than five minutes left; no process while it is fresh. Given
# where the words of the command are in the source: what is set for it alone must not be lost in the session.
def --env __kops_mfa_fresh [words: record] {
  let key = $env.KOPS_MFA_ACCESS_KEY_ID? | default ''
  let expires_at = $env.KOPS_MFA_EXPIRES_AT? | default '' | into string
  if $key == '' or $key != $env.AWS_ACCESS_KEY_ID? or $expires_at !~ '^[0-9]{1,12}$' {
    return
  }
  if ($expires_at | into int) - (date now | format date '%s' | into int) > 300 {
    return
  }
  let assigned = __kops_mfa_assigned $words | where {|name| $name in $__kops_mfa_variables }
  # A session that came in another way, as into a shell within a shell, names its profile.
  let asked = $env.__kops_mfa_words? | default []
  if $asked.0? == $key {
    __kops_mfa_change [env --renew ...($asked | skip 2)] $assigned
  } else {
    __kops_mfa_change [env --renew] $assigned
  }
}
