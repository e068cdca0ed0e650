# kops-mfa in PowerShell:  Invoke-Expression (& kops-mfa init powershell | Out-String)  in $PROFILE
#
#   kops-mfa use prod    puts the session of a profile into this shell
#   kops-mfa off         takes it out again
#
# Everything else runs the program as usual, but that  kops-mfa exec  runs functions and aliases of this shell too, and puts
# the environment back when they end. With  kops-mfa init powershell --wrap kops,kubectl  these commands renew a session that
# is over before they run, and $KOPS_MFA_PS1 is for your prompt:  function prompt { "$(__kops_mfa_prompt)$KOPS_MFA_PS1 > " }
#
# What PowerShell leaves open: a function does not see that its output is assigned, so  $lines = kops-mfa env  changes this shell
# and  $lines = kops-mfa env --shell powershell  does not. And  Set-PSDebug -Trace  shows what is evaluated, secrets too.

if (-not (Test-Path Variable:global:__kops_mfa_words)) { $global:__kops_mfa_words = @() }

function global:kops-mfa {
    $words = @(__kops_mfa_typed $MyInvocation $args)
    $first = if ($words.Count -gt 0) { [string]$words[0] } else { '' }
    $rest = @(if ($words.Count -gt 1) { $words[1..($words.Count - 1)] })
    switch -CaseSensitive ($first) {
        'use' { __kops_mfa_change 'env' @rest }
        'off' { __kops_mfa_change 'env' '--unset' @rest }
        # Piped: whoever did that evaluates it.
        'env' {
            if ([Console]::IsOutputRedirected -or $MyInvocation.PipelinePosition -lt $MyInvocation.PipelineLength) { & (__kops_mfa_program) @words }
            else { __kops_mfa_change @words }
        }
        'exec' { if ($MyInvocation.ExpectingInput) { $input | __kops_mfa_exec $words } else { __kops_mfa_exec $words } }
        'doctor' {
            # No program can see the functions of a shell.
            $env:KOPS_MFA_INTEGRATION = 'powershell'
            try { & (__kops_mfa_program) @words }
            finally { $env:KOPS_MFA_INTEGRATION = $null }
        }
        default { if ($MyInvocation.ExpectingInput) { $input | & (__kops_mfa_program) @words } else { & (__kops_mfa_program) @words } }
    }
}

# The words of a call, as a program would get them. PowerShell keeps the first `--` for itself: it is put back where it was typed,
# if each word stands for itself there. And it makes a list of a,b.
function global:__kops_mfa_typed($call, $words) {
    $line = $call.Line.Substring([Math]::Max(0, $call.OffsetInLine - 1))
    $tree = [Management.Automation.Language.Parser]::ParseInput($line, [ref]$null, [ref]$null)
    $command = $tree.Find({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)
    $typed = @(if ($command) { $command.CommandElements | ForEach-Object { $_.Extent.Text } })
    $all = [Collections.Generic.List[object]]::new()
    foreach ($word in $words) { $all.Add($(if ($word -is [array]) { $word -join ',' } else { $word })) }
    $at = [Array]::IndexOf($typed, '--') - 1
    if ($at -ge 0 -and $typed.Count - 2 -eq $all.Count) { $all.Insert($at, '--') }
    $all
}

function global:__kops_mfa_program {
    (Get-Command -Name kops-mfa -CommandType Application, ExternalScript -TotalCount 1).Source
}

# Evaluates in this shell what these words print; words that ask for something to read run as usual.
function global:__kops_mfa_change {
    if (__kops_mfa_prints @args) {
        & (__kops_mfa_program) @args
        return
    }
    $lines = __kops_mfa_lines @args
    if ($global:LASTEXITCODE -ne 0) { return }
    if ($lines) { Invoke-Expression $lines }
    __kops_mfa_remember @args
    $global:LASTEXITCODE = 0
}

function global:__kops_mfa_prints {
    @($args -match '^(-h|--help|--(format|output|shell)(=.*)?)$').Count -gt 0
}

# Collected, to be evaluated when it is known that nothing failed.
function global:__kops_mfa_lines {
    $before = $env:KOPS_MFA_SHELL
    try {
        $env:KOPS_MFA_SHELL = 'powershell'
        @(& (__kops_mfa_program) @args) -join [Environment]::NewLine
    }
    finally {
        $env:KOPS_MFA_SHELL = $before
    }
}

# Keeps the words for the next renewal, after the access key ID of the session they made. Not the code, which works once.
function global:__kops_mfa_remember {
    $global:__kops_mfa_words = @()
    if ($args -contains '--unset') { return }
    $words = @($env:KOPS_MFA_ACCESS_KEY_ID)
    for ($i = 0; $i -lt $args.Count; $i++) {
        if ($args[$i] -ceq '--token-code') { $i++ }
        elseif ($args[$i] -cne '--renew' -and $args[$i] -cnotlike '--token-code=*') { $words += $args[$i] }
    }
    $global:__kops_mfa_words = $words
}

# Asks again for what was asked for. A session that came in another way, as into a shell within a shell, names its profile.
function global:__kops_mfa_renew {
    $words = @($global:__kops_mfa_words)
    # After the access key ID, the first of the words is env.
    $rest = @(if ($words.Count -gt 2 -and $words[0] -ceq $env:KOPS_MFA_ACCESS_KEY_ID) { $words[2..($words.Count - 1)] })
    __kops_mfa_change 'env' '--renew' @rest
}

# `exec ... -- NAME ...`: a function or alias of this shell runs here, and the variables that the session changes are as before
# when it ends, however it ends. Anything else runs as usual; functions that only wrap are commands.
function global:__kops_mfa_exec($words) {
    $end = [Array]::IndexOf($words, '--')
    $name = if ($end -gt 0 -and $end + 1 -lt $words.Count) { [string]$words[$end + 1] } else { '' }
    $own = if ($name) { Get-Command -Name $name -CommandType Function, Alias -TotalCount 1 -ErrorAction Ignore }
    # --no-server is only for the program's own exec, and the default here.
    $options = @(if ($end -gt 1) { $words[1..($end - 1)] -cne '--no-server' })
    if (-not $own -or "$($own.Definition)" -clike '*__kops_mfa_fresh*' -or $options -ccontains '--server' -or (__kops_mfa_prints @options)) {
        if ($MyInvocation.ExpectingInput) { $input | & (__kops_mfa_program) @words } else { & (__kops_mfa_program) @words }
        return
    }
    $lines = __kops_mfa_lines 'env' @options
    if ($global:LASTEXITCODE -ne 0) { return }
    $rest = @(if ($end + 2 -lt $words.Count) { $words[($end + 2)..($words.Count - 1)] })
    $before = [Environment]::GetEnvironmentVariables()
    Invoke-Expression $lines
    $after = [Environment]::GetEnvironmentVariables()
    try {
        if ($MyInvocation.ExpectingInput) { $input | & $name @rest } else { & $name @rest }
    }
    finally {
        foreach ($variable in @($before.Keys) + @($after.Keys)) {
            if ($before[$variable] -cne $after[$variable]) { [Environment]::SetEnvironmentVariable($variable, $before[$variable]) }
        }
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
    __kops_mfa_renew
    $global:LASTEXITCODE -eq 0
}

# Makes commands look after the session. A function of the person's own of that name is left alone.
function global:__kops_mfa_wrap {
    foreach ($name in $args) {
        if ($name -cnotmatch '^[A-Za-z0-9_.+-]+$' -or (Get-Command -Name $name -CommandType Function -ErrorAction Ignore)) { continue }
        $body = @(
            'if (-not (__kops_mfa_fresh)) { return }'
            "`$program = (Get-Command -Name '$name' -CommandType Application -TotalCount 1).Source"
            '$words = @(__kops_mfa_typed $MyInvocation $args)'
            'if ($MyInvocation.ExpectingInput) { $input | & $program @words } else { & $program @words }'
        ) -join '; '
        Set-Item -Path "Function:global:$name" -Value ([ScriptBlock]::Create($body))
    }
}

# For the prompt function: sets $KOPS_MFA_SEGMENT to profile and time left, and $KOPS_MFA_PS1 to that in colour; prints nothing.
function global:__kops_mfa_prompt {
    $global:KOPS_MFA_PS1 = ''
    $global:KOPS_MFA_SEGMENT = ''
    $left = __kops_mfa_left
    if ($null -eq $left) { return }
    $minutes = [Math]::Floor($left / 60)
    $text = if ($minutes -le 0) { 'expired' } elseif ($minutes -lt 60) { "${minutes}m" } else { "$([Math]::Floor($minutes / 60))h$($minutes % 60)m" }
    $profileName = if ($env:KOPS_MFA_PROFILE) { $env:KOPS_MFA_PROFILE } else { 'mfa' }
    $global:KOPS_MFA_SEGMENT = "$profileName $text"
    $global:KOPS_MFA_PS1 = $global:KOPS_MFA_SEGMENT
    if ($minutes -lt 15 -and -not $env:NO_COLOR) {
        $colour = if ($minutes -le 0) { 31 } else { 33 }
        $global:KOPS_MFA_PS1 = "$([char]27)[${colour}m$global:KOPS_MFA_PS1$([char]27)[0m"
    }
}
