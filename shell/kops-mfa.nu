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

# Takes over what these words print; words that ask for something to read run as usual. A failure is an error, and changes nothing.
def --env __kops_mfa_change [words: list<string>] {
  if (__kops_mfa_prints $words) {
    ^kops-mfa ...$words
  } else {
    let lines = with-env { KOPS_MFA_SHELL: nushell } { ^kops-mfa ...$words }
    $lines | from json | load-env
    # A list is not exported. First the access key ID of the session, then the words that made it.
    $env.__kops_mfa_words = if '--unset' in $words { [] } else { [$env.KOPS_MFA_ACCESS_KEY_ID ...(__kops_mfa_without_code $words)] }
  }
}

# One MFA code, and this shell can run kops.
def --env --wrapped kops-mfa [...words: string] {
  match $words.0? {
    'use' => { __kops_mfa_change [env ...($words | skip 1)] }
    'off' => { __kops_mfa_change [env --unset ...($words | skip 1)] }
    'env' => { __kops_mfa_change $words }
    # No program can see the functions of a shell.
    'doctor' => { with-env { KOPS_MFA_INTEGRATION: nushell } { ^kops-mfa ...$words } }
    _ => { ^kops-mfa ...$words }
  }
}

# Renews the session that this shell carries, if it is ours and has less than five minutes left; no process while it is fresh.
def --env __kops_mfa_fresh [] {
  let key = $env.KOPS_MFA_ACCESS_KEY_ID? | default ''
  let expires_at = $env.KOPS_MFA_EXPIRES_AT? | default '' | into string
  if $key == '' or $key != $env.AWS_ACCESS_KEY_ID? or $expires_at !~ '^[0-9]{1,12}$' {
    return
  }
  if ($expires_at | into int) - (date now | format date '%s' | into int) > 300 {
    return
  }
  # A session that came in another way, as into a shell within a shell, names its profile.
  let asked = $env.__kops_mfa_words? | default []
  if $asked.0? == $key {
    __kops_mfa_change [env --renew ...($asked | skip 2)]
  } else {
    __kops_mfa_change [env --renew]
  }
}
