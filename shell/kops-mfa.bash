# shellcheck shell=bash
# kops-mfa in bash (3.2 or later):  eval "$(kops-mfa init bash)"  in ~/.bashrc
#
#   kops-mfa use prod    puts the session of a profile into this shell
#   kops-mfa off         takes it out again
#
# Everything else runs the program as usual.

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
