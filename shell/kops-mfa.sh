# shellcheck shell=sh
# kops-mfa in dash, ksh and other POSIX shells:  eval "$(kops-mfa init sh)"  in the file that ENV names
#
#   kops-mfa use prod    puts the session of a profile into this shell
#   kops-mfa off         takes it out again
#
# Everything else runs the program as usual, but that  kops-mfa exec  runs aliases and functions of this shell too. With
# kops-mfa init sh --wrap kops,kubectl  these commands renew a session that is over before they run.
#
# These shells take no function name with a hyphen, so the name is an alias; it works where aliases do, that is when you type.
# Scripts say __kops_mfa. POSIX has no local variables: those that begin with __kops_mfa_ are of this file.

__kops_mfa() {
  case ${1-} in
    use)
      shift
      __kops_mfa_change env "$@"
      ;;
    off)
      shift
      __kops_mfa_change env --unset "$@"
      ;;
    env)
      # Captured or piped: whoever did that evaluates it.
      if [ -t 1 ]; then __kops_mfa_change "$@"; else command kops-mfa "$@"; fi
      ;;
    exec)
      if __kops_mfa_is_own "$@"; then
        (eval "__kops_mfa_change $__kops_mfa_options" && shift "$__kops_mfa_skipped" && __kops_mfa_run "$@")
      else
        command kops-mfa "$@"
      fi
      ;;
    doctor)
      # No program can see the functions of a shell.
      env KOPS_MFA_INTEGRATION=sh kops-mfa "$@"
      ;;
    *) command kops-mfa "$@" ;;
  esac
}

alias kops-mfa=__kops_mfa

# Evaluates in this shell what these words print; words that ask for something to read run as usual.
__kops_mfa_change() {
  if __kops_mfa_prints "$@"; then
    command kops-mfa "$@"
    return
  fi
  # Assigned and then evaluated: eval "$(…)" would succeed where kops-mfa fails. No trace, which would show the secrets.
  { case $- in *x*) __kops_mfa_trace=x && set +x ;; *) __kops_mfa_trace= ;; esac } 2>/dev/null
  __kops_mfa_status=0
  __kops_mfa_lines=$(KOPS_MFA_SHELL='sh' command kops-mfa "$@") || __kops_mfa_status=$?
  if [ "$__kops_mfa_status" -eq 0 ]; then
    eval "$__kops_mfa_lines" || __kops_mfa_status=$?
  fi
  if [ "$__kops_mfa_status" -eq 0 ]; then
    __kops_mfa_remember "$@"
  fi
  unset __kops_mfa_lines
  if [ -n "$__kops_mfa_trace" ]; then
    set -x
  fi
  return "$__kops_mfa_status"
}

__kops_mfa_prints() {
  for __kops_mfa_word; do
    case $__kops_mfa_word in
      -h | --help | --format | --format=* | --output | --output=* | --shell | --shell=*) return 0 ;;
    esac
  done
  return 1
}

# Adds a word to __kops_mfa_quoted, in single quotes.
__kops_mfa_quote() {
  __kops_mfa_rest=$1
  __kops_mfa_quoted="$__kops_mfa_quoted '"
  while :; do
    case $__kops_mfa_rest in
      *\'*)
        __kops_mfa_quoted="$__kops_mfa_quoted${__kops_mfa_rest%%\'*}'\\''"
        __kops_mfa_rest=${__kops_mfa_rest#*\'}
        ;;
      *) break ;;
    esac
  done
  __kops_mfa_quoted="$__kops_mfa_quoted$__kops_mfa_rest'"
}

# Keeps the words for the next renewal, and whose they are. Not the code, which works once.
__kops_mfa_remember() {
  __kops_mfa_quoted=''
  __kops_mfa_key=${KOPS_MFA_ACCESS_KEY_ID-}
  while [ "$#" -gt 0 ]; do
    case $1 in
      --unset) __kops_mfa_key='' ;;
      --renew) ;;
      --token-code) shift ;;
      --token-code=*) ;;
      *) __kops_mfa_quote "$1" ;;
    esac
    shift
  done
  # Without the first, which is env.
  __kops_mfa_words=${__kops_mfa_quoted#" 'env'"}
}

# Asks again for what was asked for. A session that came in another way, as into a shell within a shell, names its profile.
__kops_mfa_renew() {
  if [ -n "${__kops_mfa_key-}" ] && [ "$__kops_mfa_key" = "${KOPS_MFA_ACCESS_KEY_ID-}" ]; then
    eval "__kops_mfa_change env --renew $__kops_mfa_words"
  else
    __kops_mfa_change env --renew
  fi
}

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
  __kops_mfa_renew
}

# Makes commands look after the session, where their names can be those of functions.
__kops_mfa_wrap() {
  for __kops_mfa_word; do
    case $__kops_mfa_word in
      '' | [0-9]* | *[!A-Za-z0-9_]*) continue ;;
    esac
    # A function or alias of the person's own is left alone.
    case $(command -v "$__kops_mfa_word") in
      '' | /*)
        eval "$__kops_mfa_word() { __kops_mfa_fresh && command $__kops_mfa_word \"\$@\"; }"
        __kops_mfa_wrapped="${__kops_mfa_wrapped-} $__kops_mfa_word "
        ;;
    esac
  done
}

# Whether `exec … -- NAME …` names an alias, function or builtin of this shell, to be run in a subshell with the session; then,
# the options for env, and how many words come before the name. Commands that are only wrapped are commands.
__kops_mfa_is_own() {
  __kops_mfa_quoted='env'
  __kops_mfa_skipped=2
  shift
  while [ "$#" -gt 0 ] && [ "$1" != -- ]; do
    case $1 in
      --server | -h | --help | --format | --format=* | --output | --output=* | --shell | --shell=*) return 1 ;;
      # Only for the program's own exec, and the default here.
      --no-server) ;;
      *) __kops_mfa_quote "$1" ;;
    esac
    : $((__kops_mfa_skipped += 1))
    shift
  done
  __kops_mfa_options=$__kops_mfa_quoted
  case ${2-} in
    '' | *[!A-Za-z0-9_.+:-]*) return 1 ;;
  esac
  case ${__kops_mfa_wrapped-} in
    *" $2 "*) return 1 ;;
  esac
  case $(command -v "$2") in
    '' | /*) return 1 ;;
  esac
}

__kops_mfa_run() {
  __kops_mfa_word=$1
  shift
  eval "$__kops_mfa_word \"\$@\""
}
