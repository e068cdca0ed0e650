# shellcheck shell=bash
# kops-mfa in zsh:  eval "$(kops-mfa init zsh)"  in ~/.zshrc
#
#   kops-mfa use prod    puts the session of a profile into this shell
#   kops-mfa off         takes it out again
#
# Everything else runs the program as usual. With  kops-mfa init zsh --wrap kops,kubectl  these commands renew a session
# that is over before they run, and $KOPS_MFA_PS1 is for your prompt:  setopt prompt_subst; PS1='$KOPS_MFA_PS1 %# '

unalias kops-mfa 2>/dev/null || true

function kops-mfa {
  # The person's own options may be odd ones; a trace would show the secrets. Both are as before afterwards.
  emulate -L zsh
  setopt no_xtrace
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
  # Assigned and then evaluated: eval "$(…)" would succeed where kops-mfa fails.
  local lines='' state=0
  lines=$(KOPS_MFA_SHELL=zsh command kops-mfa "$@") || state=$?
  if ((state == 0)); then
    eval "$lines" || state=$?
  fi
  return $state
}

# Whether the words ask for something to read, not for a change of this shell.
function __kops_mfa_prints {
  emulate -L zsh
  local word
  for word in "$@"; do
    case $word in
      -h | --help | --format | --format=* | --output | --output=* | --shell | --shell=*) return 0 ;;
    esac
  done
  return 1
}

# Whether this shell carries a session that is still ours. Digits only: zsh would evaluate what else is in a number.
function __kops_mfa_carried {
  emulate -L zsh
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
  kops-mfa use
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
    fi
  done
}

# Before each prompt: profile and time left, without a process. %{ and %} keep the colour out of zsh's count.
function __kops_mfa_prompt {
  emulate -L zsh
  typeset -g KOPS_MFA_PS1=''
  if ! __kops_mfa_carried; then
    return 0
  fi
  local -i left=$(((KOPS_MFA_EXPIRES_AT - EPOCHSECONDS) / 60))
  local text colour='' profile=${KOPS_MFA_PROFILE:-mfa}
  if ((left <= 0)); then
    text=expired colour=31
  elif ((left < 60)); then
    text=${left}m
    if ((left < 15)); then colour=33; fi
  else
    text=$((left / 60))h$((left % 60))m
  fi
  # A profile's name is data: a percent sign in it is not zsh's.
  KOPS_MFA_PS1="${profile//\%/%%} $text"
  if [[ -n $colour && -z ${NO_COLOR-} ]]; then
    KOPS_MFA_PS1="%{"$'\e['"${colour}m%}$KOPS_MFA_PS1%{"$'\e[0m'"%}"
  fi
}

if [[ -o interactive ]]; then
  autoload -Uz add-zsh-hook
  add-zsh-hook precmd __kops_mfa_prompt
fi
