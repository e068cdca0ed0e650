# Completion of kops-mfa in nushell (0.98 or later): this file beside config.nu, and  source kops-mfa.nu  in that.
# It adds to the completer of external commands, and leaves every other command to the one that was there before.
# Made from the program's table of commands by `npm run completions`: change src/completion, not this.
# Nothing of what is typed, and nothing that files or programs say, is evaluated.

module kops-mfa-completion {
  const commands = {
    "env": {
      about: "print the lines that put a session into your shell"
      takes_command: false
      arguments: ["profile"]
      options: [
        {names: ["--profile","-p"], about: "the profile, of the AWS files or of your settings", values: "profile"}
        {names: ["--region"], about: "the region of STS, and the one to export", values: "anything"}
        {names: ["--role-arn"], about: "the role to assume", values: "anything"}
        {names: ["--serial-number"], about: "the ARN of the MFA device", values: "anything"}
        {names: ["--token-code"], about: "the code, instead of a prompt", values: "anything"}
        {names: ["--role-session-name"], about: "the name that CloudTrail shows", values: "anything"}
        {names: ["--external-id"], about: "what the role's owner asks for", values: "anything"}
        {names: ["--duration-seconds"], about: "life of the session", values: "anything"}
        {names: ["--duration"], about: "the same, as 1h or 90m", values: "anything"}
        {names: ["--min-ttl"], about: "renew a session with less left than this", values: "anything"}
        {names: ["--no-session"], about: "send the code with AssumeRole, without a shared MFA session", values: null}
        {names: ["--no-prompt"], about: "fail where a person would have to be asked", values: null}
        {names: ["--shell"], about: "which shell", values: ["bash","zsh","sh","fish","powershell","tcsh","nushell","elvish","xonsh","cmd"]}
        {names: ["--format"], about: "which format", values: ["export","dotenv","json","process","github"]}
        {names: ["--output"], about: "a file to write instead (mode 0600)", values: "file"}
        {names: ["--unset"], about: "print the way out of the session", values: null}
        {names: ["--renew"], about: "fail if the session in this shell would become another one", values: null}
        {names: ["--help","-h"], about: "show help", values: null}
      ]
    }
    "exec": {
      about: "run a command with a session, in a clean environment"
      takes_command: true
      arguments: ["profile"]
      options: [
        {names: ["--profile","-p"], about: "the profile, of the AWS files or of your settings", values: "profile"}
        {names: ["--region"], about: "the region of STS, and the one to export", values: "anything"}
        {names: ["--role-arn"], about: "the role to assume", values: "anything"}
        {names: ["--serial-number"], about: "the ARN of the MFA device", values: "anything"}
        {names: ["--token-code"], about: "the code, instead of a prompt", values: "anything"}
        {names: ["--role-session-name"], about: "the name that CloudTrail shows", values: "anything"}
        {names: ["--external-id"], about: "what the role's owner asks for", values: "anything"}
        {names: ["--duration-seconds"], about: "life of the session", values: "anything"}
        {names: ["--duration"], about: "the same, as 1h or 90m", values: "anything"}
        {names: ["--min-ttl"], about: "renew a session with less left than this", values: "anything"}
        {names: ["--no-session"], about: "send the code with AssumeRole, without a shared MFA session", values: null}
        {names: ["--no-prompt"], about: "fail where a person would have to be asked", values: null}
        {names: ["--server","--no-server"], about: "renew the session while the command runs; --no-server: never", values: null}
        {names: ["--help","-h"], about: "show help", values: null}
      ]
    }
    "login": {
      about: "make the session now; print nothing to evaluate"
      takes_command: false
      arguments: ["profile"]
      options: [
        {names: ["--profile","-p"], about: "the profile, of the AWS files or of your settings", values: "profile"}
        {names: ["--region"], about: "the region of STS, and the one to export", values: "anything"}
        {names: ["--role-arn"], about: "the role to assume", values: "anything"}
        {names: ["--serial-number"], about: "the ARN of the MFA device", values: "anything"}
        {names: ["--token-code"], about: "the code, instead of a prompt", values: "anything"}
        {names: ["--role-session-name"], about: "the name that CloudTrail shows", values: "anything"}
        {names: ["--external-id"], about: "what the role's owner asks for", values: "anything"}
        {names: ["--duration-seconds"], about: "life of the session", values: "anything"}
        {names: ["--duration"], about: "the same, as 1h or 90m", values: "anything"}
        {names: ["--min-ttl"], about: "renew a session with less left than this", values: "anything"}
        {names: ["--no-session"], about: "send the code with AssumeRole, without a shared MFA session", values: null}
        {names: ["--no-prompt"], about: "fail where a person would have to be asked", values: null}
        {names: ["--help","-h"], about: "show help", values: null}
      ]
    }
    "logout": {
      about: "forget the sessions that are kept, all or those of one profile"
      takes_command: false
      arguments: ["profile"]
      options: [
        {names: ["--help","-h"], about: "show help", values: null}
      ]
    }
    "status": {
      about: "tell role, identity and time left"
      takes_command: false
      arguments: ["profile"]
      options: [
        {names: ["--profile","-p"], about: "the profile, of the AWS files or of your settings", values: "profile"}
        {names: ["--region"], about: "the region of STS, and the one to export", values: "anything"}
        {names: ["--role-arn"], about: "the role to assume", values: "anything"}
        {names: ["--serial-number"], about: "the ARN of the MFA device", values: "anything"}
        {names: ["--token-code"], about: "the code, instead of a prompt", values: "anything"}
        {names: ["--role-session-name"], about: "the name that CloudTrail shows", values: "anything"}
        {names: ["--external-id"], about: "what the role's owner asks for", values: "anything"}
        {names: ["--duration-seconds"], about: "life of the session", values: "anything"}
        {names: ["--duration"], about: "the same, as 1h or 90m", values: "anything"}
        {names: ["--min-ttl"], about: "renew a session with less left than this", values: "anything"}
        {names: ["--no-session"], about: "send the code with AssumeRole, without a shared MFA session", values: null}
        {names: ["--no-prompt"], about: "fail where a person would have to be asked", values: null}
        {names: ["--json"], about: "as JSON", values: null}
        {names: ["--help","-h"], about: "show help", values: null}
      ]
    }
    "explain": {
      about: "show where every value comes from, and which calls would be made; calls nothing"
      takes_command: false
      arguments: ["profile"]
      options: [
        {names: ["--profile","-p"], about: "the profile, of the AWS files or of your settings", values: "profile"}
        {names: ["--region"], about: "the region of STS, and the one to export", values: "anything"}
        {names: ["--role-arn"], about: "the role to assume", values: "anything"}
        {names: ["--serial-number"], about: "the ARN of the MFA device", values: "anything"}
        {names: ["--token-code"], about: "the code, instead of a prompt", values: "anything"}
        {names: ["--role-session-name"], about: "the name that CloudTrail shows", values: "anything"}
        {names: ["--external-id"], about: "what the role's owner asks for", values: "anything"}
        {names: ["--duration-seconds"], about: "life of the session", values: "anything"}
        {names: ["--duration"], about: "the same, as 1h or 90m", values: "anything"}
        {names: ["--min-ttl"], about: "renew a session with less left than this", values: "anything"}
        {names: ["--no-session"], about: "send the code with AssumeRole, without a shared MFA session", values: null}
        {names: ["--no-prompt"], about: "fail where a person would have to be asked", values: null}
        {names: ["--json"], about: "as JSON", values: null}
        {names: ["--help","-h"], about: "show help", values: null}
      ]
    }
    "doctor": {
      about: "check all that a session needs, and say what is wrong and what to do"
      takes_command: false
      arguments: ["profile"]
      options: [
        {names: ["--profile","-p"], about: "the profile, of the AWS files or of your settings", values: "profile"}
        {names: ["--region"], about: "the region of STS, and the one to export", values: "anything"}
        {names: ["--role-arn"], about: "the role to assume", values: "anything"}
        {names: ["--serial-number"], about: "the ARN of the MFA device", values: "anything"}
        {names: ["--token-code"], about: "the code, instead of a prompt", values: "anything"}
        {names: ["--role-session-name"], about: "the name that CloudTrail shows", values: "anything"}
        {names: ["--external-id"], about: "what the role's owner asks for", values: "anything"}
        {names: ["--duration-seconds"], about: "life of the session", values: "anything"}
        {names: ["--duration"], about: "the same, as 1h or 90m", values: "anything"}
        {names: ["--min-ttl"], about: "renew a session with less left than this", values: "anything"}
        {names: ["--no-session"], about: "send the code with AssumeRole, without a shared MFA session", values: null}
        {names: ["--no-prompt"], about: "fail where a person would have to be asked", values: null}
        {names: ["--state"], about: "the state store of kops: s3://BUCKET", values: "anything"}
        {names: ["--login"], about: "make a session first if none is kept, with a code", values: null}
        {names: ["--offline"], about: "read files and variables only: no request, no other program", values: null}
        {names: ["--json"], about: "as JSON", values: null}
        {names: ["--help","-h"], about: "show help", values: null}
      ]
    }
    "kubeconfig": {
      about: "let kubectl get its certificates with the session"
      takes_command: false
      arguments: ["anything"]
      options: [
        {names: ["--kubeconfig"], about: "the file, instead of KUBECONFIG", values: "file"}
        {names: ["--all"], about: "every user that logs in with kops", values: null}
        {names: ["--profile","-p"], about: "the profile that kubectl shall use", values: "profile"}
        {names: ["--role-arn"], about: "the role, where no profile names it", values: "anything"}
        {names: ["--serial-number"], about: "the ARN of the MFA device", values: "anything"}
        {names: ["--undo"], about: "give back what kops wrote", values: null}
        {names: ["--dry-run"], about: "show what would change; write nothing", values: null}
        {names: ["--yes","-y"], about: "change it without asking", values: null}
        {names: ["--help","-h"], about: "show help", values: null}
      ]
    }
    "credential-process": {
      about: "print the session for an AWS SDK, as credential_process in ~/.aws/config"
      takes_command: false
      arguments: ["profile"]
      options: [
        {names: ["--profile","-p"], about: "the profile, of the AWS files or of your settings", values: "profile"}
        {names: ["--region"], about: "the region of STS, and the one to export", values: "anything"}
        {names: ["--role-arn"], about: "the role to assume", values: "anything"}
        {names: ["--serial-number"], about: "the ARN of the MFA device", values: "anything"}
        {names: ["--token-code"], about: "the code, instead of a prompt", values: "anything"}
        {names: ["--role-session-name"], about: "the name that CloudTrail shows", values: "anything"}
        {names: ["--external-id"], about: "what the role's owner asks for", values: "anything"}
        {names: ["--duration-seconds"], about: "life of the session", values: "anything"}
        {names: ["--duration"], about: "the same, as 1h or 90m", values: "anything"}
        {names: ["--min-ttl"], about: "renew a session with less left than this", values: "anything"}
        {names: ["--no-session"], about: "send the code with AssumeRole, without a shared MFA session", values: null}
        {names: ["--no-prompt"], about: "fail where a person would have to be asked", values: null}
        {names: ["--help","-h"], about: "show help", values: null}
      ]
    }
    "policy": {
      about: "print a role that only MFA opens, and its policies; calls nothing"
      takes_command: false
      arguments: ["profile"]
      options: [
        {names: ["--profile","-p"], about: "the profile to take over from", values: "profile"}
        {names: ["--format"], about: "which format", values: ["json","script","cloudformation","terraform"]}
        {names: ["--state-store"], about: "s3://BUCKET or s3://BUCKET/PREFIX", values: "anything"}
        {names: ["--account"], about: "the account of the role", values: "anything"}
        {names: ["--role-name"], about: "its name (kops-admin), with a path if you like", values: "anything"}
        {names: ["--max-session-duration"], about: "how long a session may last at most: 1h (the default) to 12h", values: "anything"}
        {names: ["--user"], about: "an IAM user, by name or ARN; repeat it for more", values: "anything"}
        {names: ["--group"], about: "a group that gets the users' policy; repeat it for more", values: "anything"}
        {names: ["--user-account"], about: "the account of the users", values: "anything"}
        {names: ["--mfa-age"], about: "how old the code may be: 1m to 36h", values: "anything"}
        {names: ["--session-name-rule"], about: "the session must be named like the user", values: null}
        {names: ["--manage-mfa"], about: "users may change their own MFA devices, with a code", values: null}
        {names: ["--manage-clusters"], about: "the role may also do what kops does to clusters", values: null}
        {names: ["--bucket-policy"], about: "deny everybody else what is in the state store", values: null}
        {names: ["--cluster"], about: "only this cluster keeps its access; repeat it for more", values: "anything"}
        {names: ["--allow"], about: "the ARN of one more who keeps access; repeat it for more", values: "anything"}
        {names: ["--partition"], about: "which partition", values: ["aws","aws-cn","aws-us-gov"]}
        {names: ["--region"], about: "a region of the partition that is meant", values: "anything"}
        {names: ["--help","-h"], about: "show help", values: null}
      ]
    }
    "init": {
      about: "print the integration for a shell's start-up file"
      takes_command: false
      arguments: [["bash","zsh","sh","fish","powershell","tcsh","nushell","elvish","xonsh"]]
      options: [
        {names: ["--wrap"], about: "commands that renew a session that is over before they run: kops,kubectl", values: "anything"}
        {names: ["--output"], about: "a file to write instead (mode 0600)", values: "file"}
        {names: ["--help","-h"], about: "show help", values: null}
      ]
    }
    "completions": {
      about: "print the completion for a shell's start-up file"
      takes_command: false
      arguments: [["bash","zsh","fish","powershell","nushell","elvish"]]
      options: [
        {names: ["--help","-h"], about: "show help", values: null}
      ]
    }
    "setup": {
      about: "write a profile: finds your keys and MFA device, asks for the rest, tries it"
      takes_command: false
      arguments: ["profile"]
      options: [
        {names: ["--profile","-p"], about: "the name of the profile to write", values: "profile"}
        {names: ["--source-profile"], about: "the profile that has your access keys", values: "profile"}
        {names: ["--serial-number"], about: "the ARN of your MFA device", values: "anything"}
        {names: ["--role-arn"], about: "the role to assume, or its name if it is in your account; - for none", values: "anything"}
        {names: ["--external-id"], about: "what the role's owner asks for", values: "anything"}
        {names: ["--region"], about: "the region of your clusters", values: "anything"}
        {names: ["--state-store"], about: "the bucket of kops, s3://NAME", values: "anything"}
        {names: ["--cluster"], about: "the cluster you work with", values: "anything"}
        {names: ["--default","--no-default"], about: "use it where no profile is named; --no-default: do not", values: null}
        {names: ["--token-code"], about: "the code, instead of a prompt", values: "anything"}
        {names: ["--yes","-y"], about: "ask nothing: take what is found, and leave out the rest", values: null}
        {names: ["--no-login"], about: "write it untried", values: null}
        {names: ["--dry-run"], about: "show what would be written", values: null}
        {names: ["--shell-startup","--no-shell-startup"], about: "add the integration to your shell's start-up file; --no-shell-startup: never", values: null}
        {names: ["--help","-h"], about: "show help", values: null}
      ]
    }
    "use": {
      about: "put a session into this shell, where the integration is loaded"
      takes_command: false
      arguments: ["profile"]
      options: [
        {names: ["--profile","-p"], about: "the profile, of the AWS files or of your settings", values: "profile"}
        {names: ["--region"], about: "the region of STS, and the one to export", values: "anything"}
        {names: ["--role-arn"], about: "the role to assume", values: "anything"}
        {names: ["--serial-number"], about: "the ARN of the MFA device", values: "anything"}
        {names: ["--token-code"], about: "the code, instead of a prompt", values: "anything"}
        {names: ["--role-session-name"], about: "the name that CloudTrail shows", values: "anything"}
        {names: ["--external-id"], about: "what the role's owner asks for", values: "anything"}
        {names: ["--duration-seconds"], about: "life of the session", values: "anything"}
        {names: ["--duration"], about: "the same, as 1h or 90m", values: "anything"}
        {names: ["--min-ttl"], about: "renew a session with less left than this", values: "anything"}
        {names: ["--no-session"], about: "send the code with AssumeRole, without a shared MFA session", values: null}
        {names: ["--no-prompt"], about: "fail where a person would have to be asked", values: null}
        {names: ["--renew"], about: "fail if the session in this shell would become another one", values: null}
        {names: ["--help","-h"], about: "show help", values: null}
      ]
    }
    "off": {
      about: "take the session out of this shell again"
      takes_command: false
      arguments: []
      options: [
        {names: ["--help","-h"], about: "show help", values: null}
      ]
    }
  }
  const kops_commands = {
    "completion": "kops: generate the completion script of kops"
    "create": "kops: create a cluster or an instance group"
    "delete": "kops: delete clusters, instance groups, instances, secrets"
    "distrust": "kops: distrust keypairs"
    "edit": "kops: edit clusters and other resources"
    "export": "kops: export the kubeconfig of a cluster"
    "get": "kops: list clusters and other resources"
    "help": "kops: help of kops"
    "promote": "kops: promote a resource"
    "reconcile": "kops: bring a cluster in line with its specification"
    "replace": "kops: replace cluster resources"
    "rolling-update": "kops: replace the machines of a cluster, one after another"
    "toolbox": "kops: less common commands of kops"
    "trust": "kops: trust keypairs"
    "update": "kops: update a cluster"
    "upgrade": "kops: upgrade a cluster to the recommended version"
    "validate": "kops: tell whether a cluster is healthy"
    "version": "kops: the version of kops"
  }
  const options = [
    {names: ["--profile","-p"], about: "the profile, of the AWS files or of your settings", values: "profile"}
    {names: ["--region"], about: "the region of STS, and the one to export", values: "anything"}
    {names: ["--role-arn"], about: "the role to assume", values: "anything"}
    {names: ["--serial-number"], about: "the ARN of the MFA device", values: "anything"}
    {names: ["--token-code"], about: "the code, instead of a prompt", values: "anything"}
    {names: ["--role-session-name"], about: "the name that CloudTrail shows", values: "anything"}
    {names: ["--external-id"], about: "what the role's owner asks for", values: "anything"}
    {names: ["--duration-seconds"], about: "life of the session", values: "anything"}
    {names: ["--duration"], about: "the same, as 1h or 90m", values: "anything"}
    {names: ["--min-ttl"], about: "renew a session with less left than this", values: "anything"}
    {names: ["--no-session"], about: "send the code with AssumeRole, without a shared MFA session", values: null}
    {names: ["--no-prompt"], about: "fail where a person would have to be asked", values: null}
    {names: ["--server","--no-server"], about: "renew the session while the command runs; --no-server: never", values: null}
    {names: ["--help","-h"], about: "show help", values: null}
    {names: ["--version"], about: "show the version", values: null}
  ]

  # Our completer of external commands, in front of the one that there is; once, however often this is loaded.
  export def completer [before: any] {
    if $before != null and "kops-mfa" in (view source $before) { return $before }
    {|spans|
      if ($spans.0 | path basename) == "kops-mfa" {
        offer $spans
      } else if $before != null {
        do $before $spans
      }
    }
  }

  # The words behind kops-mfa, the last of them being typed. Null leaves the word to nushell, which completes files.
  export def offer [spans: list<string>] {
    let typed = $spans | last | unquoted
    let line = leading ($spans | skip 1 | drop 1 | each { unquoted })
    let words = $line.words
    let offers = if $line.pending != null {
      values-of $line.pending ""
    } else if ($words | is-empty) {
      first-words $typed
    } else if $words.0 in $commands {
      ours ($commands | get $words.0) ($words | skip 1) $typed
    } else if $words.0 == "--" {
      kops ($words | skip 1) $typed
    } else {
      kops $words $typed
    }
    if $offers != null {
      $offers | where { $in.value | str starts-with $typed } | update value { $in | quoted }
    }
  }

  # The words without the options of kops-mfa in front, which may stand before its command and that of kops; the last of those
  # options may still want its value.
  def leading [all: list<string>] {
    mut words = $all
    while ($words | is-not-empty) {
      let word = $words.0
      let option = find-option $options ($word | split row "=" | first)
      if $option == null { break }
      $words = $words | skip 1
      if $option.values != null and "=" not-in $word {
        if ($words | is-empty) { return {words: [], pending: $option.values} }
        $words = $words | skip 1
      }
    }
    {words: $words, pending: null}
  }

  def first-words [typed: string] {
    if ($typed | str starts-with "-") {
      return (options-of $options $typed | append (kops [] $typed))
    }
    let own = $commands | transpose value entry | each { {value: $in.value, description: $in.entry.about} }
    if (which kops | is-empty) { $own } else { $own | append ($kops_commands | transpose value description) }
  }

  # A command of kops-mfa: what is expected follows from the words before.
  def ours [command: record, words: list<string>, typed: string] {
    mut pending = null
    mut place = 0
    mut ended = false
    for word in $words {
      if $pending != null {
        $pending = null
      } else if $ended {
        $place += 1
      } else if $word == "--" {
        $ended = true
      } else if ($word | str starts-with "-") {
        $pending = find-option $command.options $word | get values?
      } else {
        $place += 1
      }
    }
    if $pending != null {
      values-of $pending ""
    } else if not $ended and ($typed | str starts-with "-") {
      options-of $command.options $typed
    } else if $ended and $command.takes_command {
      null
    } else {
      values-of ($command.arguments | skip $place | get 0?) ""
    }
  }

  # The values of a kind (profile, file, …, or the words themselves) with what stands before them in the same word.
  def values-of [values: any, before: string] {
    match $values {
      "profile" => (program ["__profiles"] | each { {value: $"($before)($in)", description: "profile"} })
      "file" => null
      null | "anything" => []
      _ => ($values | each { {value: $"($before)($in)", description: ""} })
    }
  }

  # What kops says; where it says nothing, nothing is offered.
  def kops [words: list<string>, typed: string] {
    let lines = program ["__complete-kops" ...$words $"=($typed)"]
    if ($lines | is-empty) { return [] }
    if $lines.0 =~ '^:(files|directories)' { return null }
    $lines | skip 1 | each {
      let parts = $in | split row "\t"
      {value: $parts.0, description: ($parts | get 1? | default "")}
    }
  }

  # The lines that the program prints.
  def program [words: list<string>] {
    try { "" | ^kops-mfa ...$words | complete | get stdout | lines } catch { [] }
  }

  # The options, or the values that go behind the equal sign.
  def options-of [options: list<any>, typed: string] {
    if "=" in $typed {
      let name = $typed | split row "=" | first
      return (values-of (find-option $options $name | get values?) $"($name)=")
    }
    $options | each {|option| $option.names | each {|name| {value: $name, description: $option.about} } } | flatten
  }

  def find-option [options: list<any>, name: string] {
    $options | where { $name in $in.names } | get 0?
  }

  # A word as it can stand in a command line: between double quotes nushell reads what JSON writes.
  def quoted [] {
    let word = $in
    if $word =~ '^(--?)?[\w/][\w./:=@+-]*$' { $word } else { $word | to json --raw }
  }

  # A word as it is passed; its closing quote may not have been typed yet.
  def unquoted [] {
    let word = $in
    if $word =~ '^"' {
      let text = $word | str replace --regex '^"' '' | str replace --regex '"$' ''
      try { $'"($text)"' | from json } catch { $text }
    } else {
      $word | str replace --regex "^['`]" "" | str replace --regex "['`]$" ""
    }
  }
}

use kops-mfa-completion
$env.config.completions.external.completer = (kops-mfa-completion completer $env.config.completions.external.completer?)
