# Completion of kops-mfa in fish (3.4 or later):  kops-mfa completions fish | source  in ~/.config/fish/config.fish, or this file as
# ~/.config/fish/completions/kops-mfa.fish
# {{made}}
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

# {{table}}
