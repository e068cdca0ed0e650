# kops-mfa in fish:  kops-mfa init fish | source  in ~/.config/fish/config.fish
#
#   kops-mfa use prod    puts the session of a profile into this shell
#   kops-mfa off         takes it out again
#
# Everything else runs the program as usual. With  kops-mfa init fish --wrap kops,kubectl  these commands renew a session
# that is over before they run, and $KOPS_MFA_PS1 is for your prompt:  echo -n "$KOPS_MFA_PS1 > "

function kops-mfa --description 'One MFA code, and this shell can run kops'
    set -l words $argv
    switch "$argv[1]"
        case use
            set words env $argv[2..-1]
        case off
            set words env --unset $argv[2..-1]
        case env
            # Captured or piped: whoever did that evaluates it.
            if not isatty stdout
                command kops-mfa $words
                return
            end
    end
    if test "$words[1]" != env; or string match --quiet --regex -- '^(-h|--help|--(format|output|shell)(=.*)?)$' $words
        command kops-mfa $words
        return
    end
    # Collected and then evaluated: `| source` would succeed where kops-mfa fails.
    set -l lines (env KOPS_MFA_SHELL=fish kops-mfa $words | string collect --allow-empty)
    set -l state $pipestatus[1]
    test $state -eq 0; or return $state
    eval $lines
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
    kops-mfa use
end

# Makes commands look after the session. A function of the person's own of that name is left alone.
function __kops_mfa_wrap
    for name in $argv
        string match --quiet --regex '^[A-Za-z0-9_.+-]+$' -- $name; or continue
        functions --query $name; and continue
        eval "function $name --wraps $name; __kops_mfa_fresh; and command $name \$argv; end"
    end
end

# Before each prompt: profile and time left.
if status is-interactive
    function __kops_mfa_prompt --on-event fish_prompt
        set -g KOPS_MFA_PS1 ''
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
        set KOPS_MFA_PS1 "$profile $text"
        if test $colour != normal; and not set -q NO_COLOR
            set KOPS_MFA_PS1 (set_color $colour)$KOPS_MFA_PS1(set_color normal)
        end
    end
end
