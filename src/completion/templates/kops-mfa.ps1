# Completion of kops-mfa in PowerShell (5.1 or later):  Invoke-Expression (& kops-mfa completions powershell | Out-String)  in $PROFILE
# {{made}}
# Nothing of what is typed, and nothing that files or programs say, is evaluated.

Register-ArgumentCompleter -Native -CommandName kops-mfa -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    Set-StrictMode -Version 3.0

    # {{table}}

    function Skip-Word([string[]]$words, [int]$count) {
        if ($count -lt $words.Count) { $words[$count..($words.Count - 1)] }
    }

    # The lines that the program prints; the exit code and the encoding of the session stay as they are.
    function Read-Program([string[]]$words) {
        $program = Get-Command -Name kops-mfa -CommandType Application, ExternalScript -TotalCount 1 -ErrorAction Ignore
        if ($null -eq $program) { return }
        $variables = $ExecutionContext.SessionState.PSVariable
        $state = $variables.GetValue('global:LASTEXITCODE', 0)
        $encoding = [Console]::OutputEncoding
        try {
            [Console]::OutputEncoding = [Text.UTF8Encoding]::new($false)
            & $program.Source @words 2>$null
        }
        catch { }
        finally {
            [Console]::OutputEncoding = $encoding
            $variables.Set('global:LASTEXITCODE', $state)
        }
    }

    # A word as it can stand in a command line.
    function Format-Word([string]$word) {
        if ($word -match '^(-[A-Za-z]|(--)?[A-Za-z0-9_/][\w./+:=-]*)$') { return $word }
        "'" + [Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($word) + "'"
    }

    # Offers the word if it begins with what is typed.
    function Show-Word([string]$word, [string]$about, [string]$type = 'ParameterValue') {
        if (-not $word.StartsWith($typed, [StringComparison]::OrdinalIgnoreCase)) { return }
        $tip = if ($about) { $about } else { $word }
        [Management.Automation.CompletionResult]::new((Format-Word $word), $word, $type, $tip)
    }

    # Offers files with one of the endings, and directories; all files without an ending, and none with /.
    function Show-Path([string[]]$endings) {
        $flag = if ($typed -match '^--?[^=]+=') { $Matches[0] } else { '' }
        foreach ($file in [Management.Automation.CompletionCompleters]::CompleteFilename($typed.Substring($flag.Length))) {
            $name = $file.ListItemText
            $isWanted = $file.ResultType -eq 'ProviderContainer' -or $endings.Count -eq 0 -or @($endings | Where-Object { $name.EndsWith($_) }).Count -gt 0
            if ($isWanted) { [Management.Automation.CompletionResult]::new($flag + $file.CompletionText, $name, $file.ResultType, $file.ToolTip) }
        }
    }

    # Offers the values of a kind (profile, file, ..., or the words themselves) with what stands before them in the same word.
    function Show-Value($values, [string]$before) {
        switch ($values) {
            $null { }
            'profile' { Read-Program '__profiles' | ForEach-Object { Show-Word ($before + $_) "profile $_" } }
            'file' { Show-Path @() }
            'anything' { }
            default { Show-Word ($before + $_) $_ }
        }
    }

    # What kops says; where it says nothing, nothing is offered.
    function Show-Kops([string[]]$words) {
        $how, $lines = @(Read-Program (@('__complete-kops') + $words + "=$typed"))
        if ($null -eq $how) { return }
        $kind = $how.Split(' ')[0]
        switch ($kind) {
            ':files' { Show-Path @(Skip-Word $how.Split(' ') 1) }
            ':directories' { Show-Path '/' }
            default { foreach ($line in $lines) { $word, $about = $line.Split("`t"); Show-Word $word "$about" } }
        }
    }

    # The option of that name, if there is one.
    function Get-Option($options, [string]$name) {
        foreach ($option in $options) { if ($option.Names -ccontains $name) { return $option } }
    }

    # Options, or the values that go behind the equal sign.
    function Show-Option($options) {
        if ($typed -match '^(--[^=]+)=') {
            $name = $Matches[1]
            $option = Get-Option $options $name
            if ($option) { Show-Value $option.Values "$name=" }
            return
        }
        foreach ($option in $options) {
            foreach ($name in $option.Names) { Show-Word $name $option.About 'ParameterName' }
        }
    }

    # A command of kops-mfa: what is expected follows from the words before.
    function Show-Ours($command, [string[]]$words) {
        $pending = $null
        $place = 0
        $isEnded = $false
        foreach ($word in $words) {
            if ($null -ne $pending) { $pending = $null }
            elseif ($isEnded) { $place++ }
            elseif ($word -ceq '--') { $isEnded = $true }
            elseif ($word.StartsWith('-')) { $pending = Get-Option $command.Options $word | ForEach-Object { $_.Values } }
            else { $place++ }
        }
        if ($null -ne $pending) { Show-Value $pending '' }
        elseif ($isEnded -and $command.TakesCommand) { Show-Command }
        elseif (-not $isEnded -and $typed.StartsWith('-')) { Show-Option $command.Options }
        elseif ($place -lt $command.Arguments.Count) { Show-Value $command.Arguments[$place] '' }
    }

    # A command line of its own, behind the first --.
    function Show-Command {
        $mark = @($commandAst.CommandElements | Where-Object { $_.Extent.Text -ceq '--' })[0].Extent
        $line = $commandAst.Extent.Text.Substring($mark.EndOffset - $commandAst.Extent.StartOffset)
        $rest = $line.PadRight($cursorPosition - $mark.EndOffset).TrimStart()
        [Management.Automation.CommandCompletion]::CompleteInput($rest, $rest.Length, $null).CompletionMatches
    }

    # The words before the cursor as they will be passed, and the one that is typed.
    $words = @()
    $typed = ''
    foreach ($element in $commandAst.CommandElements) {
        if ($element.Extent.StartOffset -ge $cursorPosition) { break }
        $text = if ($element -is [Management.Automation.Language.StringConstantExpressionAst]) { $element.Value } else { $element.Extent.Text }
        if ($element.Extent.EndOffset -lt $cursorPosition) { $words += $text } else { $typed = $text }
    }
    # Options of kops-mfa may stand before its command, and before that of kops.
    $at = 1
    while ($at -lt $words.Count -and ($option = Get-Option $options $words[$at].Split('=')[0])) {
        $at++
        if ($null -eq $option.Values -or $words[$at - 1].Contains('=')) { continue }
        if ($at -eq $words.Count) { return Show-Value $option.Values '' }
        $at++
    }
    $words = @(Skip-Word $words $at)
    if ($words.Count -eq 0) {
        if ($typed.StartsWith('-')) {
            Show-Option $options
            Show-Kops @()
            return
        }
        foreach ($name in $commands.Keys) { Show-Word $name $commands[$name].About }
        if (Get-Command -Name kops -CommandType Application -TotalCount 1 -ErrorAction Ignore) {
            foreach ($name in $kopsCommands.Keys) { Show-Word $name $kopsCommands[$name] }
        }
        return
    }
    $first = $words[0]
    $rest = @(Skip-Word $words 1)
    if ($commands.Contains($first)) { Show-Ours $commands[$first] $rest }
    elseif ($first -ceq '--') { Show-Kops $rest }
    else { Show-Kops $words }
}
