# shellcheck shell=bash
# kops-mfa in bash (3.2 or later):  eval "$(kops-mfa init bash)"  in ~/.bashrc
#
#   kops-mfa use prod    puts the session of a profile into this shell
#   kops-mfa off         takes it out again
#
# Everything else runs the program as usual. With  kops-mfa init bash --wrap kops,kubectl  these commands renew a session
# that is over before they run, and $KOPS_MFA_PS1 is for your prompt:  PS1='$KOPS_MFA_PS1 \$ '

unalias kops-mfa 2>/dev/null || true

function kops-mfa {
  case ${1-} in
    use) shift && set -- env "$@" ;;
    off) shift && set -- env --unset "$@" ;;
    env)
      # Captured or piped: whoever did that evaluates it.
      if [[ ! -t 1 ]]; then
        command kops-mfa "$@"
        return
      fi
      ;;
  esac
  if [[ ${1-} != env ]] || __kops_mfa_prints "$@"; then
    command kops-mfa "$@"
    return
  fi
  # Assigned and then evaluated: eval "$(…)" would succeed where kops-mfa fails. No trace, which would show the secrets.
  local trace='' lines='' state=0
  { [[ $- != *x* ]] || { trace=x && set +x; }; } 2>/dev/null
  lines=$(KOPS_MFA_SHELL=bash command kops-mfa "$@") || state=$?
  if ((state == 0)); then
    eval "$lines" || state=$?
  fi
  if [[ -n $trace ]]; then
    set -x
  fi
  return "$state"
}

# Whether the words ask for something to read, not for a change of this shell.
function __kops_mfa_prints {
  local word
  for word in "$@"; do
    case $word in
      -h | --help | --format | --format=* | --output | --output=* | --shell | --shell=*) return 0 ;;
    esac
  done
  return 1
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
  kops-mfa use
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
    fi
  done
}

# Before each prompt: profile and time left, without a process. \001 and \002 keep the colour out of readline's count.
function __kops_mfa_prompt {
  local state=$?
  KOPS_MFA_PS1=''
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
    KOPS_MFA_PS1="${KOPS_MFA_PROFILE:-mfa} $text"
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
