# kops-mfa as a module: a clone of the repository in a directory of $env:PSModulePath, and  Import-Module kops-mfa  in $PROFILE.
# The integration (shell/) and the completion (completions/). Does nothing where there is no kops-mfa on the PATH.

if (Get-Command -Name kops-mfa -CommandType Application, ExternalScript -TotalCount 1 -ErrorAction Ignore) {
    . ([IO.Path]::Combine($PSScriptRoot, 'shell', 'kops-mfa.ps1'))
    . ([IO.Path]::Combine($PSScriptRoot, 'completions', 'kops-mfa.ps1'))
}
