# kops-mfa in PowerShell:  Invoke-Expression (& kops-mfa init powershell | Out-String)  in $PROFILE
#
#   kops-mfa use prod    puts the session of a profile into this shell
#   kops-mfa off         takes it out again
#
# Everything else runs the program as usual. With  kops-mfa init powershell --wrap kops,kubectl  these commands renew a session
# that is over before they run, and $KOPS_MFA_PS1 is for your prompt:  function prompt { "$(__kops_mfa_prompt)$KOPS_MFA_PS1 > " }

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

# Whether the session in this shell is ours, and how many seconds it has left; $null when there is none.
function global:__kops_mfa_left {
    if ($env:KOPS_MFA_EXPIRES_AT -notmatch '^[0-9]{1,12}$' -or $env:AWS_ACCESS_KEY_ID -cne $env:KOPS_MFA_ACCESS_KEY_ID) { return $null }
    [long]$env:KOPS_MFA_EXPIRES_AT - [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
}

# Renews the session that this shell carries, if it has less than five minutes left; no process while it is fresh.
function global:__kops_mfa_fresh {
    $left = __kops_mfa_left
    if ($null -eq $left -or $left -gt 300) { return $true }
    kops-mfa use
    $global:LASTEXITCODE -eq 0
}

# Makes commands look after the session. A function of the person's own of that name is left alone.
function global:__kops_mfa_wrap {
    foreach ($name in $args) {
        if ($name -cnotmatch '^[A-Za-z0-9_.+-]+$' -or (Get-Command -Name $name -CommandType Function -ErrorAction Ignore)) { continue }
        $body = "if (__kops_mfa_fresh) { & (Get-Command -Name '$name' -CommandType Application -TotalCount 1).Source @args }"
        Set-Item -Path "Function:global:$name" -Value ([ScriptBlock]::Create($body))
    }
}

# For the prompt function: sets $KOPS_MFA_PS1 to profile and time left, and prints nothing.
function global:__kops_mfa_prompt {
    $global:KOPS_MFA_PS1 = ''
    $left = __kops_mfa_left
    if ($null -eq $left) { return }
    $minutes = [Math]::Floor($left / 60)
    $text = if ($minutes -le 0) { 'expired' } elseif ($minutes -lt 60) { "${minutes}m" } else { "$([Math]::Floor($minutes / 60))h$($minutes % 60)m" }
    $profileName = if ($env:KOPS_MFA_PROFILE) { $env:KOPS_MFA_PROFILE } else { 'mfa' }
    $global:KOPS_MFA_PS1 = "$profileName $text"
    if ($minutes -lt 15 -and -not $env:NO_COLOR) {
        $colour = if ($minutes -le 0) { 31 } else { 33 }
        $global:KOPS_MFA_PS1 = "$([char]27)[${colour}m$global:KOPS_MFA_PS1$([char]27)[0m"
    }
}
