# kops-mfa in fish:  kops-mfa init fish | source  in ~/.config/fish/config.fish
#
#   kops-mfa use prod    puts the session of a profile into this shell
#   kops-mfa off         takes it out again
#
# Everything else runs the program as usual. With  kops-mfa init fish --wrap kops,kubectl  these commands renew a session
# that is over before they run, and $KOPS_MFA_PS1 is for your prompt:  echo -n "$KOPS_MFA_PS1 > "
#
# kops-mfa exec  runs functions of this shell too, in a fish of their own, since fish has no subshells: what config.fish and
# the function path define is there, and the function itself, but nothing else that was only typed.

function kops-mfa --description 'One MFA code, and this shell can run kops'
    switch "$argv[1]"
        case use
            __kops_mfa_change env $argv[2..-1]
        case off
            __kops_mfa_change env --unset $argv[2..-1]
        case env
            # Captured or piped: whoever did that evaluates it.
            if isatty stdout
                __kops_mfa_change $argv
            else
                command kops-mfa $argv
            end
        case exec
            __kops_mfa_exec $argv
        case doctor
            # No program can see the functions of a shell.
            env KOPS_MFA_INTEGRATION=fish kops-mfa $argv
        case '*'
            command kops-mfa $argv
    end
end

# Evaluates in this shell what these words print; words that ask for something to read run as usual.
function __kops_mfa_change
    if __kops_mfa_prints $argv
        command kops-mfa $argv
        return
    end
    __kops_mfa_is_shell_wide; or return 1
    # A trace would show the secrets.
    set -l fish_trace
    # Collected and then evaluated: `| source` would succeed where kops-mfa fails.
    set -l lines (env KOPS_MFA_SHELL=fish kops-mfa $argv | string collect --allow-empty)
    set -l state $pipestatus[1]
    test $state -eq 0; or return $state
    eval $lines; or return
    __kops_mfa_remember $argv
end

function __kops_mfa_prints
    string match --quiet --regex -- '^(-h|--help|--(format|output|shell)(=.*)?)$' $argv
end

# All that a session sets or unsets.
set -g __kops_mfa_variables \
    AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_CREDENTIAL_EXPIRATION AWS_SESSION_EXPIRATION \
    KOPS_MFA_PROFILE KOPS_MFA_EXPIRES_AT KOPS_MFA_ACCESS_KEY_ID KOPS_MFA_SESSION_ID KOPS_MFA_SET KOPS_MFA_PREVIOUS KOPS_MFA_SERVER \
    AWS_REGION AWS_DEFAULT_REGION KOPS_STATE_STORE KOPS_CLUSTER_NAME \
    KOPS_MFA_ROLE_ARN KOPS_MFA_ARN KOPS_MFA_EXTERNAL_ID KOPS_MFA_ROLE_SESSION_NAME KOPS_MFA_REGION \
    AWS_PROFILE AWS_DEFAULT_PROFILE AWS_SECURITY_TOKEN AWS_ACCESS_KEY AWS_SECRET_KEY \
    AWS_ROLE_ARN AWS_ROLE_SESSION_NAME AWS_WEB_IDENTITY_TOKEN_FILE \
    AWS_CONTAINER_CREDENTIALS_FULL_URI AWS_CONTAINER_CREDENTIALS_RELATIVE_URI \
    AWS_CONTAINER_AUTHORIZATION_TOKEN AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE KOPS_AWS_ROLE_ARN

# Whether all these variables are the shell's own. One that is only set for this command (AWS_PROFILE=x kops-mfa use) or block is
# local: fish would drop it at the end, and `off` would restore a value that the shell never had.
function __kops_mfa_is_shell_wide
    for name in $__kops_mfa_variables
        set -ql $name; or continue
        echo "kops-mfa: $name is set for this command only, but a session is for the whole shell; nothing has changed." \
            'Export it first, or name a profile: kops-mfa use PROFILE' >&2
        return 1
    end
end

# Keeps the words for the next renewal, after the access key ID of the session they made. Not the code, which works once.
function __kops_mfa_remember
    set -gu __kops_mfa_words
    contains -- --unset $argv; and return
    set -l skip 0
    set __kops_mfa_words $KOPS_MFA_ACCESS_KEY_ID
    for word in $argv
        if test $skip -eq 1
            set skip 0
        else if test "$word" = --token-code
            set skip 1
        else if not string match --quiet -- '--token-code=*' $word; and test "$word" != --renew
            set -a __kops_mfa_words $word
        end
    end
end

# Asks again for what was asked for. A session that came in another way, as into a shell within a shell, names its profile.
function __kops_mfa_renew
    if set -q __kops_mfa_words[2]; and test "$__kops_mfa_words[1]" = "$KOPS_MFA_ACCESS_KEY_ID"
        __kops_mfa_change env --renew $__kops_mfa_words[3..-1]
    else
        __kops_mfa_change env --renew
    end
end

# Whether this shell carries a session that is still ours.
function __kops_mfa_carried
    set -q KOPS_MFA_EXPIRES_AT KOPS_MFA_ACCESS_KEY_ID AWS_ACCESS_KEY_ID
    and test "$AWS_ACCESS_KEY_ID" = "$KOPS_MFA_ACCESS_KEY_ID"
    and string match --quiet --regex '^[0-9]+$' -- $KOPS_MFA_EXPIRES_AT
end

# Renews the session that this shell carries, if it has less than five minutes left. fish has no clock of its own: one `date`.
function __kops_mfa_fresh
    __kops_mfa_carried; or return 0
    test (math "$KOPS_MFA_EXPIRES_AT - "(date +%s)) -le 300; or return 0
    __kops_mfa_renew
end

# Makes commands look after the session. A function of the person's own of that name is left alone.
function __kops_mfa_wrap
    for name in $argv
        string match --quiet --regex '^[A-Za-z0-9_.+-]+$' -- $name; or continue
        functions --query $name; and continue
        eval "function $name --wraps $name; __kops_mfa_fresh; and command $name \$argv; end"
        set -ga __kops_mfa_wrapped $name
    end
end

# `exec … -- NAME …`: a function of this shell runs in a fish of its own, which takes the session after its config.fish; from
# its environment, where the session will be anyway. Anything else runs as usual; functions that only wrap are commands.
function __kops_mfa_exec
    set -l command $argv
    set -l options
    for word in $argv[2..-1]
        set -e command[1]
        test "$word" = --; and break
        # Only for the program's own exec, and the default here.
        test "$word" = --no-server; or set -a options $word
    end
    if not functions --query -- "$command[2]"
        or contains -- "$command[2]" $__kops_mfa_wrapped
        or contains -- --server $options
        or __kops_mfa_prints env $options
        command kops-mfa $argv
        return
    end
    set -l fish_trace
    set -lx __kops_mfa_lines (env KOPS_MFA_SHELL=fish kops-mfa env $options | string collect --allow-empty)
    set -l state $pipestatus[1]
    test $state -eq 0; or return $state
    set -l run 'eval $__kops_mfa_lines; or exit; set -eg __kops_mfa_lines; $argv[1] $argv[2..-1]'
    set -l fish (status fish-path)
    $fish --init-command (functions -- $command[2] | string collect) --command $run $command[2..-1]
end

# Before each prompt: profile and time left, in KOPS_MFA_SEGMENT plain and in KOPS_MFA_PS1 with colour.
if status is-interactive
    function __kops_mfa_prompt --on-event fish_prompt
        set -g KOPS_MFA_PS1 ''
        set -g KOPS_MFA_SEGMENT ''
        __kops_mfa_carried; or return
        set -l left (math --scale=0 "($KOPS_MFA_EXPIRES_AT - "(date +%s)") / 60")
        set -l text expired
        set -l colour red
        if test $left -gt 0
            set text {$left}m
            set colour normal
            test $left -lt 15; and set colour yellow
            test $left -ge 60; and set text (math --scale=0 $left / 60)h(math $left % 60)m
        end
        set -l profile mfa
        set -q KOPS_MFA_PROFILE; and set profile $KOPS_MFA_PROFILE
        set KOPS_MFA_SEGMENT "$profile $text"
        set KOPS_MFA_PS1 $KOPS_MFA_SEGMENT
        if test $colour != normal; and test -z "$NO_COLOR"
            set KOPS_MFA_PS1 (set_color $colour)$KOPS_MFA_PS1(set_color normal)
        end
    end
end
