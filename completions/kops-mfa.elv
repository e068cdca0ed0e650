# Completion of kops-mfa in elvish (0.18 or later):  eval (kops-mfa completions elvish | slurp)  in ~/.config/elvish/rc.elv, or this file
# as ~/.config/elvish/lib/kops-mfa.elv and  use kops-mfa  there.
# Made from the program's table of commands by `npm run completions`: change src/completion, not this.
# Nothing of what is typed, and nothing that files or programs say, is evaluated.

use str

var commands = [
  &env=[
    &about='print the lines that put a session into your shell'
    &takes-command=$false
    &arguments=[profile]
    &options=[
      [&names=[--profile -p] &about='the profile, of the AWS files or of your settings' &values=profile]
      [&names=[--region] &about='the region of STS, and the one to export' &values=anything]
      [&names=[--role-arn] &about='the role to assume' &values=anything]
      [&names=[--serial-number] &about='the ARN of the MFA device' &values=anything]
      [&names=[--token-code] &about='the code, instead of a prompt' &values=anything]
      [&names=[--role-session-name] &about='the name that CloudTrail shows' &values=anything]
      [&names=[--external-id] &about='what the role''s owner asks for' &values=anything]
      [&names=[--duration-seconds] &about='life of the session' &values=anything]
      [&names=[--duration] &about='the same, as 1h or 90m' &values=anything]
      [&names=[--min-ttl] &about='renew a session with less left than this' &values=anything]
      [&names=[--no-session] &about='send the code with AssumeRole, without a shared MFA session' &values=$nil]
      [&names=[--no-prompt] &about='fail where a person would have to be asked' &values=$nil]
      [&names=[--shell] &about='which shell' &values=[bash zsh sh fish powershell tcsh nushell elvish xonsh cmd]]
      [&names=[--format] &about='which format' &values=[export dotenv json process github]]
      [&names=[--output] &about='a file to write instead (mode 0600)' &values=file]
      [&names=[--unset] &about='print the way out of the session' &values=$nil]
      [&names=[--renew] &about='fail if the session in this shell would become another one' &values=$nil]
      [&names=[--help -h] &about='show help' &values=$nil]
    ]
  ]
  &exec=[
    &about='run a command with a session, in a clean environment'
    &takes-command=$true
    &arguments=[profile]
    &options=[
      [&names=[--profile -p] &about='the profile, of the AWS files or of your settings' &values=profile]
      [&names=[--region] &about='the region of STS, and the one to export' &values=anything]
      [&names=[--role-arn] &about='the role to assume' &values=anything]
      [&names=[--serial-number] &about='the ARN of the MFA device' &values=anything]
      [&names=[--token-code] &about='the code, instead of a prompt' &values=anything]
      [&names=[--role-session-name] &about='the name that CloudTrail shows' &values=anything]
      [&names=[--external-id] &about='what the role''s owner asks for' &values=anything]
      [&names=[--duration-seconds] &about='life of the session' &values=anything]
      [&names=[--duration] &about='the same, as 1h or 90m' &values=anything]
      [&names=[--min-ttl] &about='renew a session with less left than this' &values=anything]
      [&names=[--no-session] &about='send the code with AssumeRole, without a shared MFA session' &values=$nil]
      [&names=[--no-prompt] &about='fail where a person would have to be asked' &values=$nil]
      [&names=[--server --no-server] &about='renew the session while the command runs; --no-server: never' &values=$nil]
      [&names=[--help -h] &about='show help' &values=$nil]
    ]
  ]
  &login=[
    &about='make the session now; print nothing to evaluate'
    &takes-command=$false
    &arguments=[profile]
    &options=[
      [&names=[--profile -p] &about='the profile, of the AWS files or of your settings' &values=profile]
      [&names=[--region] &about='the region of STS, and the one to export' &values=anything]
      [&names=[--role-arn] &about='the role to assume' &values=anything]
      [&names=[--serial-number] &about='the ARN of the MFA device' &values=anything]
      [&names=[--token-code] &about='the code, instead of a prompt' &values=anything]
      [&names=[--role-session-name] &about='the name that CloudTrail shows' &values=anything]
      [&names=[--external-id] &about='what the role''s owner asks for' &values=anything]
      [&names=[--duration-seconds] &about='life of the session' &values=anything]
      [&names=[--duration] &about='the same, as 1h or 90m' &values=anything]
      [&names=[--min-ttl] &about='renew a session with less left than this' &values=anything]
      [&names=[--no-session] &about='send the code with AssumeRole, without a shared MFA session' &values=$nil]
      [&names=[--no-prompt] &about='fail where a person would have to be asked' &values=$nil]
      [&names=[--help -h] &about='show help' &values=$nil]
    ]
  ]
  &logout=[
    &about='forget the sessions that are kept, all or those of one profile'
    &takes-command=$false
    &arguments=[profile]
    &options=[
      [&names=[--help -h] &about='show help' &values=$nil]
    ]
  ]
  &status=[
    &about='tell role, identity and time left'
    &takes-command=$false
    &arguments=[profile]
    &options=[
      [&names=[--profile -p] &about='the profile, of the AWS files or of your settings' &values=profile]
      [&names=[--region] &about='the region of STS, and the one to export' &values=anything]
      [&names=[--role-arn] &about='the role to assume' &values=anything]
      [&names=[--serial-number] &about='the ARN of the MFA device' &values=anything]
      [&names=[--token-code] &about='the code, instead of a prompt' &values=anything]
      [&names=[--role-session-name] &about='the name that CloudTrail shows' &values=anything]
      [&names=[--external-id] &about='what the role''s owner asks for' &values=anything]
      [&names=[--duration-seconds] &about='life of the session' &values=anything]
      [&names=[--duration] &about='the same, as 1h or 90m' &values=anything]
      [&names=[--min-ttl] &about='renew a session with less left than this' &values=anything]
      [&names=[--no-session] &about='send the code with AssumeRole, without a shared MFA session' &values=$nil]
      [&names=[--no-prompt] &about='fail where a person would have to be asked' &values=$nil]
      [&names=[--json] &about='as JSON' &values=$nil]
      [&names=[--help -h] &about='show help' &values=$nil]
    ]
  ]
  &explain=[
    &about='show where every value comes from, and which calls would be made; calls nothing'
    &takes-command=$false
    &arguments=[profile]
    &options=[
      [&names=[--profile -p] &about='the profile, of the AWS files or of your settings' &values=profile]
      [&names=[--region] &about='the region of STS, and the one to export' &values=anything]
      [&names=[--role-arn] &about='the role to assume' &values=anything]
      [&names=[--serial-number] &about='the ARN of the MFA device' &values=anything]
      [&names=[--token-code] &about='the code, instead of a prompt' &values=anything]
      [&names=[--role-session-name] &about='the name that CloudTrail shows' &values=anything]
      [&names=[--external-id] &about='what the role''s owner asks for' &values=anything]
      [&names=[--duration-seconds] &about='life of the session' &values=anything]
      [&names=[--duration] &about='the same, as 1h or 90m' &values=anything]
      [&names=[--min-ttl] &about='renew a session with less left than this' &values=anything]
      [&names=[--no-session] &about='send the code with AssumeRole, without a shared MFA session' &values=$nil]
      [&names=[--no-prompt] &about='fail where a person would have to be asked' &values=$nil]
      [&names=[--json] &about='as JSON' &values=$nil]
      [&names=[--help -h] &about='show help' &values=$nil]
    ]
  ]
  &doctor=[
    &about='check all that a session needs, and say what is wrong and what to do'
    &takes-command=$false
    &arguments=[profile]
    &options=[
      [&names=[--profile -p] &about='the profile, of the AWS files or of your settings' &values=profile]
      [&names=[--region] &about='the region of STS, and the one to export' &values=anything]
      [&names=[--role-arn] &about='the role to assume' &values=anything]
      [&names=[--serial-number] &about='the ARN of the MFA device' &values=anything]
      [&names=[--token-code] &about='the code, instead of a prompt' &values=anything]
      [&names=[--role-session-name] &about='the name that CloudTrail shows' &values=anything]
      [&names=[--external-id] &about='what the role''s owner asks for' &values=anything]
      [&names=[--duration-seconds] &about='life of the session' &values=anything]
      [&names=[--duration] &about='the same, as 1h or 90m' &values=anything]
      [&names=[--min-ttl] &about='renew a session with less left than this' &values=anything]
      [&names=[--no-session] &about='send the code with AssumeRole, without a shared MFA session' &values=$nil]
      [&names=[--no-prompt] &about='fail where a person would have to be asked' &values=$nil]
      [&names=[--state] &about='the state store of kops: s3://BUCKET' &values=anything]
      [&names=[--login] &about='make a session first if none is kept, with a code' &values=$nil]
      [&names=[--offline] &about='read files and variables only: no request, no other program' &values=$nil]
      [&names=[--json] &about='as JSON' &values=$nil]
      [&names=[--help -h] &about='show help' &values=$nil]
    ]
  ]
  &kubeconfig=[
    &about='let kubectl get its certificates with the session'
    &takes-command=$false
    &arguments=[anything]
    &options=[
      [&names=[--kubeconfig] &about='the file, instead of KUBECONFIG' &values=file]
      [&names=[--all] &about='every user that logs in with kops' &values=$nil]
      [&names=[--profile -p] &about='the profile that kubectl shall use' &values=profile]
      [&names=[--role-arn] &about='the role, where no profile names it' &values=anything]
      [&names=[--serial-number] &about='the ARN of the MFA device' &values=anything]
      [&names=[--undo] &about='give back what kops wrote' &values=$nil]
      [&names=[--dry-run] &about='show what would change; write nothing' &values=$nil]
      [&names=[--yes -y] &about='change it without asking' &values=$nil]
      [&names=[--help -h] &about='show help' &values=$nil]
    ]
  ]
  &credential-process=[
    &about='print the session for an AWS SDK, as credential_process in ~/.aws/config'
    &takes-command=$false
    &arguments=[profile]
    &options=[
      [&names=[--profile -p] &about='the profile, of the AWS files or of your settings' &values=profile]
      [&names=[--region] &about='the region of STS, and the one to export' &values=anything]
      [&names=[--role-arn] &about='the role to assume' &values=anything]
      [&names=[--serial-number] &about='the ARN of the MFA device' &values=anything]
      [&names=[--token-code] &about='the code, instead of a prompt' &values=anything]
      [&names=[--role-session-name] &about='the name that CloudTrail shows' &values=anything]
      [&names=[--external-id] &about='what the role''s owner asks for' &values=anything]
      [&names=[--duration-seconds] &about='life of the session' &values=anything]
      [&names=[--duration] &about='the same, as 1h or 90m' &values=anything]
      [&names=[--min-ttl] &about='renew a session with less left than this' &values=anything]
      [&names=[--no-session] &about='send the code with AssumeRole, without a shared MFA session' &values=$nil]
      [&names=[--no-prompt] &about='fail where a person would have to be asked' &values=$nil]
      [&names=[--help -h] &about='show help' &values=$nil]
    ]
  ]
  &policy=[
    &about='print a role that only MFA opens, and its policies; calls nothing'
    &takes-command=$false
    &arguments=[profile]
    &options=[
      [&names=[--profile -p] &about='the profile to take over from' &values=profile]
      [&names=[--format] &about='which format' &values=[json script cloudformation terraform]]
      [&names=[--state-store] &about='s3://BUCKET or s3://BUCKET/PREFIX' &values=anything]
      [&names=[--account] &about='the account of the role' &values=anything]
      [&names=[--role-name] &about='its name (kops-admin), with a path if you like' &values=anything]
      [&names=[--max-session-duration] &about='how long a session may last at most: 1h (the default) to 12h' &values=anything]
      [&names=[--user] &about='an IAM user, by name or ARN; repeat it for more' &values=anything]
      [&names=[--group] &about='a group that gets the users'' policy; repeat it for more' &values=anything]
      [&names=[--user-account] &about='the account of the users' &values=anything]
      [&names=[--mfa-age] &about='how old the code may be: 1m to 36h' &values=anything]
      [&names=[--session-name-rule] &about='the session must be named like the user' &values=$nil]
      [&names=[--manage-mfa] &about='users may change their own MFA devices, with a code' &values=$nil]
      [&names=[--manage-clusters] &about='the role may also do what kops does to clusters' &values=$nil]
      [&names=[--bucket-policy] &about='deny everybody else what is in the state store' &values=$nil]
      [&names=[--cluster] &about='only this cluster keeps its access; repeat it for more' &values=anything]
      [&names=[--allow] &about='the ARN of one more who keeps access; repeat it for more' &values=anything]
      [&names=[--partition] &about='which partition' &values=[aws aws-cn aws-us-gov]]
      [&names=[--region] &about='a region of the partition that is meant' &values=anything]
      [&names=[--help -h] &about='show help' &values=$nil]
    ]
  ]
  &init=[
    &about='print the integration for a shell''s start-up file'
    &takes-command=$false
    &arguments=[[bash zsh sh fish powershell tcsh nushell elvish xonsh]]
    &options=[
      [&names=[--wrap] &about='commands that renew a session that is over before they run: kops,kubectl' &values=anything]
      [&names=[--output] &about='a file to write instead (mode 0600)' &values=file]
      [&names=[--help -h] &about='show help' &values=$nil]
    ]
  ]
  &completions=[
    &about='print the completion for a shell''s start-up file'
    &takes-command=$false
    &arguments=[[bash zsh fish powershell nushell elvish]]
    &options=[
      [&names=[--help -h] &about='show help' &values=$nil]
    ]
  ]
  &setup=[
    &about='write a profile: finds your keys and MFA device, asks for the rest, tries it'
    &takes-command=$false
    &arguments=[profile]
    &options=[
      [&names=[--profile -p] &about='the name of the profile to write' &values=profile]
      [&names=[--source-profile] &about='the profile that has your access keys' &values=profile]
      [&names=[--serial-number] &about='the ARN of your MFA device' &values=anything]
      [&names=[--role-arn] &about='the role to assume, or its name if it is in your account; - for none' &values=anything]
      [&names=[--external-id] &about='what the role''s owner asks for' &values=anything]
      [&names=[--region] &about='the region of your clusters' &values=anything]
      [&names=[--state-store] &about='the bucket of kops, s3://NAME' &values=anything]
      [&names=[--cluster] &about='the cluster you work with' &values=anything]
      [&names=[--default --no-default] &about='use it where no profile is named; --no-default: do not' &values=$nil]
      [&names=[--token-code] &about='the code, instead of a prompt' &values=anything]
      [&names=[--yes -y] &about='ask nothing: take what is found, and leave out the rest' &values=$nil]
      [&names=[--no-login] &about='write it untried' &values=$nil]
      [&names=[--dry-run] &about='show what would be written' &values=$nil]
      [&names=[--shell-startup --no-shell-startup] &about='add the integration to your shell''s start-up file; --no-shell-startup: never' &values=$nil]
      [&names=[--help -h] &about='show help' &values=$nil]
    ]
  ]
  &use=[
    &about='put a session into this shell, where the integration is loaded'
    &takes-command=$false
    &arguments=[profile]
    &options=[
      [&names=[--profile -p] &about='the profile, of the AWS files or of your settings' &values=profile]
      [&names=[--region] &about='the region of STS, and the one to export' &values=anything]
      [&names=[--role-arn] &about='the role to assume' &values=anything]
      [&names=[--serial-number] &about='the ARN of the MFA device' &values=anything]
      [&names=[--token-code] &about='the code, instead of a prompt' &values=anything]
      [&names=[--role-session-name] &about='the name that CloudTrail shows' &values=anything]
      [&names=[--external-id] &about='what the role''s owner asks for' &values=anything]
      [&names=[--duration-seconds] &about='life of the session' &values=anything]
      [&names=[--duration] &about='the same, as 1h or 90m' &values=anything]
      [&names=[--min-ttl] &about='renew a session with less left than this' &values=anything]
      [&names=[--no-session] &about='send the code with AssumeRole, without a shared MFA session' &values=$nil]
      [&names=[--no-prompt] &about='fail where a person would have to be asked' &values=$nil]
      [&names=[--renew] &about='fail if the session in this shell would become another one' &values=$nil]
      [&names=[--help -h] &about='show help' &values=$nil]
    ]
  ]
  &off=[
    &about='take the session out of this shell again'
    &takes-command=$false
    &arguments=[]
    &options=[
      [&names=[--help -h] &about='show help' &values=$nil]
    ]
  ]
]
var kops-commands = [
  &completion='kops: generate the completion script of kops'
  &create='kops: create a cluster or an instance group'
  &delete='kops: delete clusters, instance groups, instances, secrets'
  &distrust='kops: distrust keypairs'
  &edit='kops: edit clusters and other resources'
  &export='kops: export the kubeconfig of a cluster'
  &get='kops: list clusters and other resources'
  &help='kops: help of kops'
  &promote='kops: promote a resource'
  &reconcile='kops: bring a cluster in line with its specification'
  &replace='kops: replace cluster resources'
  &rolling-update='kops: replace the machines of a cluster, one after another'
  &toolbox='kops: less common commands of kops'
  &trust='kops: trust keypairs'
  &update='kops: update a cluster'
  &upgrade='kops: upgrade a cluster to the recommended version'
  &validate='kops: tell whether a cluster is healthy'
  &version='kops: the version of kops'
]
var options = [
  [&names=[--profile -p] &about='the profile, of the AWS files or of your settings' &values=profile]
  [&names=[--region] &about='the region of STS, and the one to export' &values=anything]
  [&names=[--role-arn] &about='the role to assume' &values=anything]
  [&names=[--serial-number] &about='the ARN of the MFA device' &values=anything]
  [&names=[--token-code] &about='the code, instead of a prompt' &values=anything]
  [&names=[--role-session-name] &about='the name that CloudTrail shows' &values=anything]
  [&names=[--external-id] &about='what the role''s owner asks for' &values=anything]
  [&names=[--duration-seconds] &about='life of the session' &values=anything]
  [&names=[--duration] &about='the same, as 1h or 90m' &values=anything]
  [&names=[--min-ttl] &about='renew a session with less left than this' &values=anything]
  [&names=[--no-session] &about='send the code with AssumeRole, without a shared MFA session' &values=$nil]
  [&names=[--no-prompt] &about='fail where a person would have to be asked' &values=$nil]
  [&names=[--server --no-server] &about='renew the session while the command runs; --no-server: never' &values=$nil]
  [&names=[--help -h] &about='show help' &values=$nil]
  [&names=[--version] &about='show the version' &values=$nil]
]

# The lines that the program prints.
fn program {|@words|
  try {
    e:kops-mfa $@words < /dev/null 2> /dev/null | from-lines
  } catch {
    nop
  }
}

fn show {|word about &suffix=' '|
  var display = $word
  if (not-eq $about '') {
    set display = $word' ('$about')'
  }
  edit:complex-candidate $word &display=$display &code-suffix=$suffix
}

# Files with one of the endings, and directories; all files without an ending, and none with /.
fn show-paths {|typed endings|
  var path = $typed
  var flag = ''
  if (and (str:has-prefix $typed -) (str:contains $typed '=')) {
    var end = (+ 1 (str:index $typed '='))
    set flag = $typed[..$end]
    set path = $typed[$end..]
  }
  edit:complete-filename $path | each {|file|
    var wanted = (or (eq $endings []) (str:has-suffix $file[stem] /))
    for ending $endings {
      set wanted = (or $wanted (str:has-suffix $file[stem] $ending))
    }
    if $wanted {
      edit:complex-candidate $flag$file[stem] &code-suffix=$file[code-suffix]
    }
  }
}

# The values of a kind (profile, file, …, or the words themselves) with what stands before them in the same word.
fn show-values {|values typed before|
  if (eq $values profile) {
    program __profiles | each {|name| show $before$name '' }
  } elif (eq $values file) {
    show-paths $typed []
  } elif (eq (kind-of $values) list) {
    for word $values {
      show $before$word ''
    }
  }
}

# What kops says; where it says nothing, nothing is offered.
fn show-kops {|words typed|
  var lines = [(program __complete-kops $@words '='$typed)]
  if (eq $lines []) {
    return
  }
  var how = [(str:split ' ' $lines[0])]
  if (eq $how[0] :files) {
    show-paths $typed $how[1..]
  } elif (eq $how[0] :directories) {
    show-paths $typed [/]
  } else {
    var suffix = ' '
    if (eq $how[0] :nospace) {
      set suffix = ''
    }
    for line $lines[1..] {
      var word about = (str:split &max=2 "\t" $line"\t")
      show $word (str:trim-right $about "\t") &suffix=$suffix
    }
  }
}

fn has-option {|options name|
  for option $options {
    if (has-value $option[names] $name) {
      put $true
      return
    }
  }
  put $false
}

# $nil where the option takes no value, or there is none of that name.
fn option-values {|options name|
  for option $options {
    if (has-value $option[names] $name) {
      put $option[values]
      return
    }
  }
  put $nil
}

# The options, or the values that go behind the equal sign.
fn show-options {|options typed|
  if (str:contains $typed '=') {
    var name = $typed[..(str:index $typed '=')]
    show-values (option-values $options $name) $typed $name'='
    return
  }
  for option $options {
    for name $option[names] {
      show $name $option[about]
    }
  }
}

# A command of kops-mfa: what is expected follows from the words before.
fn show-ours {|command words typed|
  var pending = $nil
  var place = 0
  var ended = $nil
  var index = 0
  for word $words {
    set index = (+ $index 1)
    if $pending {
      set pending = $nil
    } elif $ended {
      set place = (+ $place 1)
    } elif (eq $word --) {
      set ended = $index
    } elif (str:has-prefix $word -) {
      set pending = (option-values $command[options] $word)
    } else {
      set place = (+ $place 1)
    }
  }
  if $pending {
    show-values $pending $typed ''
  } elif $ended {
    if $command[takes-command] {
      edit:complete-sudo -- (all $words[$ended..]) $typed
    } elif (< $place (count $command[arguments])) {
      show-values $command[arguments][$place] $typed ''
    }
  } elif (str:has-prefix $typed -) {
    show-options $command[options] $typed
  } elif (< $place (count $command[arguments])) {
    show-values $command[arguments][$place] $typed ''
  }
}

fn show-first {|typed|
  if (str:has-prefix $typed -) {
    show-options $options $typed
    show-kops [] $typed
    return
  }
  for name [(keys $commands)] {
    show $name $commands[$name][about]
  }
  if (has-external kops) {
    for name [(keys $kops-commands)] {
      show $name $kops-commands[$name]
    }
  }
}

fn complete {|@line|
  var words = $line[1..-1]
  var typed = $line[-1]
  # Options of kops-mfa may stand before its command, and before that of kops.
  while (and (not-eq $words []) (has-option $options [(str:split = $words[0])][0])) {
    var values = (option-values $options $words[0])
    set words = $words[1..]
    if $values {
      if (eq $words []) {
        show-values $values $typed ''
        return
      }
      set words = $words[1..]
    }
  }
  if (eq $words []) {
    show-first $typed
  } elif (has-key $commands $words[0]) {
    show-ours $commands[$words[0]] $words[1..] $typed
  } elif (eq $words[0] --) {
    show-kops $words[1..] $typed
  } else {
    show-kops $words $typed
  }
}

# Only an interactive elvish has an editor to tell; a file that named it outright would not even compile in another one.
try {
  eval 'set edit:completion:arg-completer[kops-mfa] = $complete~' &ns=(ns [&complete~=$complete~])
} catch {
  nop
}
