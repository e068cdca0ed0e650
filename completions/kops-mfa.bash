# shellcheck shell=bash
# Completion of kops-mfa in bash (3.2 or later):  eval "$(kops-mfa completions bash)"  in ~/.bashrc, or this file as
# ~/.local/share/bash-completion/completions/kops-mfa, where bash-completion finds it.
# Made from the program's table of commands by `npm run completions`: change src/completion, not this.
# Nothing of what is typed, and nothing that files or programs say, is evaluated.

# $2 is what readline is about to replace.
function _kops_mfa {
  local IFS=$' \t\n' words=() current='' quote='' first='' lines=()
  local options='' arguments='' values='' goes_on='' replaced=${2-}
  COMPREPLY=()
  if [[ -n ${COMP_LINE-} ]]; then
    __kops_mfa_comp_split "${COMP_LINE:0:COMP_POINT}"
  else
    __kops_mfa_comp_split "${COMP_WORDS[*]:0:COMP_CWORD+1}"
  fi
  words=("${words[@]:1}")
  # Options of kops-mfa may stand before its command, and before that of kops.
  __kops_mfa_comp_table '' ''
  while ((${#words[@]} > 0)) && [[ " $options " == *" ${words[0]%%=*} "* ]]; do
    __kops_mfa_comp_table '' "${words[0]}"
    words=("${words[@]:1}")
    if [[ -z $values ]]; then
      continue
    elif ((${#words[@]} == 0)); then
      __kops_mfa_comp_values "$values"
      return 0
    fi
    words=("${words[@]:1}")
  done
  first=${words[0]-}
  if ((${#words[@]} == 0)); then
    __kops_mfa_comp_first
  elif __kops_mfa_comp_table "$first" ''; then
    __kops_mfa_comp_ours
  else
    __kops_mfa_comp_kops
  fi
}

__kops_mfa_comp_commands='env exec login logout status explain doctor kubeconfig credential-process policy init completions setup use off'
__kops_mfa_comp_kops_commands='completion create delete distrust edit export get help promote reconcile replace rolling-update toolbox trust update upgrade validate version'

# Sets `options`, `arguments` and `goes_on` to what a command takes, or what may stand before any for an empty word, and `values`
# to what its option $2 takes. Fails if there is no such command.
function __kops_mfa_comp_table {
  values='' goes_on=''
  case $1 in
    '')
      options='--profile -p --region --role-arn --serial-number --token-code --role-session-name --external-id --duration-seconds --duration --min-ttl --no-session --no-prompt --server --no-server --help -h --version'
      arguments=''
      case $2 in
        --profile | -p) values='profile' ;;
        --region | --role-arn | --serial-number | --token-code | --role-session-name | --external-id | --duration-seconds | --duration | --min-ttl) values='anything' ;;
      esac
      ;;
    env)
      options='--profile -p --region --role-arn --serial-number --token-code --role-session-name --external-id --duration-seconds --duration --min-ttl --no-session --no-prompt --shell --format --output --unset --renew --help -h'
      arguments='profile'
      case $2 in
        --profile | -p) values='profile' ;;
        --region | --role-arn | --serial-number | --token-code | --role-session-name | --external-id | --duration-seconds | --duration | --min-ttl) values='anything' ;;
        --shell) values='bash,zsh,sh,fish,powershell,tcsh,nushell,elvish,xonsh,cmd' ;;
        --format) values='export,dotenv,json,process,github' ;;
        --output) values='file' ;;
      esac
      ;;
    exec)
      options='--profile -p --region --role-arn --serial-number --token-code --role-session-name --external-id --duration-seconds --duration --min-ttl --no-session --no-prompt --server --no-server --help -h'
      arguments='profile'
      goes_on=yes
      case $2 in
        --profile | -p) values='profile' ;;
        --region | --role-arn | --serial-number | --token-code | --role-session-name | --external-id | --duration-seconds | --duration | --min-ttl) values='anything' ;;
      esac
      ;;
    login)
      options='--profile -p --region --role-arn --serial-number --token-code --role-session-name --external-id --duration-seconds --duration --min-ttl --no-session --no-prompt --help -h'
      arguments='profile'
      case $2 in
        --profile | -p) values='profile' ;;
        --region | --role-arn | --serial-number | --token-code | --role-session-name | --external-id | --duration-seconds | --duration | --min-ttl) values='anything' ;;
      esac
      ;;
    logout)
      options='--help -h'
      arguments='profile'
      ;;
    status)
      options='--profile -p --region --role-arn --serial-number --token-code --role-session-name --external-id --duration-seconds --duration --min-ttl --no-session --no-prompt --json --help -h'
      arguments='profile'
      case $2 in
        --profile | -p) values='profile' ;;
        --region | --role-arn | --serial-number | --token-code | --role-session-name | --external-id | --duration-seconds | --duration | --min-ttl) values='anything' ;;
      esac
      ;;
    explain)
      options='--profile -p --region --role-arn --serial-number --token-code --role-session-name --external-id --duration-seconds --duration --min-ttl --no-session --no-prompt --json --help -h'
      arguments='profile'
      case $2 in
        --profile | -p) values='profile' ;;
        --region | --role-arn | --serial-number | --token-code | --role-session-name | --external-id | --duration-seconds | --duration | --min-ttl) values='anything' ;;
      esac
      ;;
    doctor)
      options='--profile -p --region --role-arn --serial-number --token-code --role-session-name --external-id --duration-seconds --duration --min-ttl --no-session --no-prompt --state --login --offline --json --help -h'
      arguments='profile'
      case $2 in
        --profile | -p) values='profile' ;;
        --region | --role-arn | --serial-number | --token-code | --role-session-name | --external-id | --duration-seconds | --duration | --min-ttl | --state) values='anything' ;;
      esac
      ;;
    kubeconfig)
      options='--kubeconfig --all --profile -p --role-arn --serial-number --undo --dry-run --yes -y --help -h'
      arguments='anything'
      case $2 in
        --kubeconfig) values='file' ;;
        --profile | -p) values='profile' ;;
        --role-arn | --serial-number) values='anything' ;;
      esac
      ;;
    credential-process)
      options='--profile -p --region --role-arn --serial-number --token-code --role-session-name --external-id --duration-seconds --duration --min-ttl --no-session --no-prompt --help -h'
      arguments='profile'
      case $2 in
        --profile | -p) values='profile' ;;
        --region | --role-arn | --serial-number | --token-code | --role-session-name | --external-id | --duration-seconds | --duration | --min-ttl) values='anything' ;;
      esac
      ;;
    policy)
      options='--profile -p --format --state-store --account --role-name --max-session-duration --user --group --user-account --mfa-age --session-name-rule --manage-mfa --manage-clusters --bucket-policy --cluster --allow --partition --region --help -h'
      arguments='profile'
      case $2 in
        --profile | -p) values='profile' ;;
        --format) values='json,script,cloudformation,terraform' ;;
        --state-store | --account | --role-name | --max-session-duration | --user | --group | --user-account | --mfa-age | --cluster | --allow | --region) values='anything' ;;
        --partition) values='aws,aws-cn,aws-us-gov' ;;
      esac
      ;;
    init)
      options='--wrap --output --help -h'
      arguments='bash,zsh,sh,fish,powershell,tcsh,nushell,elvish,xonsh'
      case $2 in
        --wrap) values='anything' ;;
        --output) values='file' ;;
      esac
      ;;
    completions)
      options='--help -h'
      arguments='bash,zsh,fish,powershell,nushell,elvish'
      ;;
    setup)
      options='--profile -p --source-profile --serial-number --role-arn --external-id --region --state-store --cluster --default --no-default --token-code --yes -y --no-login --dry-run --shell-startup --no-shell-startup --help -h'
      arguments='profile'
      case $2 in
        --profile | -p | --source-profile) values='profile' ;;
        --serial-number | --role-arn | --external-id | --region | --state-store | --cluster | --token-code) values='anything' ;;
      esac
      ;;
    use)
      options='--profile -p --region --role-arn --serial-number --token-code --role-session-name --external-id --duration-seconds --duration --min-ttl --no-session --no-prompt --renew --help -h'
      arguments='profile'
      case $2 in
        --profile | -p) values='profile' ;;
        --region | --role-arn | --serial-number | --token-code | --role-session-name | --external-id | --duration-seconds | --duration | --min-ttl) values='anything' ;;
      esac
      ;;
    off)
      options='--help -h'
      arguments=''
      ;;
    *) return 1 ;;
  esac
}

function __kops_mfa_comp_first {
  if [[ $current == -* ]]; then
    __kops_mfa_comp_option
    __kops_mfa_comp_kops
    return 0
  fi
  __kops_mfa_comp_lines "${__kops_mfa_comp_commands// /$'\n'}"
  __kops_mfa_comp_offer "${lines[@]}"
  if type -P kops >/dev/null; then
    __kops_mfa_comp_lines "${__kops_mfa_comp_kops_commands// /$'\n'}"
    __kops_mfa_comp_offer "${lines[@]}"
  fi
}

# A command of kops-mfa: what is expected follows from the words before.
function __kops_mfa_comp_ours {
  local word pending='' place=0 ended=''
  for word in "${words[@]:1}"; do
    if [[ -n $pending ]]; then
      pending=''
    elif [[ -n $ended ]]; then
      place=$((place + 1))
    elif [[ $word == -- ]]; then
      ended=yes
    elif [[ $word == -* ]]; then
      __kops_mfa_comp_table "$first" "$word"
      pending=$values
    else
      place=$((place + 1))
    fi
  done
  if [[ -n $pending ]]; then
    __kops_mfa_comp_values "$pending"
  elif [[ -n $ended && -n $goes_on ]]; then
    __kops_mfa_comp_command
  elif [[ -z $ended && $current == -* ]]; then
    __kops_mfa_comp_option
  else
    __kops_mfa_comp_lines "${arguments// /$'\n'}"
    __kops_mfa_comp_values "${lines[place]-}"
  fi
}

# An option, or the value that is typed behind its equal sign.
function __kops_mfa_comp_option {
  if [[ $current == *=* ]]; then
    __kops_mfa_comp_table "$first" "${current%%=*}"
    __kops_mfa_comp_values "$values" "${current%%=*}="
  else
    __kops_mfa_comp_values "${options// /,}"
  fi
}

# Offers values of a kind (profile, file, …; or the words themselves, with commas) after what stands before them in the same word.
function __kops_mfa_comp_values {
  local prefix=${2-}
  case $1 in
    profile)
      __kops_mfa_comp_lines "$(command kops-mfa __profiles </dev/null 2>/dev/null || true)"
      ;;
    file)
      __kops_mfa_comp_files ''
      return 0
      ;;
    '' | anything) return 0 ;;
    *) __kops_mfa_comp_lines "${1//,/$'\n'}" ;;
  esac
  if ((${#lines[@]} > 0)); then
    __kops_mfa_comp_offer "${lines[@]/#/$prefix}"
  fi
}

# What kops says; where it says nothing, nothing is offered.
function __kops_mfa_comp_kops {
  local how line
  if [[ $first == -- ]]; then
    words=("${words[@]:1}")
  fi
  __kops_mfa_comp_lines "$(command kops-mfa __complete-kops ${words[@]+"${words[@]}"} "=$current" </dev/null 2>/dev/null || true)"
  how=${lines[0]-}
  case $how in
    :nospace) compopt -o nospace 2>/dev/null || true ;;
    :files*)
      __kops_mfa_comp_files "${how#:files}"
      return 0
      ;;
    :directories)
      __kops_mfa_comp_files /
      return 0
      ;;
  esac
  # The order of kops says something.
  compopt -o nosort 2>/dev/null || true
  for line in ${lines[@]+"${lines[@]:1}"}; do
    __kops_mfa_comp_offer "${line%%$'\t'*}"
  done
}

# A command line of its own: bash-completion knows how to go on; without it there are names of commands, and files.
function __kops_mfa_comp_command {
  local index=1
  while ((index < COMP_CWORD)) && [[ ${COMP_WORDS[index]} != -- ]]; do
    index=$((index + 1))
  done
  index=$((index + 1))
  if declare -F _comp_command_offset >/dev/null; then
    _comp_command_offset "$index"
  elif declare -F _command_offset >/dev/null; then
    _command_offset "$index"
  elif ((COMP_CWORD == index)) && [[ $current != */* ]]; then
    __kops_mfa_comp_lines "$(compgen -c -- "$current" || true)"
    COMPREPLY=(${lines[@]+"${lines[@]}"})
  else
    __kops_mfa_comp_files ''
  fi
}

# Files with one of the endings, and directories; with no ending all files, with / none.
function __kops_mfa_comp_files {
  local file ending
  # readline itself completes files best; bash 3.2 cannot be told so from here.
  if [[ -z $1 ]] && compopt -o default 2>/dev/null; then
    return 0
  fi
  compopt -o filenames 2>/dev/null || true
  __kops_mfa_comp_lines "$(compgen -f -- "$replaced" || true)"
  for file in ${lines[@]+"${lines[@]}"}; do
    if [[ -z $1 || -d $file ]]; then
      COMPREPLY+=("$file")
      continue
    fi
    for ending in $1; do
      if [[ $file == *"$ending" ]]; then
        COMPREPLY+=("$file")
        break
      fi
    done
  done
}

# Offers those of the words that begin with what is typed: the part of them that readline replaces, quoted for where it stands.
function __kops_mfa_comp_offer {
  local candidate before quoted
  __kops_mfa_comp_before
  for candidate in "$@"; do
    if [[ $candidate != "$current"* ]]; then
      continue
    fi
    candidate=${candidate#"$before"}
    case $quote in
      \') quoted=${candidate//\'/\'\\\'\'} ;;
      \")
        quoted=${candidate//\\/\\\\}
        quoted=${quoted//\"/\\\"}
        quoted=${quoted//\$/\\\$}
        quoted=${quoted//\`/\\\`}
        # The history is looked into between double quotes too.
        quoted=${quoted//!/\"\'!\'\"}
        ;;
      *) printf -v quoted %q "$candidate" ;;
    esac
    COMPREPLY+=("$quoted")
  done
}

# Sets `before` to what is typed of the last word and not replaced: readline takes colons and equal signs for ends of words.
function __kops_mfa_comp_before {
  local typed=$current open=$quote
  local words=() current='' quote=''
  __kops_mfa_comp_split "$open$replaced"
  before=${typed%"$current"}
}

# Sets `words` and, for the last of them, `current` to the words of a line without their quotes, and `quote` to the one still open.
function __kops_mfa_comp_split {
  local line=$1 length=${#1} index=0 character next started=''
  words=() current='' quote=''
  while ((index < length)); do
    character=${line:index:1} next=${line:index+1:1}
    case $quote$character in
      "''" | '""') quote='' ;;
      \'?) current+=$character ;;
      \"\\)
        if [[ $next == [\"\\\$\`] ]]; then index=$((index + 1)) character=$next; fi
        current+=$character
        ;;
      \"?) current+=$character ;;
      \' | \") quote=$character started=yes ;;
      \\) index=$((index + 1)) current+=$next started=yes ;;
      [$' \t\n'])
        if [[ -n $started ]]; then words+=("$current"); fi
        current='' started=''
        ;;
      *) current+=$character started=yes ;;
    esac
    index=$((index + 1))
  done
}

# Sets `lines` to the lines of a text, without those that are empty.
function __kops_mfa_comp_lines {
  local IFS=$'\n' had=$-
  set -f
  # shellcheck disable=SC2206 # split at line ends, and nowhere else
  lines=($1)
  if [[ $had != *f* ]]; then
    set +f
  fi
}

complete -F _kops_mfa kops-mfa
