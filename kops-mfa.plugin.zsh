# kops-mfa as a plugin of oh-my-zsh, zinit, antidote, zplug and whatever else sources NAME.plugin.zsh: the integration (shell/) and
# the completion (completions/). Does nothing where there is no kops-mfa on the PATH.

if whence -p kops-mfa >/dev/null; then
  source "${${(%):-%x}:A:h}/shell/kops-mfa.zsh"
  # For a compinit that is still to come; one that has run is told.
  fpath+=("${${(%):-%x}:A:h}/completions")
  if typeset -f compdef >/dev/null; then
    autoload -Uz _kops-mfa
    compdef _kops-mfa kops-mfa
  fi
fi
