# kops-mfa in elvish (0.18 or later):  eval (kops-mfa init elvish | slurp)  in ~/.config/elvish/rc.elv
#
#   kops-mfa use prod    puts the session of a profile into this shell
#   kops-mfa off         takes it out again
#
# Everything else runs the program as usual. With  kops-mfa init elvish --wrap kops,kubectl  these commands renew a session
# that is over before they run.
#
# A name can be added to an interactive elvish only. A script takes this file as a module:  use ./kops-mfa  and then
# kops-mfa:kops-mfa use prod.  kops-mfa exec  runs programs: functions have no names there that could be looked up.  tmp E:AWS_PROFILE = x
# in front of  kops-mfa use  is refused if it stands in the line that was typed.

use re
use str

# What was asked for last, and the access key ID of the session it made.
var asked = []
var asked-key = ''

fn carries {|name| put (and (has-env $name) (not-eq (get-env $name) '')) }

# Whether the words ask for something to read, not for a change of this shell.
fn prints {|@words|
  for word $words {
    if (re:match '^(-h|--help|--(format|output|shell)(=.*)?)$' $word) {
      put $true
      return
    }
  }
  put $false
}

# The words for the next renewal: without the code, which works once.
fn without-code {|@words|
  var skip = $false
  for word $words {
    if $skip {
      set skip = $false
    } elif (eq $word --token-code) {
      set skip = $true
    } elif (not (or (str:has-prefix $word --token-code=) (eq $word --renew))) {
      put $word
    }
  }
}

# All that a session sets or unsets.
var variables = [
  AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_CREDENTIAL_EXPIRATION AWS_SESSION_EXPIRATION
  KOPS_MFA_PROFILE KOPS_MFA_EXPIRES_AT KOPS_MFA_ACCESS_KEY_ID KOPS_MFA_SESSION_ID KOPS_MFA_SET KOPS_MFA_PREVIOUS KOPS_MFA_SERVER
  AWS_REGION AWS_DEFAULT_REGION KOPS_STATE_STORE KOPS_CLUSTER_NAME
  KOPS_MFA_ROLE_ARN KOPS_MFA_ARN KOPS_MFA_EXTERNAL_ID KOPS_MFA_ROLE_SESSION_NAME KOPS_MFA_REGION
  AWS_PROFILE AWS_DEFAULT_PROFILE AWS_SECURITY_TOKEN AWS_ACCESS_KEY AWS_SECRET_KEY
  AWS_ROLE_ARN AWS_ROLE_SESSION_NAME AWS_WEB_IDENTITY_TOKEN_FILE
  AWS_CONTAINER_CREDENTIALS_FULL_URI AWS_CONTAINER_CREDENTIALS_RELATIVE_URI
  AWS_CONTAINER_AUTHORIZATION_TOKEN AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE KOPS_AWS_ROLE_ARN
]

# Which of them the line that was typed sets for a command or a block only (tmp E:AWS_PROFILE = x), or empty: elvish puts back what
# was there before, over the session.
var scoped = ''

fn look {|line|
  set scoped = ''
  for name $variables {
    if (re:match '(?:\b(?:tmp|with)\b[^;|\n]*\bE:'$name'\b|(?:^|[\s;|{(])E:'$name'=\S)' $line) {
      set scoped = $name
    }
  }
}

# Evaluates in this shell what these words print; words that ask for something to read run as usual. A failure is an exception,
# and changes nothing.
fn change {|@words|
  if (prints $@words) {
    e:kops-mfa $@words
    return
  }
  if (not-eq $scoped '') {
    fail 'kops-mfa: '$scoped' is set for this command only, but a session is for the whole shell; nothing has changed. Use set-env '$scoped' first, or name a profile: kops-mfa use PROFILE'
  }
  set-env KOPS_MFA_SHELL elvish
  var lines = (try { e:kops-mfa $@words | slurp } finally { unset-env KOPS_MFA_SHELL })
  eval $lines
  set asked = []
  set asked-key = ''
  if (not (has-value $words --unset)) {
    set asked = [(without-code $@words)]
    set asked-key = (get-env KOPS_MFA_ACCESS_KEY_ID)
  }
}

fn kops-mfa {|@words|
  var first rest = '' []
  if (> (count $words) 0) {
    set first rest = $words[0] $words[1..]
  }
  if (eq $first use) {
    change env $@rest
  } elif (eq $first off) {
    change env --unset $@rest
  } elif (eq $first env) {
    # Captured or piped: whoever did that evaluates it.
    var is-terminal = $true
    try { e:test -t 1 } catch { set is-terminal = $false }
    if $is-terminal {
      change $@words
    } else {
      e:kops-mfa $@words
    }
  } elif (eq $first doctor) {
    # No program can see the functions of a shell.
    set-env KOPS_MFA_INTEGRATION elvish
    try { e:kops-mfa $@words } finally { unset-env KOPS_MFA_INTEGRATION }
  } else {
    e:kops-mfa $@words
  }
}

# Renews the session that this shell carries, if it is ours and has less than five minutes left. elvish has no clock: one `date`.
fn fresh {
  if (not (and (carries KOPS_MFA_EXPIRES_AT) (carries KOPS_MFA_ACCESS_KEY_ID) (carries AWS_ACCESS_KEY_ID))) {
    return
  }
  var key = (get-env KOPS_MFA_ACCESS_KEY_ID)
  var expires-at = (get-env KOPS_MFA_EXPIRES_AT)
  if (or (not-eq $key (get-env AWS_ACCESS_KEY_ID)) (not (re:match '^[0-9]+$' $expires-at))) {
    return
  }
  if (> (- $expires-at (e:date +%s)) 300) {
    return
  }
  # A session that came in another way, as into a shell within a shell, names its profile.
  if (eq $key $asked-key) {
    change env --renew (all $asked[1..])
  } else {
    change env --renew
  }
}

# Only where somebody types: elsewhere there is no edit:.
fn add {|name function~|
  try { edit:add-var $name'~' $function~ } catch { nop }
}

# Makes commands look after the session, given what each name resolves to where this file is evaluated. A function of the
# person's own is left alone.
fn __kops_mfa_wrap {|resolved|
  # The variable of a `for` is one for all the functions made in it (elves/elvish#1905); each call of a function has its own.
  keys $resolved | each {|name|
    if (str:has-prefix $resolved[$name] '(external ') {
      add $name {|@words|
        fresh
        (external $name) $@words
      }
    }
  }
}

# Once: what was asked for is known to the first.
if (not-eq (resolve __kops_mfa_is_loaded) '$__kops_mfa_is_loaded~') {
  add __kops_mfa_is_loaded { }
  add kops-mfa $kops-mfa~
  try { eval &ns=(ns [&look~=$look~]) 'set edit:after-readline = [$@edit:after-readline $look~]' } catch { nop }
}
