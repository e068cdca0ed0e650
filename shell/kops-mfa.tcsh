# kops-mfa in tcsh:  kops-mfa init tcsh --output ~/.kops-mfa.tcsh && source ~/.kops-mfa.tcsh  in ~/.tcshrc
#
#   kops-mfa use prod    puts the session of a profile into this shell
#   kops-mfa off         takes it out again
#
# Everything else runs the program as usual. With  kops-mfa init tcsh --wrap kops,kubectl  these commands renew a session
# that is over before they run.
#
# tcsh has no functions: the code is in variables, and the names are aliases that evaluate it. What that leaves open:
# - A wrapped command renews the session for itself alone. In the shell it is renewed by  kops-mfa use.
# - What a pipe brings does not reach  kops-mfa , since tcsh gives its own standard input to what it evaluates; it reaches
#   \kops-mfa  and the wrapped commands.
# - `if (…) kops-mfa` takes no alias, and the program answers instead; `if (…) then` takes it.
# - kops-mfa exec  runs programs, not aliases.
# - A trace (`set echo`) shows this code, and no secret.

# The session that was asked for last: its access key ID, and the words. Not those of a session that came in another way.
if (! $?__kops_mfa_words) set __kops_mfa_words = ()

# Run by sh: the program with the words of $__kops_mfa_text, since no quotes of tcsh bring them through backquotes.
set __kops_mfa_run = 'IFS=$(printf "\001"); set -f; set -- $__kops_mfa_text; unset __kops_mfa_text __kops_mfa_run; export KOPS_MFA_SHELL=tcsh; exec kops-mfa "$@"'

# With the words in __kops_mfa_typed. What is to be evaluated comes into __kops_mfa_call, assigned first and evaluated then,
# so that a failure changes nothing. The last line gets the words as they were typed, with their redirections: it runs the
# program, or leaves the status of the change.
set __kops_mfa_main = 'set __kops_mfa_trace = $?echo\
unset echo\
set __kops_mfa_last = kops-mfa\
set __kops_mfa_call = ()\
if ($#__kops_mfa_typed > 0) then\
  switch ($__kops_mfa_typed[1]:q)\
  case use:\
    set __kops_mfa_call = (env $__kops_mfa_typed[2-]:q)\
    breaksw\
  case off:\
    set __kops_mfa_call = (env --unset $__kops_mfa_typed[2-]:q)\
    breaksw\
  case env:\
    if (-t 1) set __kops_mfa_call = ($__kops_mfa_typed:q)\
    breaksw\
  endsw\
endif\
set __kops_mfa_separator = "`printf '\''\001'\''`"\
set __kops_mfa_text = ""\
set __kops_mfa_asked = ()\
set __kops_mfa_leaves = 0\
set __kops_mfa_skips = 0\
foreach __kops_mfa_word ($__kops_mfa_call:q)\
  switch ($__kops_mfa_word:q)\
  case -h:\
  case --help:\
  case --format:\
  case --format=*:\
  case --output:\
  case --output=*:\
  case --shell:\
  case --shell=*:\
    set __kops_mfa_call = ()\
    breaksw\
  case [<>]*:\
    if ($__kops_mfa_typed[1]:q == env) set __kops_mfa_call = ()\
    break\
  case --unset:\
    set __kops_mfa_leaves = 1\
    breaksw\
  case --token-code:\
    set __kops_mfa_skips = 2\
    breaksw\
  case --token-code=*:\
  case --renew:\
    set __kops_mfa_skips = 1\
    breaksw\
  endsw\
  set __kops_mfa_text = $__kops_mfa_text:q$__kops_mfa_word:q$__kops_mfa_separator:q\
  if ($__kops_mfa_skips > 0) then\
    @ __kops_mfa_skips--\
  else\
    set __kops_mfa_asked = ($__kops_mfa_asked:q $__kops_mfa_word:q)\
  endif\
end\
if ($#__kops_mfa_call > 0) then\
  setenv __kops_mfa_text $__kops_mfa_text:q\
  setenv __kops_mfa_run $__kops_mfa_run:q\
  set __kops_mfa_lines = ("`sh -c '\''eval $__kops_mfa_run'\''`")\
  set __kops_mfa_last = (sh -c "exit $status" kops-mfa)\
  unsetenv __kops_mfa_text\
  unsetenv __kops_mfa_run\
  if ("$__kops_mfa_last[3]" == "exit 0") then\
    eval "$__kops_mfa_lines"\
    if ($__kops_mfa_leaves) then\
      set __kops_mfa_words = ()\
    else\
      set __kops_mfa_words = ($KOPS_MFA_ACCESS_KEY_ID:q $__kops_mfa_asked:q)\
    endif\
  endif\
  unset __kops_mfa_lines\
endif\
if ($__kops_mfa_trace) set echo\
$__kops_mfa_last:q'

alias kops-mfa 'eval "set __kops_mfa_typed = (" \!*:q ") ;" $__kops_mfa_main:q \!*:q'

# Run by sh under the name of the command, with the number of words, the words, and what was typed: renews the session for the
# command, if it is ours and has less than five minutes left. A session that came in another way, as into a shell within a
# shell, names its profile.
set __kops_mfa_guard = 'count=$1 key=${2-}\
shift\
case ${KOPS_MFA_EXPIRES_AT-} in\
  "" | *[\!0-9]*) left=301 ;;\
  *) left=$((KOPS_MFA_EXPIRES_AT - $(date +%s))) ;;\
esac\
if [ "$left" -le 300 ] && [ "${AWS_ACCESS_KEY_ID-}" = "${KOPS_MFA_ACCESS_KEY_ID-}" ]; then\
  lines=$(\
    words=$count\
    for word; do\
      shift\
      if [ "$words" -gt 0 ]; then set -- "$@" "$word"; words=$((words - 1)); fi\
    done\
    if [ "$key" = "$KOPS_MFA_ACCESS_KEY_ID" ]; then shift 2; else set --; fi\
    export KOPS_MFA_SHELL=sh\
    exec kops-mfa env --renew "$@"\
  ) || exit\
  eval "$lines"\
fi\
shift "$count"\
exec "$0" "$@"'

# Makes commands look after the session. An alias of the person's own of that name is left alone.
set __kops_mfa_tail = '$#__kops_mfa_words $__kops_mfa_words:q \!*'
set __kops_mfa_wrapping = 'foreach __kops_mfa_word ($__kops_mfa_names:q)\
  if ("`alias $__kops_mfa_word`" == "") then\
    alias $__kops_mfa_word sh -c '\''$__kops_mfa_guard:q'\'' $__kops_mfa_word $__kops_mfa_tail:q\
  endif\
end'
alias __kops_mfa_wrap 'set __kops_mfa_names = (\!*); eval $__kops_mfa_wrapping:q'
