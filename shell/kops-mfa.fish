# kops-mfa in fish:  kops-mfa init fish | source  in ~/.config/fish/config.fish
#
#   kops-mfa use prod    puts the session of a profile into this shell
#   kops-mfa off         takes it out again
#
# Everything else runs the program as usual.

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
