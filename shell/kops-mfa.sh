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
# Scripts call __kops_mfa; there, ksh does not refuse  AWS_PROFILE=x __kops_mfa use . POSIX has no local variables: those that begin
# with __kops_mfa_ belong to this file.

__kops_mfa() {
  __kops_mfa_outer=''
  case ${1-} in
    AWS_ACCESS_KEY_ID*KOPS_AWS_ROLE_ARN*)
      __kops_mfa_outer=$1
      shift
      ;;
  esac
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
        (__kops_mfa_merge && eval "__kops_mfa_evaluate $__kops_mfa_options" && shift "$__kops_mfa_skipped" && __kops_mfa_run "$@")
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

# Inside a function, ksh does not distinguish  AWS_PROFILE=x kops-mfa use  from an exported AWS_PROFILE. But each shell expands the
# words of a command before it makes such assignments, so this word holds the values that the shell itself has.
alias kops-mfa='__kops_mfa "$(__kops_mfa_states)"'

# Evaluates in this shell what these words print; words that ask for something to read run as usual.
__kops_mfa_change() {
  if __kops_mfa_prints "$@"; then
    command kops-mfa "$@"
    return
  fi
  __kops_mfa_is_shell_wide || return 1
  __kops_mfa_evaluate "$@"
}

__kops_mfa_evaluate() {
  # Assigned and then evaluated: eval "$(...)" would succeed where kops-mfa fails. No trace, which would show the secrets.
  {
    case $- in
      *x*) __kops_mfa_trace=x && set +x ;;
      *) __kops_mfa_trace= ;;
    esac
  } 2>/dev/null
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

# Runs these words with the name of each variable that a session sets or unsets.
__kops_mfa_each() {
  for __kops_mfa_word in \
    AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_CREDENTIAL_EXPIRATION AWS_SESSION_EXPIRATION \
    KOPS_MFA_PROFILE KOPS_MFA_EXPIRES_AT KOPS_MFA_ACCESS_KEY_ID KOPS_MFA_SESSION_ID KOPS_MFA_SET KOPS_MFA_PREVIOUS KOPS_MFA_SERVER \
    AWS_REGION AWS_DEFAULT_REGION KOPS_STATE_STORE KOPS_CLUSTER_NAME \
    KOPS_MFA_ROLE_ARN KOPS_MFA_ARN KOPS_MFA_EXTERNAL_ID KOPS_MFA_ROLE_SESSION_NAME KOPS_MFA_REGION \
    AWS_PROFILE AWS_DEFAULT_PROFILE AWS_SECURITY_TOKEN AWS_ACCESS_KEY AWS_SECRET_KEY \
    AWS_ROLE_ARN AWS_ROLE_SESSION_NAME AWS_WEB_IDENTITY_TOKEN_FILE \
    AWS_CONTAINER_CREDENTIALS_FULL_URI AWS_CONTAINER_CREDENTIALS_RELATIVE_URI \
    AWS_CONTAINER_AUTHORIZATION_TOKEN AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE KOPS_AWS_ROLE_ARN; do
    "$@" "$__kops_mfa_word"
  done
}

# What these variables are, a line each; of a secret only whether it is set.
__kops_mfa_states() (
  set +aex
  __kops_mfa_each __kops_mfa_state
)

__kops_mfa_state() {
  eval "__kops_mfa_rest=\"\${$1+=}\${$1-}\""
  case $1 in
    *SECRET* | *TOKEN | *ACCESS_KEY) __kops_mfa_rest=${__kops_mfa_rest:+=} ;;
  esac
  printf '%s\n' "$1$__kops_mfa_rest"
}

# Prints the name of a variable that is set for a command or a function only: unset reveals the shell's own one below it, or leaves
# an entry that is still exported when it is assigned again (dash and busybox, which restore it at the end).
__kops_mfa_probe() {
  eval "[ -n \"\${$1+set}\" ]" || return 0
  if __kops_mfa_is_temporary "$1"; then
    printf '%s\n' "$1"
    return
  fi
  command unset "$1" || return 0
  eval "[ -z \"\${$1+set}\" ]" || printf '%s\n' "$1"
  eval "$1=__kops_mfa_probe_$1"
  case $(export -p) in
    *"__kops_mfa_probe_$1"*) printf '%s\n' "$1" ;;
  esac
}

# Whether a variable is in a temporary scope of mksh, yash or bash, where unset reveals nothing if the shell has no such variable.
__kops_mfa_is_temporary() {
  if [ -n "${YASH_VERSION-}" ]; then
    (__kops_mfa_is_temporary_in_yash "$1")
  elif [ -n "${BASH_VERSION-}" ]; then
    # The temporary one hides what is assigned to the shell's own.
    # shellcheck disable=SC3044 # bash 4.2 and newer have it
    (declare -g "$1=probe" && eval "[ \"\$$1\" != probe ]")
  else
    case ${KSH_VERSION-} in
      *'MIRBSD KSH'* | *'LEGACY KSH'*) __kops_mfa_is_temporary_in_mksh "$1" ;;
      *) return 1 ;;
    esac
  fi
}

# In mksh R59, `typeset +` lists names by scope, the shell's own scope first, and sorts each: capitals stand before __kops_mfa_word,
# which is the shell's own.
__kops_mfa_is_temporary_in_mksh() {
  # shellcheck disable=SC3044 # mksh has it
  case $(typeset + | tr '\n' /) in
    */__kops_mfa_word*"/$1/"*) return 0 ;;
  esac
  return 1
}

# In yash 2.52, `typeset -g` drops what is assigned for one command, and the variable that it makes is not exported.
# shellcheck disable=SC3044 # yash has it
__kops_mfa_is_temporary_in_yash() {
  case $(typeset -p "$1") in
    'typeset -x '*) ;;
    *) return 1 ;;
  esac
  typeset -g "$1=probe" || return 1
  case $(typeset -p "$1") in
    'typeset -x '*) return 1 ;;
  esac
}

# Whether all these variables are the shell's own. If one is only set for this command or is local to a function, the shell restores
# what was there before at the end of it, over the session, or `off` would restore a value that the shell never had.
__kops_mfa_is_shell_wide() {
  { __kops_mfa_scoped=$(set +aex && __kops_mfa_each __kops_mfa_probe); } 2>/dev/null
  if [ -z "$__kops_mfa_scoped" ] && [ -n "${__kops_mfa_outer-}" ]; then
    __kops_mfa_scoped=$(__kops_mfa_difference "$__kops_mfa_outer" "$(__kops_mfa_states)")
  fi
  if [ -n "$__kops_mfa_scoped" ]; then
    case ${KSH_VERSION-} in
      Version*) [ -z "${__kops_mfa_outer-}" ] || __kops_mfa_each __kops_mfa_undo ;;
    esac
    printf 'kops-mfa: %s is set for this command only, but a session is for the whole shell; nothing has changed. %s\n' \
      "${__kops_mfa_scoped%%[!A-Z_]*}" 'Export it first, or name a profile: kops-mfa use PROFILE' >&2
  fi
  __kops_mfa_outer=''
  [ -z "$__kops_mfa_scoped" ]
}

# Makes what is set for this command only the subshell's own, since an unset in the session's lines would reveal the shell's.
__kops_mfa_merge() {
  {
    case $- in
      *x*) __kops_mfa_trace=x && set +x ;;
      *) __kops_mfa_trace= ;;
    esac
  } 2>/dev/null
  __kops_mfa_each __kops_mfa_lift
  if [ -n "$__kops_mfa_trace" ]; then
    set -x
  fi
}

__kops_mfa_lift() {
  eval "[ -n \"\${$1+set}\" ] && __kops_mfa_rest=\$$1" || return 0
  while eval "[ -n \"\${$1+set}\" ]"; do
    command unset "$1" 2>/dev/null || return 0
  done
  eval "export $1=\"\$__kops_mfa_rest\""
}

# ksh keeps what is set for a function: puts the variable back, unless it is a secret, whose value __kops_mfa_outer does not have.
__kops_mfa_undo() {
  __kops_mfa_rest="
$__kops_mfa_outer
"
  case $__kops_mfa_rest in
    *"
$1
"*) unset "$1" ;;
    *)
      case $1 in
        *SECRET* | *TOKEN | *ACCESS_KEY) return ;;
      esac
      __kops_mfa_rest=${__kops_mfa_rest#*"
$1="}
      eval "$1=\${__kops_mfa_rest%%
*}"
      ;;
  esac
}

# Prints the first line of the second text that is another in the first.
__kops_mfa_difference() {
  __kops_mfa_rest="$1
"
  printf '%s\n' "$2" | while IFS= read -r __kops_mfa_word; do
    if [ "$__kops_mfa_word" != "${__kops_mfa_rest%%
*}" ]; then
      printf '%s\n' "$__kops_mfa_word"
      break
    fi
    __kops_mfa_rest=${__kops_mfa_rest#*
}
  done
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

# Whether `exec ... -- NAME ...` names an alias, function or builtin of this shell, to be run in a subshell with the session; then,
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
