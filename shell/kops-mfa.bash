# shellcheck shell=bash
# kops-mfa in bash (3.2 or later):  eval "$(kops-mfa init bash)"  in ~/.bashrc
#
#   kops-mfa use prod    puts the session of a profile into this shell
#   kops-mfa off         takes it out again
#
# Everything else runs the program as usual, but that  kops-mfa exec  runs aliases and functions of this shell too. With
# kops-mfa init bash --wrap kops,kubectl  these commands renew a session that is over before they run, and $KOPS_MFA_PS1 is
# for your prompt:  PS1='$KOPS_MFA_PS1 \$ '
#
# What bash before 4.2 leaves open: AWS_PROFILE=x kops-mfa use  is refused only if the shell has an AWS_PROFILE as well.

unalias kops-mfa 2>/dev/null || true

function kops-mfa {
  case ${1-} in
    use) __kops_mfa_change env "${@:2}" ;;
    off) __kops_mfa_change env --unset "${@:2}" ;;
    env)
      # Captured or piped: whoever did that evaluates it.
      if [[ -t 1 ]]; then __kops_mfa_change "$@"; else command kops-mfa "$@"; fi
      ;;
    exec) __kops_mfa_exec "$@" ;;
    doctor)
      # No program can see the functions of a shell.
      KOPS_MFA_INTEGRATION=bash command kops-mfa "$@"
      ;;
    *) command kops-mfa "$@" ;;
  esac
}

# Evaluates in this shell what these words print; words that ask for something to read run as usual.
function __kops_mfa_change {
  if __kops_mfa_prints "$@"; then
    command kops-mfa "$@"
    return
  fi
  __kops_mfa_is_shell_wide || return 1
  __kops_mfa_evaluate "$@"
}

function __kops_mfa_evaluate {
  # Assigned and then evaluated: eval "$(…)" would succeed where kops-mfa fails. No trace, which would show the secrets.
  local trace='' lines='' state=0
  { [[ $- != *x* ]] || { trace=x && set +x; }; } 2>/dev/null
  lines=$(KOPS_MFA_SHELL=bash command kops-mfa "$@") || state=$?
  if ((state == 0)); then
    eval "$lines" || state=$?
  fi
  if ((state == 0)); then
    __kops_mfa_remember "$@"
  fi
  if [[ -n $trace ]]; then
    set -x
  fi
  return "$state"
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

# All that a session sets or unsets.
__kops_mfa_variables=(
  AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_CREDENTIAL_EXPIRATION AWS_SESSION_EXPIRATION
  KOPS_MFA_PROFILE KOPS_MFA_EXPIRES_AT KOPS_MFA_ACCESS_KEY_ID KOPS_MFA_SESSION_ID KOPS_MFA_SET KOPS_MFA_PREVIOUS KOPS_MFA_SERVER
  AWS_REGION AWS_DEFAULT_REGION KOPS_STATE_STORE KOPS_CLUSTER_NAME
  KOPS_MFA_ROLE_ARN KOPS_MFA_ARN KOPS_MFA_EXTERNAL_ID KOPS_MFA_ROLE_SESSION_NAME KOPS_MFA_REGION
  AWS_PROFILE AWS_DEFAULT_PROFILE AWS_SECURITY_TOKEN AWS_ACCESS_KEY AWS_SECRET_KEY
  AWS_ROLE_ARN AWS_ROLE_SESSION_NAME AWS_WEB_IDENTITY_TOKEN_FILE
  AWS_CONTAINER_CREDENTIALS_FULL_URI AWS_CONTAINER_CREDENTIALS_RELATIVE_URI
  AWS_CONTAINER_AUTHORIZATION_TOKEN AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE KOPS_AWS_ROLE_ARN
)

# Whether all these variables are the shell's own. If one is only set for this command (AWS_PROFILE=x kops-mfa use) or is local to a
# function, bash drops the session's value at the end of it, and `off` would restore one that the shell never had. A local variable
# hides the global one that declare -g sets; before bash 4.2, which has no -g, unset reveals a global one below it.
function __kops_mfa_is_shell_wide {
  local name=''
  {
    name=$(
      set +ex
      for name in "${__kops_mfa_variables[@]}"; do
        if declare -g "$name=probe"; then
          [[ ${!name} == probe ]] || printf '%s ' "$name"
        elif unset "$name"; then
          [[ -z ${!name+set} ]] || printf '%s ' "$name"
        fi
      done
    )
  } 2>/dev/null
  if [[ -n $name ]]; then
    printf 'kops-mfa: %s is set for this command only, but a session is for the whole shell; nothing has changed. %s\n' \
      "${name%% *}" 'Export it first, or name a profile: kops-mfa use PROFILE' >&2
    return 1
  fi
}

# Keeps the words for the next renewal, and whose they are. Not the code, which works once.
function __kops_mfa_remember {
  __kops_mfa_words=()
  __kops_mfa_key=${KOPS_MFA_ACCESS_KEY_ID-}
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

# Asks again for what was asked for. A session that came in another way, as into a shell within a shell, names its profile.
function __kops_mfa_renew {
  if [[ -n ${__kops_mfa_key-} && $__kops_mfa_key == "${KOPS_MFA_ACCESS_KEY_ID-}" ]]; then
    __kops_mfa_change env --renew "${__kops_mfa_words[@]:1}"
  else
    __kops_mfa_change env --renew
  fi
}

# Whether this shell carries a session that is still ours. Digits only: bash would run what else is in a number.
function __kops_mfa_carried {
  [[ -n ${KOPS_MFA_EXPIRES_AT-} && $KOPS_MFA_EXPIRES_AT != *[!0-9]* ]] &&
    [[ ${AWS_ACCESS_KEY_ID-} == "${KOPS_MFA_ACCESS_KEY_ID-}" ]]
}

# Renews the session that this shell carries, if it has less than five minutes left; no process while it is fresh.
function __kops_mfa_fresh {
  if ! __kops_mfa_carried; then
    return 0
  fi
  __kops_mfa_now
  if ((KOPS_MFA_EXPIRES_AT - __kops_mfa_time > 300)); then
    return 0
  fi
  __kops_mfa_renew
}

# bash 5 has a variable, 4.2 a builtin, and macOS's 3.2 neither.
if [[ -n ${EPOCHSECONDS-} ]]; then
  function __kops_mfa_now { __kops_mfa_time=$EPOCHSECONDS; }
elif printf -v __kops_mfa_time '%(%s)T' -1 2>/dev/null; then
  function __kops_mfa_now { printf -v __kops_mfa_time '%(%s)T' -1; }
else
  function __kops_mfa_now { __kops_mfa_time=$(date +%s); }
fi

# Makes commands look after the session. A function of the person's own of that name is left alone.
function __kops_mfa_wrap {
  local name
  for name in "$@"; do
    if [[ $name =~ ^[A-Za-z0-9_.+-]+$ ]] && ! declare -F "$name" >/dev/null; then
      unalias "$name" 2>/dev/null || true
      eval "function $name { __kops_mfa_fresh && command $name \"\$@\"; }"
      __kops_mfa_wrapped+=" $name "
    fi
  done
}

# `exec … -- NAME …`: an alias or function of this shell runs in a subshell with the session, anything else as usual.
function __kops_mfa_exec {
  local typed=("$@") words=(env)
  shift
  while (($# > 0)) && [[ $1 != -- ]]; do
    # Only for the program's own exec, and the default here.
    [[ $1 == --no-server ]] || words+=("$1")
    shift
  done
  if ! __kops_mfa_is_own "${2-}" || [[ " ${words[*]} " == *' --server '* ]] || __kops_mfa_prints "${words[@]}"; then
    command kops-mfa "${typed[@]}"
    return
  fi
  shift
  (__kops_mfa_merge && __kops_mfa_evaluate "${words[@]}" && eval "$1 \"\${@:2}\"")
}

# Makes what is set for this command only the subshell's own, since an unset in the session's lines would reveal the shell's.
function __kops_mfa_merge {
  local name value trace=''
  { [[ $- != *x* ]] || { trace=x && set +x; }; } 2>/dev/null
  for name in "${__kops_mfa_variables[@]}"; do
    [[ -n ${!name+set} ]] || continue
    value=${!name}
    while [[ -n ${!name+set} ]]; do
      unset "$name" 2>/dev/null || continue 2
    done
    export "$name=$value"
  done
  if [[ -n $trace ]]; then
    set -x
  fi
}

# Whether an alias or function of this shell has the name; those that are only wrapped are commands.
function __kops_mfa_is_own {
  [[ $1 =~ ^[A-Za-z0-9_.+:-]+$ && ${__kops_mfa_wrapped-} != *" $1 "* ]] || return 1
  declare -F -- "$1" >/dev/null || { shopt -q expand_aliases && alias -- "$1" >/dev/null 2>&1; }
}

# Before each prompt: profile and time left, without a process, in KOPS_MFA_SEGMENT plain and in KOPS_MFA_PS1 for bash, where
# \001 and \002 keep the colour out of readline's count.
function __kops_mfa_prompt {
  local state=$?
  KOPS_MFA_PS1=''
  KOPS_MFA_SEGMENT=''
  if __kops_mfa_carried; then
    __kops_mfa_now
    local left=$(((KOPS_MFA_EXPIRES_AT - __kops_mfa_time) / 60)) text colour=''
    if ((left <= 0)); then
      text=expired colour=31
    elif ((left < 60)); then
      text=${left}m
      if ((left < 15)); then colour=33; fi
    else
      text=$((left / 60))h$((left % 60))m
    fi
    KOPS_MFA_SEGMENT="${KOPS_MFA_PROFILE:-mfa} $text"
    KOPS_MFA_PS1=$KOPS_MFA_SEGMENT
    if [[ -n $colour && -z ${NO_COLOR-} ]]; then
      KOPS_MFA_PS1=$'\001\e['"${colour}m"$'\002'"$KOPS_MFA_PS1"$'\001\e[0m\002'
    fi
  fi
  return "$state"
}

# In front of what is there, so that everybody sees the true $?; once, however often this is loaded.
if [[ $- == *i* && ";${PROMPT_COMMAND[*]-};" != *__kops_mfa_prompt* ]]; then
  if [[ ${BASH_VERSINFO[0]}${BASH_VERSINFO[1]} -ge 51 ]]; then
    PROMPT_COMMAND=(__kops_mfa_prompt "${PROMPT_COMMAND[@]-}")
  else
    # shellcheck disable=SC2128,SC2178 # before 5.1 it is a string
    PROMPT_COMMAND="__kops_mfa_prompt${PROMPT_COMMAND:+;$PROMPT_COMMAND}"
  fi
fi
