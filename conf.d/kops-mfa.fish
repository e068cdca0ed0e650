# kops-mfa as a plugin of fisher, which copies this file and the completion but not shell/: so the integration is the one that the
# installed program prints. Does nothing where there is no kops-mfa on the PATH.

if status is-interactive; and command -q kops-mfa
    command kops-mfa init fish | source
end

function __kops_mfa_uninstall --on-event kops-mfa_uninstall
    functions -e (functions -a | string match --regex '^(?:kops-mfa|__kops_mfa_.*)$')
end
