# Completion of kops-mfa in fish (3.4 or later):  kops-mfa completions fish | source  in ~/.config/fish/config.fish, or this file as
# ~/.config/fish/completions/kops-mfa.fish
# Made from the program's table of commands by `npm run completions`: change src/completion, not this.
# Nothing of what is typed, and nothing that files or programs say, is evaluated.

# The words before the one that is typed: the command, ours or kops's, and what follows; without the variables in front of kops-mfa, and
# the options of kops-mfa in front of the command.
function __kops_mfa_comp_words
    set -l words (commandline -opc)
    while string match --quiet --regex '^[A-Za-z_][A-Za-z0-9_]*=' -- "$words[1]"
        set -e words[1]
    end
    set -e words[1]
    while contains -- (string replace --regex '=.*' '' -- "$words[1]") $__kops_mfa_comp_leading
        set -q words[2]; and contains -- $words[1] $__kops_mfa_comp_valued; and set -e words[2]
        set -e words[1]
    end
    set -q words[1]; and printf '%s\n' $words
end

function __kops_mfa_comp_first
    test (count (__kops_mfa_comp_words)) -eq 0
end

# Whether the line is that of one of these commands, and not yet behind a --.
function __kops_mfa_comp_in
    set -l words (__kops_mfa_comp_words)
    contains -- "$words[1]" $argv; and not contains -- -- $words
end

# Whether what is typed is the argument at this place (from 1) of one of these commands.
function __kops_mfa_comp_at --argument-names wanted
    set -l words (__kops_mfa_comp_words)
    contains -- "$words[1]" $argv[2..-1]; or return
    set -l place 1
    set -l pending
    set -l ended
    for word in $words[2..-1]
        if set -q pending[1]
            set -e pending[1]
        else if set -q ended[1]
            set place (math $place + 1)
        else if test "$word" = --
            set ended yes
        else if contains -- $word $__kops_mfa_comp_valued
            set pending yes
        else if not string match --quiet -- '-*' $word
            set place (math $place + 1)
        end
    end
    test $place -eq $wanted
end

# Whether the line is behind the -- of one of these commands, where another command line begins.
function __kops_mfa_comp_behind
    set -l words (__kops_mfa_comp_words)
    contains -- "$words[1]" $argv; and contains -- -- $words
end

function __kops_mfa_comp_command
    set -l words (__kops_mfa_comp_words)
    set -l rest $words[(math (contains --index -- -- $words) + 1)..-1]
    complete -C (string join -- ' ' (string escape -- $rest) (commandline -ct))
end

# The lines that the program prints.
function __kops_mfa_comp_program
    command -q kops-mfa; and command kops-mfa $argv </dev/null 2>/dev/null
end

# Whether kops is to say what it takes.
function __kops_mfa_comp_is_kops
    set -l words (__kops_mfa_comp_words)
    if set -q words[1]
        not contains -- $words[1] $__kops_mfa_comp_ours
    else
        string match --quiet -- '-*' (commandline -ct)
    end
end

function __kops_mfa_comp_kops
    set -l words (__kops_mfa_comp_words)
    test "$words[1]" = --; and set -e words[1]
    set -l typed (commandline -ct)
    set -l plain (string unescape -- $typed); and set typed $plain
    set -l lines (__kops_mfa_comp_program __complete-kops $words "=$typed")
    set -l how (string split -- ' ' "$lines[1]")
    switch "$how[1]"
        case :files
            __kops_mfa_comp_paths $how[2..-1]
        case :directories
            __kops_mfa_comp_paths /
        case '*'
            set -q lines[2]; and printf '%s\n' $lines[2..-1]
    end
end

# Files with one of these endings, and directories; all files without an ending.
function __kops_mfa_comp_paths
    set -l token (commandline -ct)
    set -l flag (string match --regex -- '^--?[^=]+=' $token)
    set -l path (string sub --start (math 1 + (string length -- "$flag")) -- $token)
    for file in (complete -C "__fish_command_without_completions $path")
        set -l name (string split --max 1 -- \t $file)[1]
        if not set -q argv[1]; or string match --quiet -- '*/' $name
            printf '%s\n' "$flag$name"
            continue
        end
        for ending in $argv
            string match --quiet -- "*$ending" $name; and printf '%s\n' "$flag$name"
        end
    end
end

set -g __kops_mfa_comp_leading --profile -p --region --role-arn --serial-number --token-code --role-session-name --external-id --duration-seconds --duration --min-ttl --no-session --no-prompt --server --no-server --help -h --version
set -g __kops_mfa_comp_ours env exec login logout status explain doctor kubeconfig credential-process policy init completions setup use off
set -g __kops_mfa_comp_valued --profile -p --region --role-arn --serial-number --token-code --role-session-name --external-id --duration-seconds --duration --min-ttl --shell --format --output --state --kubeconfig --state-store --account --role-name --max-session-duration --user --group --user-account --mfa-age --cluster --allow --partition --wrap --source-profile

complete -e -c kops-mfa
complete -c kops-mfa -f
complete -c kops-mfa -n __kops_mfa_comp_first -a env -d 'print the lines that put a session into your shell'
complete -c kops-mfa -n __kops_mfa_comp_first -a exec -d 'run a command with a session, in a clean environment'
complete -c kops-mfa -n __kops_mfa_comp_first -a login -d 'make the session now; print nothing to evaluate'
complete -c kops-mfa -n __kops_mfa_comp_first -a logout -d 'forget the sessions that are kept, all or those of one profile'
complete -c kops-mfa -n __kops_mfa_comp_first -a status -d 'tell role, identity and time left'
complete -c kops-mfa -n __kops_mfa_comp_first -a explain -d 'show where every value comes from, and which calls would be made; calls nothing'
complete -c kops-mfa -n __kops_mfa_comp_first -a doctor -d 'check all that a session needs, and say what is wrong and what to do'
complete -c kops-mfa -n __kops_mfa_comp_first -a kubeconfig -d 'let kubectl get its certificates with the session'
complete -c kops-mfa -n __kops_mfa_comp_first -a credential-process -d 'print the session for an AWS SDK, as credential_process in ~/.aws/config'
complete -c kops-mfa -n __kops_mfa_comp_first -a policy -d 'print a role that only MFA opens, and its policies; calls nothing'
complete -c kops-mfa -n __kops_mfa_comp_first -a init -d 'print the integration for a shell\'s start-up file'
complete -c kops-mfa -n __kops_mfa_comp_first -a completions -d 'print the completion for a shell\'s start-up file'
complete -c kops-mfa -n __kops_mfa_comp_first -a setup -d 'write a profile: finds your keys and MFA device, asks for the rest, tries it'
complete -c kops-mfa -n __kops_mfa_comp_first -a use -d 'put a session into this shell, where the integration is loaded'
complete -c kops-mfa -n __kops_mfa_comp_first -a off -d 'take the session out of this shell again'
complete -c kops-mfa -n '__kops_mfa_comp_first; and command -q kops' -a completion -d 'kops: generate the completion script of kops'
complete -c kops-mfa -n '__kops_mfa_comp_first; and command -q kops' -a create -d 'kops: create a cluster or an instance group'
complete -c kops-mfa -n '__kops_mfa_comp_first; and command -q kops' -a delete -d 'kops: delete clusters, instance groups, instances, secrets'
complete -c kops-mfa -n '__kops_mfa_comp_first; and command -q kops' -a distrust -d 'kops: distrust keypairs'
complete -c kops-mfa -n '__kops_mfa_comp_first; and command -q kops' -a edit -d 'kops: edit clusters and other resources'
complete -c kops-mfa -n '__kops_mfa_comp_first; and command -q kops' -a export -d 'kops: export the kubeconfig of a cluster'
complete -c kops-mfa -n '__kops_mfa_comp_first; and command -q kops' -a get -d 'kops: list clusters and other resources'
complete -c kops-mfa -n '__kops_mfa_comp_first; and command -q kops' -a help -d 'kops: help of kops'
complete -c kops-mfa -n '__kops_mfa_comp_first; and command -q kops' -a promote -d 'kops: promote a resource'
complete -c kops-mfa -n '__kops_mfa_comp_first; and command -q kops' -a reconcile -d 'kops: bring a cluster in line with its specification'
complete -c kops-mfa -n '__kops_mfa_comp_first; and command -q kops' -a replace -d 'kops: replace cluster resources'
complete -c kops-mfa -n '__kops_mfa_comp_first; and command -q kops' -a rolling-update -d 'kops: replace the machines of a cluster, one after another'
complete -c kops-mfa -n '__kops_mfa_comp_first; and command -q kops' -a toolbox -d 'kops: less common commands of kops'
complete -c kops-mfa -n '__kops_mfa_comp_first; and command -q kops' -a trust -d 'kops: trust keypairs'
complete -c kops-mfa -n '__kops_mfa_comp_first; and command -q kops' -a update -d 'kops: update a cluster'
complete -c kops-mfa -n '__kops_mfa_comp_first; and command -q kops' -a upgrade -d 'kops: upgrade a cluster to the recommended version'
complete -c kops-mfa -n '__kops_mfa_comp_first; and command -q kops' -a validate -d 'kops: tell whether a cluster is healthy'
complete -c kops-mfa -n '__kops_mfa_comp_first; and command -q kops' -a version -d 'kops: the version of kops'
complete -c kops-mfa -n __kops_mfa_comp_first -l profile -s p -x -a '(__kops_mfa_comp_program __profiles)' -d 'the profile, of the AWS files or of your settings'
complete -c kops-mfa -n __kops_mfa_comp_first -l region -x -d 'the region of STS, and the one to export'
complete -c kops-mfa -n __kops_mfa_comp_first -l role-arn -x -d 'the role to assume'
complete -c kops-mfa -n __kops_mfa_comp_first -l serial-number -x -d 'the ARN of the MFA device'
complete -c kops-mfa -n __kops_mfa_comp_first -l token-code -x -d 'the code, instead of a prompt'
complete -c kops-mfa -n __kops_mfa_comp_first -l role-session-name -x -d 'the name that CloudTrail shows'
complete -c kops-mfa -n __kops_mfa_comp_first -l external-id -x -d 'what the role\'s owner asks for'
complete -c kops-mfa -n __kops_mfa_comp_first -l duration-seconds -x -d 'life of the session'
complete -c kops-mfa -n __kops_mfa_comp_first -l duration -x -d 'the same, as 1h or 90m'
complete -c kops-mfa -n __kops_mfa_comp_first -l min-ttl -x -d 'renew a session with less left than this'
complete -c kops-mfa -n __kops_mfa_comp_first -l no-session -d 'send the code with AssumeRole, without a shared MFA session'
complete -c kops-mfa -n __kops_mfa_comp_first -l no-prompt -d 'fail where a person would have to be asked'
complete -c kops-mfa -n __kops_mfa_comp_first -l server -l no-server -d 'renew the session while the command runs; --no-server: never'
complete -c kops-mfa -n __kops_mfa_comp_first -l help -s h -d 'show help'
complete -c kops-mfa -n __kops_mfa_comp_first -l version -d 'show the version'
complete -c kops-mfa -n '__kops_mfa_comp_in env exec login status explain doctor credential-process use' -l profile -s p -x -a '(__kops_mfa_comp_program __profiles)' -d 'the profile, of the AWS files or of your settings'
complete -c kops-mfa -n '__kops_mfa_comp_in env exec login status explain doctor credential-process use' -l region -x -d 'the region of STS, and the one to export'
complete -c kops-mfa -n '__kops_mfa_comp_in env exec login status explain doctor credential-process use' -l role-arn -x -d 'the role to assume'
complete -c kops-mfa -n '__kops_mfa_comp_in env exec login status explain doctor kubeconfig credential-process use' -l serial-number -x -d 'the ARN of the MFA device'
complete -c kops-mfa -n '__kops_mfa_comp_in env exec login status explain doctor credential-process setup use' -l token-code -x -d 'the code, instead of a prompt'
complete -c kops-mfa -n '__kops_mfa_comp_in env exec login status explain doctor credential-process use' -l role-session-name -x -d 'the name that CloudTrail shows'
complete -c kops-mfa -n '__kops_mfa_comp_in env exec login status explain doctor credential-process setup use' -l external-id -x -d 'what the role\'s owner asks for'
complete -c kops-mfa -n '__kops_mfa_comp_in env exec login status explain doctor credential-process use' -l duration-seconds -x -d 'life of the session'
complete -c kops-mfa -n '__kops_mfa_comp_in env exec login status explain doctor credential-process use' -l duration -x -d 'the same, as 1h or 90m'
complete -c kops-mfa -n '__kops_mfa_comp_in env exec login status explain doctor credential-process use' -l min-ttl -x -d 'renew a session with less left than this'
complete -c kops-mfa -n '__kops_mfa_comp_in env exec login status explain doctor credential-process use' -l no-session -d 'send the code with AssumeRole, without a shared MFA session'
complete -c kops-mfa -n '__kops_mfa_comp_in env exec login status explain doctor credential-process use' -l no-prompt -d 'fail where a person would have to be asked'
complete -c kops-mfa -n '__kops_mfa_comp_in env' -l shell -x -a 'bash zsh sh fish powershell tcsh nushell elvish xonsh cmd' -d 'which shell'
complete -c kops-mfa -n '__kops_mfa_comp_in env' -l format -x -a 'export dotenv json process github' -d 'which format'
complete -c kops-mfa -n '__kops_mfa_comp_in env init' -l output -x -a '(__kops_mfa_comp_paths)' -d 'a file to write instead (mode 0600)'
complete -c kops-mfa -n '__kops_mfa_comp_in env' -l unset -d 'print the way out of the session'
complete -c kops-mfa -n '__kops_mfa_comp_in env use' -l renew -d 'fail if the session in this shell would become another one'
complete -c kops-mfa -n '__kops_mfa_comp_in env exec login logout status explain doctor kubeconfig credential-process policy init completions setup use off' -l help -s h -d 'show help'
complete -c kops-mfa -n '__kops_mfa_comp_in exec' -l server -l no-server -d 'renew the session while the command runs; --no-server: never'
complete -c kops-mfa -n '__kops_mfa_comp_in status explain doctor' -l json -d 'as JSON'
complete -c kops-mfa -n '__kops_mfa_comp_in doctor' -l state -x -d 'the state store of kops: s3://BUCKET'
complete -c kops-mfa -n '__kops_mfa_comp_in doctor' -l login -d 'make a session first if none is kept, with a code'
complete -c kops-mfa -n '__kops_mfa_comp_in doctor' -l offline -d 'read files and variables only: no request, no other program'
complete -c kops-mfa -n '__kops_mfa_comp_in kubeconfig' -l kubeconfig -x -a '(__kops_mfa_comp_paths)' -d 'the file, instead of KUBECONFIG'
complete -c kops-mfa -n '__kops_mfa_comp_in kubeconfig' -l all -d 'every user that logs in with kops'
complete -c kops-mfa -n '__kops_mfa_comp_in kubeconfig' -l profile -s p -x -a '(__kops_mfa_comp_program __profiles)' -d 'the profile that kubectl shall use'
complete -c kops-mfa -n '__kops_mfa_comp_in kubeconfig' -l role-arn -x -d 'the role, where no profile names it'
complete -c kops-mfa -n '__kops_mfa_comp_in kubeconfig' -l undo -d 'give back what kops wrote'
complete -c kops-mfa -n '__kops_mfa_comp_in kubeconfig' -l dry-run -d 'show what would change; write nothing'
complete -c kops-mfa -n '__kops_mfa_comp_in kubeconfig' -l yes -s y -d 'change it without asking'
complete -c kops-mfa -n '__kops_mfa_comp_in policy' -l profile -s p -x -a '(__kops_mfa_comp_program __profiles)' -d 'the profile to take over from'
complete -c kops-mfa -n '__kops_mfa_comp_in policy' -l format -x -a 'json script cloudformation terraform' -d 'which format'
complete -c kops-mfa -n '__kops_mfa_comp_in policy' -l state-store -x -d 's3://BUCKET or s3://BUCKET/PREFIX'
complete -c kops-mfa -n '__kops_mfa_comp_in policy' -l account -x -d 'the account of the role'
complete -c kops-mfa -n '__kops_mfa_comp_in policy' -l role-name -x -d 'its name (kops-admin), with a path if you like'
complete -c kops-mfa -n '__kops_mfa_comp_in policy' -l max-session-duration -x -d 'how long a session may last at most: 1h (the default) to 12h'
complete -c kops-mfa -n '__kops_mfa_comp_in policy' -l user -x -d 'an IAM user, by name or ARN; repeat it for more'
complete -c kops-mfa -n '__kops_mfa_comp_in policy' -l group -x -d 'a group that gets the users\' policy; repeat it for more'
complete -c kops-mfa -n '__kops_mfa_comp_in policy' -l user-account -x -d 'the account of the users'
complete -c kops-mfa -n '__kops_mfa_comp_in policy' -l mfa-age -x -d 'how old the code may be: 1m to 36h'
complete -c kops-mfa -n '__kops_mfa_comp_in policy' -l session-name-rule -d 'the session must be named like the user'
complete -c kops-mfa -n '__kops_mfa_comp_in policy' -l manage-mfa -d 'users may change their own MFA devices, with a code'
complete -c kops-mfa -n '__kops_mfa_comp_in policy' -l manage-clusters -d 'the role may also do what kops does to clusters'
complete -c kops-mfa -n '__kops_mfa_comp_in policy' -l bucket-policy -d 'deny everybody else what is in the state store'
complete -c kops-mfa -n '__kops_mfa_comp_in policy' -l cluster -x -d 'only this cluster keeps its access; repeat it for more'
complete -c kops-mfa -n '__kops_mfa_comp_in policy' -l allow -x -d 'the ARN of one more who keeps access; repeat it for more'
complete -c kops-mfa -n '__kops_mfa_comp_in policy' -l partition -x -a 'aws aws-cn aws-us-gov' -d 'which partition'
complete -c kops-mfa -n '__kops_mfa_comp_in policy' -l region -x -d 'a region of the partition that is meant'
complete -c kops-mfa -n '__kops_mfa_comp_in init' -l wrap -x -d 'commands that renew a session that is over before they run: kops,kubectl'
complete -c kops-mfa -n '__kops_mfa_comp_in setup' -l profile -s p -x -a '(__kops_mfa_comp_program __profiles)' -d 'the name of the profile to write'
complete -c kops-mfa -n '__kops_mfa_comp_in setup' -l source-profile -x -a '(__kops_mfa_comp_program __profiles)' -d 'the profile that has your access keys'
complete -c kops-mfa -n '__kops_mfa_comp_in setup' -l serial-number -x -d 'the ARN of your MFA device'
complete -c kops-mfa -n '__kops_mfa_comp_in setup' -l role-arn -x -d 'the role to assume, or its name if it is in your account; - for none'
complete -c kops-mfa -n '__kops_mfa_comp_in setup' -l region -x -d 'the region of your clusters'
complete -c kops-mfa -n '__kops_mfa_comp_in setup' -l state-store -x -d 'the bucket of kops, s3://NAME'
complete -c kops-mfa -n '__kops_mfa_comp_in setup' -l cluster -x -d 'the cluster you work with'
complete -c kops-mfa -n '__kops_mfa_comp_in setup' -l default -l no-default -d 'use it where no profile is named; --no-default: do not'
complete -c kops-mfa -n '__kops_mfa_comp_in setup' -l yes -s y -d 'ask nothing: take what is found, and leave out the rest'
complete -c kops-mfa -n '__kops_mfa_comp_in setup' -l no-login -d 'write it untried'
complete -c kops-mfa -n '__kops_mfa_comp_in setup' -l dry-run -d 'show what would be written'
complete -c kops-mfa -n '__kops_mfa_comp_in setup' -l shell-startup -l no-shell-startup -d 'add the integration to your shell\'s start-up file; --no-shell-startup: never'
complete -c kops-mfa -n '__kops_mfa_comp_at 1 env' -a '(__kops_mfa_comp_program __profiles)'
complete -c kops-mfa -n '__kops_mfa_comp_at 1 exec' -a '(__kops_mfa_comp_program __profiles)'
complete -c kops-mfa -n '__kops_mfa_comp_at 1 login' -a '(__kops_mfa_comp_program __profiles)'
complete -c kops-mfa -n '__kops_mfa_comp_at 1 logout' -a '(__kops_mfa_comp_program __profiles)'
complete -c kops-mfa -n '__kops_mfa_comp_at 1 status' -a '(__kops_mfa_comp_program __profiles)'
complete -c kops-mfa -n '__kops_mfa_comp_at 1 explain' -a '(__kops_mfa_comp_program __profiles)'
complete -c kops-mfa -n '__kops_mfa_comp_at 1 doctor' -a '(__kops_mfa_comp_program __profiles)'
complete -c kops-mfa -n '__kops_mfa_comp_at 1 credential-process' -a '(__kops_mfa_comp_program __profiles)'
complete -c kops-mfa -n '__kops_mfa_comp_at 1 policy' -a '(__kops_mfa_comp_program __profiles)'
complete -c kops-mfa -n '__kops_mfa_comp_at 1 init' -a 'bash zsh sh fish powershell tcsh nushell elvish xonsh'
complete -c kops-mfa -n '__kops_mfa_comp_at 1 completions' -a 'bash zsh fish powershell nushell elvish'
complete -c kops-mfa -n '__kops_mfa_comp_at 1 setup' -a '(__kops_mfa_comp_program __profiles)'
complete -c kops-mfa -n '__kops_mfa_comp_at 1 use' -a '(__kops_mfa_comp_program __profiles)'
complete -c kops-mfa -n '__kops_mfa_comp_behind exec' -a '(__kops_mfa_comp_command)'
complete -c kops-mfa -n __kops_mfa_comp_is_kops -k -a '(__kops_mfa_comp_kops)'
