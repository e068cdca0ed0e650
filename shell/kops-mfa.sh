# shellcheck shell=sh
# kops-mfa in dash, ksh and other POSIX shells:  eval "$(kops-mfa init sh)"
# These shells take no function name with a hyphen, so the name is an alias; it works where aliases do, that is when you type.

__kops_mfa() {
  case ${1-} in
    use)
      shift
      set -- env "$@"
      ;;
    off)
      shift
      set -- env --unset "$@"
      ;;
    env)
      # Captured or piped: whoever did that evaluates it.
      if [ ! -t 1 ]; then
        command kops-mfa "$@"
        return
      fi
      ;;
  esac
  if [ "${1-}" != env ] || __kops_mfa_prints "$@"; then
    command kops-mfa "$@"
    return
  fi
  # Assigned and then evaluated: eval "$(…)" would succeed where kops-mfa fails. No trace, which would show the secrets.
  { case $- in *x*) __kops_mfa_trace=x && set +x ;; *) __kops_mfa_trace= ;; esac } 2>/dev/null
  __kops_mfa_status=0
  __kops_mfa_lines=$(KOPS_MFA_SHELL='sh' command kops-mfa "$@") || __kops_mfa_status=$?
  if [ "$__kops_mfa_status" -eq 0 ]; then
    eval "$__kops_mfa_lines"
  fi
  unset __kops_mfa_lines
  if [ -n "$__kops_mfa_trace" ]; then
    set -x
  fi
  return "$__kops_mfa_status"
}

# Whether the words ask for something to read, not for a change of this shell.
__kops_mfa_prints() {
  for __kops_mfa_word; do
    case $__kops_mfa_word in
      -h | --help | --format | --format=* | --output | --output=* | --shell | --shell=*) return 0 ;;
    esac
  done
  return 1
}

alias kops-mfa=__kops_mfa

# Renews the session that this shell carries, if it is ours and has less than five minutes left. POSIX has no clock: one `date`.
__kops_mfa_fresh() {
  case ${KOPS_MFA_EXPIRES_AT-} in
    '' | *[!0-9]*) return 0 ;;
  esac
  if [ "${AWS_ACCESS_KEY_ID-}" != "${KOPS_MFA_ACCESS_KEY_ID-}" ]; then
    return 0
  fi
  if [ $((KOPS_MFA_EXPIRES_AT - $(date +%s))) -gt 300 ]; then
    return 0
  fi
  __kops_mfa use
}

# Makes commands look after the session, where their names can be those of functions.
__kops_mfa_wrap() {
  for __kops_mfa_word; do
    case $__kops_mfa_word in
      '' | [0-9]* | *[!A-Za-z0-9_]*) ;;
      *) eval "$__kops_mfa_word() { __kops_mfa_fresh && command $__kops_mfa_word \"\$@\"; }" ;;
    esac
  done
}
