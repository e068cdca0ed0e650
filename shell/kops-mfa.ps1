# kops-mfa in PowerShell:  Invoke-Expression (& kops-mfa init powershell | Out-String)  in $PROFILE
#
#   kops-mfa use prod    puts the session of a profile into this shell
#   kops-mfa off         takes it out again
#
# Everything else runs the program as usual.

function global:kops-mfa {
    $program = (Get-Command -Name kops-mfa -CommandType Application, ExternalScript -TotalCount 1).Source
    $words = @($args)
    $first = if ($words.Count -gt 0) { [string]$words[0] } else { '' }
    $rest = @(if ($words.Count -gt 1) { $words[1..($words.Count - 1)] })
    $isChange = $true
    switch -CaseSensitive ($first) {
        'use' { $words = @('env') + $rest }
        'off' { $words = @('env', '--unset') + $rest }
        'env' { $isChange = -not [Console]::IsOutputRedirected }
        default { $isChange = $false }
    }
    $prints = @($words -match '^(-h|--help|--(format|output|shell)(=.*)?)$').Count -gt 0
    if ($prints -or -not $isChange) {
        & $program @words
        return
    }
    # Collected and then evaluated: a pipe into Invoke-Expression would succeed where kops-mfa fails.
    $before = $env:KOPS_MFA_SHELL
    try {
        $env:KOPS_MFA_SHELL = 'powershell'
        $lines = @(& $program @words) -join [Environment]::NewLine
        $state = $global:LASTEXITCODE
    }
    finally {
        $env:KOPS_MFA_SHELL = $before
    }
    if ($state -eq 0) {
        Invoke-Expression $lines
        $global:LASTEXITCODE = 0
    }
}
