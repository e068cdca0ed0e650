# shellcheck shell=bash
# kops-mfa in zsh:  eval "$(kops-mfa init zsh)"  in ~/.zshrc
#
#   kops-mfa use prod    puts the session of a profile into this shell
#   kops-mfa off         takes it out again
#
# Everything else runs the program as usual, but that  kops-mfa exec  runs aliases and functions of this shell too. With
# kops-mfa init zsh --wrap kops,kubectl  these commands renew a session that is over before they run, and $KOPS_MFA_PS1 is
# for your prompt:  setopt prompt_subst; PS1='$KOPS_MFA_PS1 %# '
#
# Limit: AWS_PROFILE=x kops-mfa use  is refused only if zsh expands the alias below.

unalias kops-mfa 2>/dev/null || true

# All that a session sets or unsets.
typeset -ga __kops_mfa_variables=(
  AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_CREDENTIAL_EXPIRATION AWS_SESSION_EXPIRATION
  KOPS_MFA_PROFILE KOPS_MFA_EXPIRES_AT KOPS_MFA_ACCESS_KEY_ID KOPS_MFA_SESSION_ID KOPS_MFA_SET KOPS_MFA_PREVIOUS KOPS_MFA_SERVER
  AWS_REGION AWS_DEFAULT_REGION KOPS_STATE_STORE KOPS_CLUSTER_NAME
  KOPS_MFA_ROLE_ARN KOPS_MFA_ARN KOPS_MFA_EXTERNAL_ID KOPS_MFA_ROLE_SESSION_NAME KOPS_MFA_REGION
  AWS_PROFILE AWS_DEFAULT_PROFILE AWS_SECURITY_TOKEN AWS_ACCESS_KEY AWS_SECRET_KEY
  AWS_ROLE_ARN AWS_ROLE_SESSION_NAME AWS_WEB_IDENTITY_TOKEN_FILE
  AWS_CONTAINER_CREDENTIALS_FULL_URI AWS_CONTAINER_CREDENTIALS_RELATIVE_URI
  AWS_CONTAINER_AUTHORIZATION_TOKEN AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE KOPS_AWS_ROLE_ARN
)

# Puts into __kops_mfa_now what these variables are, a line each; of a secret only whether it is set.
function __kops_mfa_look {
  emulate -L zsh
  setopt no_xtrace
  local name value
  typeset -g __kops_mfa_now=''
  for name in "${__kops_mfa_variables[@]}"; do
    eval "value=\"\${$name+=}\${$name-}\""
    case $name in
      *SECRET* | *TOKEN | *ACCESS_KEY) value=${value:+=} ;;
    esac
    __kops_mfa_now+="$name$value"$'\n'
  done
}

function __kops_mfa_states {
  __kops_mfa_look
  print -rn -- "$__kops_mfa_now"
}

# Exports a variable, which then is the last one in the environment.
function __kops_mfa_mark {
  emulate -L zsh
  setopt no_xtrace
  unset __kops_mfa_marked
  typeset -gx __kops_mfa_marked=1
  ((1))
}
functions -M __kops_mfa_mark 0 0

# Inside a function, zsh does not distinguish  AWS_PROFILE=x kops-mfa use  from an exported AWS_PROFILE. But it expands the words of
# a command before it makes such assignments, so this word holds the values that the shell itself has. An assignment of the same
# value shows in the environment: zsh removes the variable and adds it again (save_params and addvars in Src/exec.c), after the mark.
alias kops-mfa='kops-mfa "$(__kops_mfa_states)${$((__kops_mfa_mark()))##*}"'

# Puts into __kops_mfa_assigned a variable that was exported after the mark, and removes the mark.
function __kops_mfa_find_assigned {
  emulate -L zsh
  setopt no_xtrace
  local exported name
  exported=$'\n'$(command env)$'\n'
  unset __kops_mfa_marked
  [[ $exported == *$'\n__kops_mfa_marked=1\n'* ]] || return 0
  exported=$'\n'${exported##*$'\n__kops_mfa_marked=1\n'}
  for name in "${__kops_mfa_variables[@]}"; do
    [[ $exported != *$'\n'"$name="* ]] || __kops_mfa_assigned=$name
  done
}

# Without options of its own: a function that it runs for exec is the person's, and has theirs.
function kops-mfa {
  typeset -g __kops_mfa_outer='' __kops_mfa_assigned=''
  if [[ ${1-} == AWS_ACCESS_KEY_ID*KOPS_AWS_ROLE_ARN* ]]; then
    __kops_mfa_outer=$1
    shift
    case ${1-} in
      use | off | env) __kops_mfa_find_assigned ;;
      *) unset __kops_mfa_marked ;;
    esac
  fi
  case ${1-} in
    use) shift && __kops_mfa_change env "$@" ;;
    off) shift && __kops_mfa_change env --unset "$@" ;;
    env)
      # Captured or piped: whoever did that evaluates it.
      if [[ -t 1 ]]; then __kops_mfa_change "$@"; else command kops-mfa "$@"; fi
      ;;
    exec)
      if __kops_mfa_is_own "$@"; then
        (__kops_mfa_evaluate "${__kops_mfa_options[@]}" && shift "$__kops_mfa_skipped" && eval "$1 \"\${@:2}\"")
      else
        command kops-mfa "$@"
      fi
      ;;
    doctor)
      # No program can see the functions of a shell.
      KOPS_MFA_INTEGRATION=zsh command kops-mfa "$@"
      ;;
    *) command kops-mfa "$@" ;;
  esac
}

# Evaluates in this shell what these words print; words that ask for something to read run as usual.
function __kops_mfa_change {
  # The person's own options may be odd ones, and a trace would show the secrets. Both are as before afterwards; the helpers
  # below run with the options of whoever calls them.
  emulate -L zsh
  setopt no_xtrace
  if __kops_mfa_prints "$@"; then
    command kops-mfa "$@"
    return
  fi
  __kops_mfa_is_shell_wide && __kops_mfa_evaluate "$@"
}

function __kops_mfa_evaluate {
  emulate -L zsh
  setopt no_xtrace
  # Assigned and then evaluated: eval "$(…)" would succeed where kops-mfa fails.
  local lines='' state=0
  lines=$(KOPS_MFA_SHELL=zsh command kops-mfa "$@") || state=$?
  if ((state == 0)); then
    eval "$lines" || state=$?
  fi
  if ((state == 0)); then
    __kops_mfa_remember "$@"
  fi
  return $state
}

function __kops_mfa_prints {
  local word
  for word in "$@"; do
    case $word in
      -h | --help | --format | --format=* | --output | --output=* | --shell | --shell=*) return 0 ;;
    esac
  done
  return 1
}

# Whether all these variables are the shell's own. If one is only set for this command or is local to a function, zsh restores what
# was there before at the end of it, over the session, and `off` would restore a value that the shell never had.
function __kops_mfa_is_shell_wide {
  local name kind rest scoped=${__kops_mfa_assigned-}
  for name in "${__kops_mfa_variables[@]}"; do
    eval "kind=\${(t)$name-}"
    [[ $kind != *local* ]] || scoped=$name
  done
  if [[ -z $scoped && -n $__kops_mfa_outer ]]; then
    __kops_mfa_look
    rest=$__kops_mfa_now
    while [[ -n $rest && $'\n'$__kops_mfa_outer$'\n' == *$'\n'"${rest%%$'\n'*}"$'\n'* ]]; do
      rest=${rest#*$'\n'}
    done
    scoped=${rest%%[^A-Z_]*}
  fi
  if [[ -n $scoped ]]; then
    printf 'kops-mfa: %s is set for this command only, but a session is for the whole shell; nothing has changed. %s\n' \
      "$scoped" 'Export it first, or name a profile: kops-mfa use PROFILE' >&2
    return 1
  fi
}

# Keeps the words for the next renewal, and whose they are. Not the code, which works once.
function __kops_mfa_remember {
  typeset -g __kops_mfa_at_prompt=''
  typeset -ga __kops_mfa_words=()
  typeset -g __kops_mfa_key=${KOPS_MFA_ACCESS_KEY_ID-}
  while (($# > 0)); do
    case $1 in
      --unset) __kops_mfa_key='' ;;
      --renew) ;;
      --token-code) shift ;;
      --token-code=*) ;;
      *) __kops_mfa_words+=("$1") ;;
    esac
    shift
  done
}

# Before a wrapped command, what the variables were at the prompt is the nearest there is: one that was set since is for this line.
# Asks again for what was asked for. A session that came in another way, as into a shell within a shell, names its profile.
function __kops_mfa_renew {
  typeset -g __kops_mfa_outer=${__kops_mfa_at_prompt-} __kops_mfa_assigned=''
  if [[ -n ${__kops_mfa_key-} && $__kops_mfa_key == "${KOPS_MFA_ACCESS_KEY_ID-}" ]]; then
    __kops_mfa_change env --renew "${__kops_mfa_words[@]:1}"
  else
    __kops_mfa_change env --renew
  fi
}

# Whether this shell carries a session that is still ours. Digits only: zsh would evaluate what else is in a number.
function __kops_mfa_carried {
  [[ -n ${KOPS_MFA_EXPIRES_AT-} && $KOPS_MFA_EXPIRES_AT != *[^0-9]* ]] &&
    [[ ${AWS_ACCESS_KEY_ID-} == "${KOPS_MFA_ACCESS_KEY_ID-}" ]]
}

# Renews the session that this shell carries, if it has less than five minutes left; no process while it is fresh.
function __kops_mfa_fresh {
  emulate -L zsh
  if ! __kops_mfa_carried; then
    return 0
  fi
  if ((KOPS_MFA_EXPIRES_AT - EPOCHSECONDS > 300)); then
    return 0
  fi
  __kops_mfa_renew
}

zmodload zsh/datetime

# Makes commands look after the session. A function of the person's own of that name is left alone.
function __kops_mfa_wrap {
  emulate -L zsh
  local name
  for name in "$@"; do
    if [[ $name != *[^A-Za-z0-9_.+-]* ]] && ! typeset -f "$name" >/dev/null; then
      unalias "$name" 2>/dev/null || true
      eval "function $name { __kops_mfa_fresh && command $name \"\$@\"; }"
      typeset -g __kops_mfa_wrapped="${__kops_mfa_wrapped-} $name "
    fi
  done
}

# Whether `exec … -- NAME …` names an alias or function of this shell, to be run in a subshell with the session; then, the
# options for env, and how many words come before the name. Commands that are only wrapped are commands.
function __kops_mfa_is_own {
  emulate -L zsh
  typeset -ga __kops_mfa_options=(env)
  typeset -gi __kops_mfa_skipped=2
  shift
  while (($# > 0)) && [[ $1 != -- ]]; do
    # Only for the program's own exec, and the default here.
    [[ $1 == --no-server ]] || __kops_mfa_options+=("$1")
    ((__kops_mfa_skipped += 1))
    shift
  done
  local name=${2-}
  if [[ -z $name || $name == *[^A-Za-z0-9_.+:-]* || ${__kops_mfa_wrapped-} == *" $name "* ]]; then
    return 1
  fi
  if [[ " ${__kops_mfa_options[*]} " == *' --server '* ]] || __kops_mfa_prints "${__kops_mfa_options[@]}"; then
    return 1
  fi
  typeset -f -- "$name" >/dev/null || alias -- "$name" >/dev/null
}

# Before each prompt: profile and time left, without a process, in KOPS_MFA_SEGMENT plain and in KOPS_MFA_PS1 for zsh, where
# %{ and %} keep the colour out of its count.
function __kops_mfa_prompt {
  emulate -L zsh
  typeset -g KOPS_MFA_PS1='' KOPS_MFA_SEGMENT='' __kops_mfa_at_prompt=''
  if ! __kops_mfa_carried; then
    return 0
  fi
  __kops_mfa_look
  __kops_mfa_at_prompt=$__kops_mfa_now
  local -i left=$(((KOPS_MFA_EXPIRES_AT - EPOCHSECONDS) / 60))
  local text colour=''
  if ((left <= 0)); then
    text=expired colour=31
  elif ((left < 60)); then
    text=${left}m
    if ((left < 15)); then colour=33; fi
  else
    text=$((left / 60))h$((left % 60))m
  fi
  KOPS_MFA_SEGMENT="${KOPS_MFA_PROFILE:-mfa} $text"
  # A profile's name is data: a percent sign in it is not zsh's.
  KOPS_MFA_PS1=${KOPS_MFA_SEGMENT//\%/%%}
  if [[ -n $colour && -z ${NO_COLOR-} ]]; then
    KOPS_MFA_PS1="%{"$'\e['"${colour}m%}$KOPS_MFA_PS1%{"$'\e[0m'"%}"
  fi
}

if [[ -o interactive ]]; then
  autoload -Uz add-zsh-hook
  add-zsh-hook precmd __kops_mfa_prompt
fi
